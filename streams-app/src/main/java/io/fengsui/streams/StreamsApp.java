package io.fengsui.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.SchemaRegistry;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams process: reference data, rules, topics and the topology of {@link EventTopology}, wired and run, once a lane.
 */
public final class StreamsApp implements App {
    private static final Logger logger = LoggerFactory.getLogger(StreamsApp.class);

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
    private final List<LaneStreams> lanes = new CopyOnWriteArrayList<>();
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
    }

    @Override
    public void start() throws InterruptedException {
        Instant deadline = clock.instant().plus(config.timing().start());
        int partitions = SourceTopics.partitions(admin, sources());
        tables.start();
        tables.awaitLoaded(config.timing().start());
        sinks.start();
        for (Lane lane : Lane.values()) {
            TaskBoard board = new TaskBoard();
            String process = lane.group(config.applicationId());
            Predicate<String> usable = sinks.and(topic -> !board.setAside().refuses(topic, clock.instant()));
            World world = new World(lane, process, reference, rules, codecs, usable, metrics, board, clock, partitions);
            lanes.add(new LaneStreams(config, world, new WarmClients(sinks::usable)));
        }
        lanes.forEach(LaneStreams::start);
        for (LaneStreams lane : lanes) {
            lane.awaitWarm(deadline);
            lane.bindTo(meters);
        }
        logger.info(
                "Streams app is ready: {} tasks here, {} devices, rules {}",
                lanes.stream().mapToInt(LaneStreams::tasks).sum(),
                reference.deviceIds().size(),
                rules.describe());
    }

    @Override
    public Health check() {
        Map<String, String> details = new LinkedHashMap<>();
        Instant now = clock.instant();
        boolean live = tables.healthy();
        boolean ready = lanes.size() == Lane.values().length;
        for (LaneStreams lane : lanes) {
            Health health = lane.check(now);
            live &= health.live();
            ready &= health.ready();
            details.putAll(health.details());
        }
        details.put("reference", tables.healthy() ? tables.sizes().toString() : "no longer followed; restart");
        details.put("topics", sinks.missing().isEmpty() ? "all there" : "missing: " + sinks.missing());
        rules.describe().forEach((feed, text) -> details.put("rules." + feed, text));
        return new Health(live, live && ready, details);
    }

    private static Set<String> sources() {
        return Arrays.stream(Lane.values())
                .flatMap(lane -> EventTopology.sources(lane).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Telemetry first: life-safety events move to the last.
        for (int i = lanes.size() - 1; i >= 0; i--) {
            lanes.get(i).close();
        }
        sinks.close();
        tables.close();
        admin.close(Duration.ofSeconds(5));
    }
}
