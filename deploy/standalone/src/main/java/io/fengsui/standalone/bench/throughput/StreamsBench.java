package io.fengsui.standalone.bench.throughput;

import io.fengsui.event.DustSensor;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroSerde;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.bench.streams.LaneRun;
import io.fengsui.standalone.bench.streams.StreamsStage;
import io.fengsui.standalone.bench.streams.TopologyRun;
import io.fengsui.standalone.bench.streams.TopologyRun.Pace;
import io.fengsui.streams.StreamsAppConfig;
import io.fengsui.streams.meter.StreamsMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * Records a second through duplicates, place, routing, rules, state and accounts, beside a topology that reads, decodes, encodes
 * and writes the same records with the same serdes and properties, and does nothing else. Both work off a feed that is full; a
 * record counts when its transaction is committed.
 */
public final class StreamsBench {
    private static final String COPY = "bench.copy";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * What to measure.
     *
     * @param threads numbers of stream threads
     * @param warmUp records of each run that are not counted
     * @param measured records of each run that are
     */
    public record Plan(List<Integer> threads, int rounds, int devices, int rules, int warmUp, int measured) {}

    private record Contender(String id, int threads) {
        @Override
        public String toString() {
            return id + ", " + threads + (threads == 1 ? " thread" : " threads");
        }
    }

    private static final String FENGSUI = "fengsui";
    private static final String BARE = "bare";

    private final StreamsStage stage;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /** @param stage started, with as many partitions as there are to be threads */
    public StreamsBench(StreamsStage stage, InstantSource clock, Consumer<String> progress) {
        this.stage = stage;
        this.clock = clock;
        this.progress = progress;
    }

    /** Runs all rounds; returns a line a system and number of threads, medians, and last the ratios. */
    public String run(Plan plan) throws InterruptedException {
        Collectors collectors = new Collectors(stage.seeds(), plan.devices(), plan.rules());
        progress.accept(String.format(
                "writing %,d records of %,d devices, %d rules",
                plan.warmUp() + plan.measured(), plan.devices(), collectors.ruleCount()));
        fill(collectors, plan.warmUp() + plan.measured());
        Map<Contender, List<Pace>> results = new LinkedHashMap<>();
        try (Admin admin = Admin.create(stage.clients())) {
            create(admin);
            for (int round = 1; round <= plan.rounds(); round++) {
                for (int threads : plan.threads()) {
                    for (String id : List.of(BARE, FENGSUI)) {
                        Contender contender = new Contender(id, threads);
                        Pace pace = drain(admin, contender, collectors, plan, round);
                        results.computeIfAbsent(contender, c -> new ArrayList<>())
                                .add(pace);
                        progress.accept("round " + round + ": " + line(contender, pace));
                    }
                }
            }
        }
        return table(results, plan);
    }

    private void create(Admin admin) throws InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(COPY, stage.partitions(), (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(COPY + " cannot be created: " + e.getMessage(), e);
        }
    }

    private void fill(Collectors collectors, int records) {
        String topic = Topics.feed(Realm.LIVE, Collectors.FEED).name();
        try (AvroSerde<DustSensor> serde = serde();
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(stage.clients(), new StringSerializer(), new ByteArraySerializer())) {
            for (int n = 0; n < records; n++) {
                DustSensor event = collectors.record(n, clock.instant());
                byte[] value = serde.serializer().serialize(topic, event);
                // What is lost here is missed by the drain, which waits for all of it.
                var unused = producer.send(
                        new ProducerRecord<>(topic, event.getHeader().getDeviceId(), value));
            }
        }
    }

    private AvroSerde<DustSensor> serde() {
        return AvroSerde.of(stage.registry(), Topics.feed(Realm.LIVE, Collectors.FEED));
    }

    private Pace drain(Admin admin, Contender contender, Collectors collectors, Plan plan, int round)
            throws InterruptedException {
        String application = contender.id() + "-" + contender.threads() + "-" + round;
        Map<String, String> settings = Map.of(StreamsAppConfig.THREADS, Integer.toString(contender.threads()));
        LongSupplier committed = () -> committed(admin, Lane.TELEMETRY.group(application));
        // The partitions' shares differ by a little: what is measured ends before the first of them is done.
        long measured = plan.measured() * 9L / 10;
        if (contender.id().equals(FENGSUI)) {
            try (LaneRun lane = new LaneRun(
                    stage, application, collectors.reference(), collectors.rules(), clock, settings, Map.of())) {
                lane.start(PATIENCE);
                Pace pace = lane.run().measure(committed, plan.warmUp(), measured, PATIENCE);
                if (lane.notRouted() > 0) {
                    throw new IllegalStateException(lane.notRouted() + " records were not routed");
                }
                return pace;
            }
        }
        try (AvroSerde<DustSensor> serde = serde();
                TopologyRun run = new TopologyRun(
                        stage,
                        bare(serde),
                        stage.config(application, settings),
                        Lane.TELEMETRY,
                        new StreamsMetrics(new SimpleMeterRegistry()),
                        Map.of(),
                        Set.of(COPY))) {
            run.start();
            return run.measure(committed, plan.warmUp(), measured, PATIENCE);
        }
    }

    private Topology bare(AvroSerde<DustSensor> serde) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "records",
                Serdes.String().deserializer(),
                serde.deserializer(),
                Topics.feed(Realm.LIVE, Collectors.FEED).name());
        // The copy's schema is that of the feed, under whose name it is registered.
        String feed = Topics.feed(Realm.LIVE, Collectors.FEED).name();
        topology.addSink(
                "copy",
                COPY,
                Serdes.String().serializer(),
                (String topic, DustSensor event) -> serde.serializer().serialize(feed, event),
                "records");
        return topology;
    }

    /** Records of the feed whose transaction is committed. */
    private static long committed(Admin admin, String group) {
        try {
            Map<?, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            String feed = Topics.feed(Realm.LIVE, Collectors.FEED).name();
            return offsets.entrySet().stream()
                    .filter(e -> e.getKey().toString().startsWith(feed + "-") && e.getValue() != null)
                    .mapToLong(e -> e.getValue().offset())
                    .sum();
        } catch (ExecutionException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static String table(Map<Contender, List<Pace>> results, Plan plan) {
        StringBuilder table = new StringBuilder();
        Map<Contender, Pace> medians = new LinkedHashMap<>();
        results.forEach((contender, paces) -> {
            Pace median = paces.stream()
                    .sorted(Comparator.comparingDouble(Pace::perSecond))
                    .toList()
                    .get(paces.size() / 2);
            medians.put(contender, median);
            table.append(line(contender, median)).append(System.lineSeparator());
        });
        int first = plan.threads().get(0);
        for (int threads : plan.threads()) {
            double ours = perSecond(medians, FENGSUI, threads);
            table.append(String.format(
                    Locale.ROOT,
                    "ratio_%d=%.2f scale_%d=%.2f ",
                    threads,
                    ours / perSecond(medians, BARE, threads),
                    threads,
                    ours / perSecond(medians, FENGSUI, first)));
        }
        return table.append(System.lineSeparator()).toString();
    }

    private static double perSecond(Map<Contender, Pace> medians, String id, int threads) {
        Pace pace = medians.get(new Contender(id, threads));
        return pace == null ? Double.NaN : pace.perSecond();
    }

    private static String line(Contender contender, Pace pace) {
        return String.format(
                Locale.ROOT,
                "%-20s %,9.0f records/s %6.1f µs a record, JVM %6.1f µs, its threads %6.1f µs, Kafka",
                contender,
                pace.perSecond(),
                pace.processMicros(),
                pace.threadMicros(),
                pace.brokerMicros());
    }
}
