package io.fengsui.standalone.rules;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rehearsal.VirtualLane;
import io.fengsui.streams.rule.RuleBook;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Plays the events of a time to two sets of rules, those in force and others, and counts what each says. Committed records
 * only; nothing is written. Both sets begin without open alerts, and the bridge counts as heard all the while. For one thread.
 */
public final class Tryout implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SchemaRegistryClient registry;
    private final ReferenceView reference;
    private final RuleTally before = new RuleTally();
    private final RuleTally after = new RuleTally();
    private final Consumer<String> progress;
    private long events;
    private long unreadable;

    /**
     * @param kafka settings of Kafka's clients
     * @param progress told where it is, now and then
     */
    public Tryout(
            Map<String, Object> kafka,
            SchemaRegistryClient registry,
            ReferenceView reference,
            Consumer<String> progress) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "rules-try");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.registry = registry;
        this.reference = reference;
        this.progress = progress;
    }

    /**
     * Plays a feed.
     *
     * @param inForce rules as they are
     * @param tried rules as they would be
     */
    public <T extends SpecificRecord> void play(
            Feed<T> feed, RuleBook inForce, RuleBook tried, Instant from, Instant until) {
        Arrivals<T> arrivals =
                new Arrivals<>(consumer, feed, new AvroReader<>(registry, feed.type(), feed.schema()), progress);
        VirtualLane is = new VirtualLane(feed, reference, inForce, from, null);
        VirtualLane wouldBe = new VirtualLane(feed, reference, tried, from, null);
        events += arrivals.read(Topics.feed(Realm.LIVE, feed).name(), from, event -> {
            Instant receivedAt = feed.header(event).getReceivedAt();
            Instant at = receivedAt.isAfter(until) ? until : receivedAt;
            take(event, at, is, before);
            take(event, at, wouldBe, after);
        });
        unreadable += arrivals.unreadable();
        before.add(is.advance(until));
        after.add(wouldBe.advance(until));
    }

    /** What the rules in force said. */
    public RuleTally before() {
        return before;
    }

    /** What the others said. */
    public RuleTally after() {
        return after;
    }

    public long events() {
        return events;
    }

    /** Records that are no events of their feed, and were passed over. */
    public long unreadable() {
        return unreadable;
    }

    private static void take(SpecificRecord event, Instant at, VirtualLane lane, RuleTally tally) {
        tally.add(lane.advance(at));
        tally.add(lane.onEvent(event));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
