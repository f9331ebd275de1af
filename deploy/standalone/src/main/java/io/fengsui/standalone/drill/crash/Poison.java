package io.fengsui.standalone.drill.crash;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** Records that no bridge writes, or that tell of messages it refused. Each is different from all others. One thread. */
final class Poison {
    private static final int KINDS = 7;
    private static final int TOO_LARGE = 1_100_000;
    private static final int NO_SCHEMA = 987_654_321;

    private final Random random;
    private final AvroWriter<DeadLetter> letters;
    private int number;

    Poison(SchemaRegistryClient registry, Random random) {
        this.random = random;
        this.letters = new AvroWriter<>(registry, DeadLetter.getClassSchema());
    }

    /**
     * Each kind in turn.
     *
     * @param event bytes of an event, for a record whose key is another device
     */
    Input next(Input event, Instant now) {
        int kind = number++ % KINDS;
        Feed<?> feed = Feeds.all().get(random.nextInt(Feeds.all().size()));
        String topic = Topics.feed(random.nextBoolean() ? Realm.LIVE : Realm.DRILL, feed)
                .name();
        String key = "poison-" + number;
        return switch (kind) {
            case 0 -> new Input(topic, null, key, null, now);
            case 1 -> new Input(topic, null, key, text("{\"no\":\"Avro\",\"number\":" + number + "}"), now);
            case 2 -> new Input(topic, null, key, schema(NO_SCHEMA), now);
            case 3 -> new Input(event.topic(), null, key, event.value(), now);
            case 4 -> new Input(Topics.PULSE.name(), 0, key, text("no pulse " + number), now);
            case 5 -> new Input(topic, null, key, large(), now);
            default -> refused(feed, key, now);
        };
    }

    /** What the bridge writes of a message that it refused: the streams app counts it. */
    private Input refused(Feed<?> feed, String key, Instant now) {
        String topic = Topics.deadLetter(feed).name();
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(Rejection.NOT_JSON.name())
                .setDetail("refused " + number)
                .setFeed(feed.id())
                .setDeviceId(key)
                .setStage(DeadLetterStage.INGEST)
                .setReceivedAt(now)
                .setProcess("crash-drill")
                .build();
        return new Input(topic, null, key, letters.write(topic, letter), now);
    }

    private byte[] schema(int id) {
        return ByteBuffer.allocate(9).put((byte) 0).putInt(id).putInt(number).array();
    }

    private byte[] large() {
        return Arrays.copyOf(text("too large " + number), TOO_LARGE);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
