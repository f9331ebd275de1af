package io.fengsui.standalone.drill.crash;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.Settings;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.streams.EventTopology;
import io.fengsui.streams.StreamsAppConfig;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.task.Codecs;
import io.fengsui.streams.task.TaskBoard;
import io.fengsui.streams.task.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * What the streams app makes of the same records if nothing happens to it: its topologies in memory, one partition, on a clock
 * that the records set. No Kafka, no transactions, no restore. The registry is the real one, so that the bytes are the same.
 */
final class Undisturbed {
    private static final Duration TICK = Duration.ofMillis(250);

    private final SeedSet seeds;
    private final SchemaRegistryClient registry;
    private final String applicationId;
    private final Path directory;
    private Instant now = Instant.EPOCH;

    Undisturbed(SeedSet seeds, SchemaRegistryClient registry, String applicationId, Path directory) {
        this.seeds = seeds;
        this.registry = registry;
        this.applicationId = applicationId;
        this.directory = directory;
    }

    /**
     * Plays the records to both lanes.
     *
     * @param until when the drill ended
     * @param output takes what they write
     */
    void play(List<Input> inputs, Instant until, WholeOutput output) {
        for (Lane lane : Lane.values()) {
            Set<String> sources = Set.copyOf(EventTopology.sources(lane));
            now = inputs.isEmpty() ? until : inputs.get(0).at();
            try (TopologyTestDriver driver =
                    new TopologyTestDriver(EventTopology.build(config(), world(lane)), properties(lane), now)) {
                for (Input input : inputs) {
                    passUntil(input.at(), driver);
                    if (sources.contains(input.topic())) {
                        driver.createInputTopic(input.topic(), new StringSerializer(), new ByteArraySerializer())
                                .pipeInput(
                                        new TestRecord<>(input.key(), input.value(), new RecordHeaders(), input.at()));
                    }
                }
                passUntil(until, driver);
                collect(driver, output);
            }
        }
    }

    private void passUntil(Instant then, TopologyTestDriver driver) {
        while (now.isBefore(then)) {
            Duration left = Duration.between(now, then);
            Duration step = left.compareTo(TICK) < 0 ? left : TICK;
            now = now.plus(step);
            driver.advanceWallClockTime(step);
        }
    }

    private static void collect(TopologyTestDriver driver, WholeOutput output) {
        for (String topic : Set.copyOf(driver.producedTopicNames())) {
            driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .forEach(record -> output.add(topic, record.getKey(), record.getValue()));
        }
    }

    private World world(Lane lane) {
        RuleBook rules = new RuleBook(feed -> {});
        seeds.rules().forEach(rules::accept);
        Set<String> topics = Topics.all(seeds.units().values(), seeds.routes().values()).stream()
                .map(Topic::name)
                .collect(Collectors.toCollection(HashSet::new));
        return new World(
                lane,
                lane.group(applicationId),
                ReferenceView.of(
                        seeds.units().values(),
                        seeds.sites().values(),
                        seeds.devices().values(),
                        seeds.routes().values(),
                        seeds.parameters().values()),
                rules,
                new Codecs(registry),
                topics::contains,
                new StreamsMetrics(new SimpleMeterRegistry()),
                new TaskBoard(),
                () -> now,
                1);
    }

    private StreamsAppConfig config() {
        return StreamsAppConfig.of(Settings.empty()
                .with(StreamsAppConfig.STATE_DIR, directory.toString())
                .with(StreamsAppConfig.DEVICE_STORE, "memory"));
    }

    private Properties properties(Lane lane) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.group(applicationId));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }
}
