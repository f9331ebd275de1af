package io.fengsui.standalone.bench.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.kafka.KafkaProcess;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.registry.RegistryProcess;
import io.fengsui.streams.EventTopology;
import io.fengsui.streams.StreamsAppConfig;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.task.Codecs;
import io.fengsui.streams.task.TaskBoard;
import io.fengsui.streams.task.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Kafka and the schema registry, each a process of its own, with the topics that the lane of one feed reads and writes. */
public final class StreamsStage implements AutoCloseable {
    private static final short REPLICATION = 1;
    private static final long TO_THE_END = -1;

    private final Path directory;
    private final Ports ports = Ports.free();
    private final SeedSet seeds;
    private final Feed<?> feed;
    private final int partitions;
    private final KafkaProcess kafka;
    private final RegistryProcess registry;

    /**
     * @param directory data and logs of all
     * @param seeds directory of the reference data
     * @param registryHome where the build unpacked the schema registry
     * @param feed whose readers have topics
     * @param partitions of the feeds
     */
    public StreamsStage(Path directory, Path seeds, Path registryHome, Feed<?> feed, int partitions) {
        this.directory = directory.toAbsolutePath();
        this.seeds = SeedSet.load(seeds);
        this.feed = feed;
        this.partitions = partitions;
        this.kafka = new KafkaProcess(this.directory.resolve("kafka"), ports.kafka(), ports.controller());
        this.registry = new RegistryProcess(registryHome, this.directory.resolve("registry"), ports.registry());
    }

    public void start() throws InterruptedException {
        try {
            for (String part : List.of("kafka", "registry")) {
                Files.createDirectories(directory.resolve(part));
            }
        } catch (IOException e) {
            throw new StartException(directory + ": cannot be made: " + e.getMessage(), e);
        }
        kafka.start();
        registry.start();
        try (Admin admin = Admin.create(clients())) {
            new TopicAdmin(admin, registry(), partitions, REPLICATION)
                    .apply(topics(), false).stream()
                            .filter(outcome -> !outcome.ok())
                            .forEach(outcome -> {
                                throw new StartException(outcome.topic() + ": " + outcome.problem());
                            });
        }
    }

    private List<Topic<?>> topics() {
        Set<String> fixed = Topics.fixed().stream().map(Topic::name).collect(Collectors.toSet());
        return Topics.all(seeds.units().values(), seeds.routes().values()).stream()
                .filter(topic -> fixed.contains(topic.name()) || topic.schema().equals(feed.schema()))
                .toList();
    }

    /** Settings of a streams app with its defaults, and state of its own. */
    public StreamsAppConfig config(String applicationId, Map<String, String> further) {
        Settings settings = Settings.empty()
                .with(Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        SchemaRegistry.URL,
                        ports.registryUrl(),
                        StreamsAppConfig.APPLICATION_ID,
                        applicationId,
                        StreamsAppConfig.STATE_DIR,
                        directory.resolve("state").toString()));
        return StreamsAppConfig.of(settings.with(further));
    }

    /** Empties the topics that the lane reads: what comes next begins with nothing of what was before. */
    public void emptySources() throws InterruptedException {
        try (Admin admin = Admin.create(clients())) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (String topic : EventTopology.sources(feed.lane())) {
                for (int partition = 0; partition < partitions; partition++) {
                    all.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(TO_THE_END));
                }
            }
            admin.deleteRecords(all).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not empty the topics: " + e.getMessage(), e);
        }
    }

    /** Names of all topics that are there. */
    public Set<String> topicNames() {
        return topics().stream().map(Topic::name).collect(Collectors.toSet());
    }

    /** What the tasks of a streams app share. */
    public World world(
            String applicationId,
            ReferenceView reference,
            RuleBook rules,
            StreamsMetrics metrics,
            TaskBoard board,
            InstantSource clock) {
        Lane lane = feed.lane();
        return new World(
                lane,
                lane.group(applicationId),
                reference,
                rules,
                new Codecs(registry()),
                topicNames()::contains,
                metrics,
                board,
                clock,
                partitions);
    }

    /** Settings for clients of Kafka and the registry. */
    public Map<String, Object> clients() {
        Map<String, Object> clients = new HashMap<>();
        clients.put("bootstrap.servers", kafka.bootstrapServers());
        clients.put(SchemaRegistry.URL, ports.registryUrl());
        return clients;
    }

    public SchemaRegistryClient registry() {
        return SchemaRegistry.connect(clients());
    }

    /** Processor time that Kafka has used so far. */
    long brokerNanos() {
        return kafka.program()
                .flatMap(program -> program.info().totalCpuDuration())
                .orElse(Duration.ZERO)
                .toNanos();
    }

    public SeedSet seeds() {
        return seeds;
    }

    public Feed<?> feed() {
        return feed;
    }

    public int partitions() {
        return partitions;
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
    }
}
