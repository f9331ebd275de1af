package io.fengsui.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.streams.failure.ThreadPolicy;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.reference.ReferenceTables;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.sink.SinkTopics;
import io.fengsui.streams.sink.WarmClients;
import io.fengsui.streams.task.Codecs;
import io.fengsui.streams.task.TaskBoard;
import io.fengsui.streams.task.World;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams process: reference data, rules, topics and the topology of {@link EventTopology}, wired and run. */
public final class StreamsApp implements App {
    private static final Logger logger = LoggerFactory.getLogger(StreamsApp.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STALLED_AFTER = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 20;

    private final StreamsAppConfig config;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final StreamsMetrics metrics;
    private final RuleBook rules;
    private final ReferenceView reference = new ReferenceView();
    private final ReferenceTables tables;
    private final Codecs codecs;
    private final Admin admin;
    private final SinkTopics sinks;
    private final TaskBoard board = new TaskBoard();
    private final ThreadPolicy threads;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable KafkaStreamsMetrics streamsMetrics;
    private boolean closed;

    public StreamsApp(StreamsAppConfig config, MeterRegistry meters, InstantSource clock) {
        this(config, meters, clock, SchemaRegistry.connect(config.registry()));
    }

    StreamsApp(StreamsAppConfig config, MeterRegistry meters, InstantSource clock, SchemaRegistryClient registry) {
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        metrics = new StreamsMetrics(meters);
        rules = new RuleBook(metrics::rulesRefused);
        tables = new ReferenceTables(StreamsProperties.client(config), registry, reference, rules);
        codecs = new Codecs(registry);
        admin = Admin.create(StreamsProperties.client(config));
        sinks = new SinkTopics(admin, codecs, reference);
        threads = new ThreadPolicy(metrics);
    }

    @Override
    public void start() throws InterruptedException {
        Instant deadline = clock.instant().plus(config.timing().start());
        int partitions = SourceTopics.partitions(admin, EventTopology.sources());
        tables.start();
        tables.awaitLoaded(config.timing().start());
        sinks.start();
        World world = new World(reference, rules, codecs, sinks, metrics, board, clock, partitions);
        KafkaStreams created = new KafkaStreams(
                EventTopology.build(config, world),
                StreamsProperties.of(config, codecs, metrics),
                new WarmClients(sinks::usable));
        streams = created;
        created.setUncaughtExceptionHandler(threads);
        KafkaStreamsMetrics bound = new KafkaStreamsMetrics(created);
        streamsMetrics = bound;
        created.start();
        awaitWarm(created, deadline);
        bound.bindTo(meters);
        logger.info(
                "Streams app is ready: {} tasks here, {} devices, rules {}",
                board.tasks(),
                reference.devices().size(),
                rules.describe());
    }

    /** Ready is when every task of this instance has had a transaction committed; an instance may have none. */
    private void awaitWarm(KafkaStreams created, Instant deadline) throws InterruptedException {
        while (created.state() != KafkaStreams.State.RUNNING || board.warm() < tasksHere(created)) {
            Throwable fatal = threads.fatal();
            if (fatal != null) {
                throw new StartException("The streams app failed while starting: " + fatal.getMessage(), fatal);
            }
            if (clock.instant().isAfter(deadline)) {
                throw new StartException("The streams app was not ready within "
                        + config.timing().start().toSeconds() + " s, state " + created.state() + "; raise "
                        + StreamsAppConfig.START_TIMEOUT + " if it is restoring");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static int tasksHere(KafkaStreams created) {
        return created.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    @Override
    public Health check() {
        Map<String, String> details = new LinkedHashMap<>();
        KafkaStreams running = streams;
        Throwable fatal = threads.fatal();
        KafkaStreams.State state = running == null ? KafkaStreams.State.CREATED : running.state();
        int stalled = board.stalled(STALLED_AFTER, clock.instant());
        details.put("state", state.toString());
        details.put("tasks", board.tasks() + (stalled == 0 ? "" : ", " + stalled + " stalled: does Kafka answer?"));
        details.put("reference", tables.healthy() ? tables.sizes().toString() : "no longer followed; restart");
        details.put("topics", sinks.missing().isEmpty() ? "all there" : "missing: " + sinks.missing());
        rules.describe().forEach((feed, text) -> details.put("rules." + feed, text));
        if (fatal != null) {
            details.put("failure", String.valueOf(fatal.getMessage()));
        }
        if (fatal != null || state.hasCompletedShutdown() || !tables.healthy()) {
            return Health.dead(details);
        }
        boolean ready = state == KafkaStreams.State.RUNNING && stalled == 0;
        if (ready) {
            threads.working();
        }
        return ready ? Health.up(details) : Health.notReady(details);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        threads.close();
        KafkaStreamsMetrics bound = streamsMetrics;
        if (bound != null) {
            bound.close();
        }
        KafkaStreams running = streams;
        if (running != null && !running.close(CLOSE_TIMEOUT)) {
            logger.warn("The stream threads did not end within {} s", CLOSE_TIMEOUT.toSeconds());
        }
        sinks.close();
        tables.close();
        admin.close(Duration.ofSeconds(5));
    }
}
