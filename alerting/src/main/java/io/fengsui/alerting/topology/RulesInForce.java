package io.fengsui.alerting.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.incident.CorrelationFile;
import io.fengsui.alerting.incident.CorrelationFileException;
import io.fengsui.alerting.incident.CorrelationRules;
import io.fengsui.platform.CompactedTable;
import io.fengsui.reference.IncidentRules;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of {@code ref.incident} that compiled last. A file that does not compile changes nothing, and {@link #problem()}
 * says so. Safe for use by many threads.
 */
public final class RulesInForce implements Supplier<CorrelationRules>, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(RulesInForce.class);

    private final CompactedTable<IncidentRules> table;
    private volatile CorrelationRules rules = CorrelationRules.DEFAULT;
    private volatile @Nullable String problem;

    /**
     * Follows the topic once started.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public RulesInForce(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this.table = new CompactedTable<>(Topics.REF_INCIDENT, kafka, registry, owner, (key, file) -> accept(file));
    }

    public void start() {
        table.start();
    }

    /**
     * Waits until what was in Kafka at the start is here.
     *
     * @throws io.fengsui.platform.StartException after the timeout, or if the topic does not exist
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        table.awaitLoaded(timeout);
    }

    /** False once the topic is no longer followed. */
    public boolean healthy() {
        return table.healthy();
    }

    /** What is wrong with the newest file, if it is not in force. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public CorrelationRules get() {
        return rules;
    }

    private void accept(@Nullable IncidentRules file) {
        if (file == null) {
            rules = CorrelationRules.DEFAULT;
            problem = null;
            return;
        }
        try {
            rules = CorrelationFile.compile(file.getFile(), file.getYaml(), rule -> true);
            problem = null;
            logger.info("{} version {} is in force", file.getFile(), file.getVersion());
        } catch (CorrelationFileException e) {
            problem = e.problems().get(0);
            logger.error(
                    "{} is refused, version {} stays in force:\n{}", file.getFile(), rules.version(), e.getMessage());
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
