package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.schema.serde.AvroWriter;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The closed set of topics that alerts of units and departments may go to: named by the reference data, present in Kafka,
 * with the schema registered. A topic that is missing would stall the task that writes to it. {@link #test} may be called
 * by any thread, {@link #verify} by one.
 */
public final class ReaderTopics implements Predicate<String> {
    private static final Logger logger = LoggerFactory.getLogger(ReaderTopics.class);
    private static final long TIMEOUT_SECONDS = 10;

    private final Admin admin;
    private final AvroWriter<Alert> writer;
    private final Supplier<? extends Collection<String>> named;
    private volatile Set<String> verified = Set.of();

    /** @param named the topics that the reference data asks for, now */
    public ReaderTopics(Admin admin, AvroWriter<Alert> writer, Supplier<? extends Collection<String>> named) {
        this.admin = admin;
        this.writer = writer;
        this.named = named;
    }

    @Override
    public boolean test(String topic) {
        return verified.contains(topic);
    }

    /**
     * Asks Kafka and the registry anew. If they do not answer, what was verified before stays.
     *
     * @throws io.fengsui.schema.serde.RegistryUnavailableException if the registry does not answer
     */
    public void verify() throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> present = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Collection<String> wanted = named.get();
        Set<String> found =
                writer.prepare(wanted.stream().filter(present::contains).toList());
        for (String topic : wanted) {
            if (!found.contains(topic)) {
                String lacks = present.contains(topic) ? "its schema is not registered" : "no such topic";
                logger.warn("Alerts do not reach {}: {}; run 'fengsui topics apply'", topic, lacks);
            }
        }
        if (!found.equals(verified)) {
            logger.info("Alerts go to {} topics of units and departments", found.size());
        }
        verified = Set.copyOf(found);
    }
}
