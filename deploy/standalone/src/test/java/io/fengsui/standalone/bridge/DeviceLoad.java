package io.fengsui.standalone.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.event.EventHeader;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.process.MosquittoProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Publishes for one device, fifty messages a second, and reads what became of them. */
final class DeviceLoad implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;

    private final BridgeStage stage;
    private final Feed<?> feed;
    private final Device device;
    private final Process publisher;
    private final Thread thread = new Thread(this::run, "device");
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean ending;

    DeviceLoad(BridgeStage stage, Feed<?> feed, Device device) throws IOException {
        this.stage = stage;
        this.feed = feed;
        this.device = device;
        publisher = new ProcessBuilder(
                        MosquittoProcess.program("mosquitto_pub").toString(),
                        "-p",
                        Integer.toString(stage.mosquitto().port()),
                        "-q",
                        "1",
                        "-l",
                        "-t",
                        "fengsui/v1/" + device.getVendor() + "/" + feed.id() + "/" + device.getDeviceId())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        thread.start();
    }

    /** For the first device of a feed. */
    static DeviceLoad ofFirst(BridgeStage stage, Feed<?> feed) throws IOException {
        return new DeviceLoad(stage, feed, devices(stage, feed).get(0));
    }

    /** Devices that are registered for a feed. */
    static List<Device> devices(BridgeStage stage, Feed<?> feed) {
        return stage.seeds().devices().values().stream()
                .filter(device -> device.getFeed().equals(feed.id()))
                .toList();
    }

    private void run() {
        try {
            while (!ending) {
                OutputStream lines = publisher.getOutputStream();
                lines.write((payload(sent.get()) + "\n").getBytes(StandardCharsets.UTF_8));
                lines.flush();
                sent.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String payload(int n) {
        String common = "\"messageId\":\"m-" + n + "\",\"time\":\"" + Instant.now() + "\"";
        return feed.id().equals("dust-sensor")
                ? "{" + common + ",\"collector\":\"DRY\"}"
                : "{" + common + ",\"orderNo\":\"WO-" + n + "\",\"kind\":\"FAULT\",\"state\":\"RECEIVED\"}";
    }

    int sent() {
        return sent.get();
    }

    /** Ids of the events, in the order of publishing. */
    List<String> sentIds() {
        return IntStream.range(0, sent())
                .mapToObj(n -> device.getVendor() + "/" + device.getDeviceId() + "/m-" + n)
                .toList();
    }

    void awaitSent(int number) {
        await().atMost(Duration.ofSeconds(60)).until(() -> sent.get() >= number);
    }

    /** Returns when the broker has all. */
    void end() throws Exception {
        ending = true;
        thread.join();
        publisher.getOutputStream().close();
        assertThat(publisher.waitFor()).isZero();
    }

    /** The device's events that Kafka has now, those that came again included. */
    List<EventHeader> events() {
        return headers(feed).stream()
                .filter(header -> header.getDeviceId().equals(device.getDeviceId()))
                .toList();
    }

    private <T extends SpecificRecord> List<EventHeader> headers(Feed<T> of) {
        Topic<T> topic = Topics.feed(Realm.LIVE, of);
        Map<String, Object> config = new HashMap<>(stage.clients());
        AvroReader<T> reader = new AvroReader<>(SchemaRegistry.connect(stage.clients()), topic.type(), topic.schema());
        List<EventHeader> headers = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    headers.add(of.header(reader.read(record.value())));
                }
            }
        }
        return headers;
    }

    @Override
    public void close() {
        ending = true;
        publisher.destroy();
    }
}
