package io.fengsui.streams.sink;

import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.RegistryUnavailableException;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.task.Codecs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The closed set of topics that may be written: declared, there in Kafka, and with their schema in the registry. It is made
 * at the start and again when units or routes change, or something was or is missing; a stream task that wrote to a topic that is
 * not there would stall. {@link #test} may be called by any thread.
 */
public final class SinkTopics implements Predicate<String>, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SinkTopics.class);
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(10);

    /** How soon a change of units or routes counts; more usually follow at once. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** What is missing is looked for again, and what is there looked after, every so many pauses. */
    private static final int PATIENCE = 10;

    private final Admin admin;
    private final Codecs codecs;
    private final ReferenceView reference;
    private final ScheduledExecutorService thread;
    private volatile Set<String> usable = Set.of();
    private volatile Set<String> missing = Set.of();
    private volatile boolean stale;
    private boolean failing;
    private int pauses;
    private @Nullable Future<?> following;

    public SinkTopics(Admin admin, Codecs codecs, ReferenceView reference) {
        this.admin = admin;
        this.codecs = codecs;
        this.reference = reference;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "streams-sinks"));
    }

    @Override
    public boolean test(String topic) {
        return usable.contains(topic);
    }

    public Set<String> usable() {
        return usable;
    }

    /** Declared topics that cannot be written, for people. */
    public Set<String> missing() {
        return missing;
    }

    /**
     * Looks at all topics, and from then on follows the reference data.
     *
     * @throws StartException if a topic is missing that this app needs whatever the reference data says
     */
    public void start() throws InterruptedException {
        refresh(existing());
        List<String> needed = Topics.fixed().stream()
                .filter(codecs::writes)
                .map(Topic::name)
                .filter(missing::contains)
                .toList();
        if (!needed.isEmpty()) {
            throw new StartException("Topics or their schemas are missing: " + String.join(", ", needed)
                    + "; run 'fengsui topics apply'");
        }
        reference.onReaderChange(() -> stale = true);
        following = thread.scheduleWithFixedDelay(
                this::refreshIfNeeded, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refreshIfNeeded() {
        pauses++;
        if (!stale && pauses % PATIENCE != 0) {
            return;
        }
        try {
            Set<String> existing = existing();
            if (stale || !missing.isEmpty() || !existing.containsAll(usable)) {
                stale = false;
                refresh(existing);
            }
            failing = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!failing) {
                logger.warn("The topics of readers cannot be looked up, the former set stays: {}", e.getMessage());
            }
            stale = true;
            failing = true;
        }
    }

    private void refresh(Set<String> existing) throws InterruptedException {
        List<Topic<?>> declared = Topics.all(reference.units(), reference.routes()).stream()
                .filter(codecs::writes)
                .toList();
        Set<String> registered = lookUpSchemas(
                declared.stream().filter(t -> existing.contains(t.name())).toList());
        Set<String> found = new TreeSet<>();
        Set<String> absent = new TreeSet<>();
        for (Topic<?> topic : declared) {
            (registered.contains(topic.name()) ? found : absent).add(topic.name());
        }
        if (!absent.equals(missing) && !absent.isEmpty()) {
            logger.warn(
                    "{} topics are missing or have no schema, events for them are unrouted; run"
                            + " 'fengsui topics apply': {}",
                    absent.size(),
                    absent);
        }
        usable = Set.copyOf(found);
        missing = Set.copyOf(absent);
    }

    private Set<String> existing() throws InterruptedException {
        try {
            return admin.listTopics().names().get(ADMIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException("Kafka does not list its topics: " + e.getMessage(), e);
        }
    }

    /** Looks the ids up ahead, so that no event waits for the registry. */
    private Set<String> lookUpSchemas(List<Topic<?>> topics) {
        Map<Schema, List<String>> bySchema = topics.stream()
                .collect(Collectors.groupingBy(Topic::schema, Collectors.mapping(Topic::name, Collectors.toList())));
        Set<String> registered = new HashSet<>();
        try {
            bySchema.forEach((schema, names) -> registered.addAll(codecs.prepare(schema, names)));
        } catch (RegistryUnavailableException e) {
            throw new StartException("The schemas of the sink topics cannot be looked up: " + e.getMessage(), e);
        }
        return registered;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        Future<?> refreshing = following;
        if (refreshing != null) {
            refreshing.cancel(true);
        }
        thread.shutdownNow();
    }
}
