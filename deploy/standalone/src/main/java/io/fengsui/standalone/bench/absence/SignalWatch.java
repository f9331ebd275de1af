package io.fengsui.standalone.bench.absence;

import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.bench.streams.StreamsStage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the alert signals as the alerting app does, and notes when each camera was told silent. */
final class SignalWatch implements Runnable, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroReader<AlertSignal> reader;
    private final InstantSource clock;
    private final Map<Integer, Long> toldAt = new ConcurrentHashMap<>();

    SignalWatch(StreamsStage stage, InstantSource clock) {
        this.clock = clock;
        reader = new AvroReader<>(stage.registry(), AlertSignal.class, AlertSignal.getClassSchema());
        Map<String, Object> config = new HashMap<>(stage.clients());
        config.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = consumer
                .partitionsFor(Topics.alertSignal(Realm.LIVE).name())
                .stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    @Override
    public void run() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    AlertSignal signal = reader.read(record.value());
                    if (signal.getAction() == SignalAction.RAISE
                            && signal.getSubject().getKind() == SubjectKind.DEVICE) {
                        toldAt.putIfAbsent(Cameras.number(signal.getSubject().getId()), clock.millis());
                    }
                }
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    /** When a camera's silence was read first, epoch milliseconds, by its number. */
    Map<Integer, Long> toldAt() {
        return Map.copyOf(toldAt);
    }

    int told() {
        return toldAt.size();
    }

    @Override
    public void close() {
        consumer.wakeup();
    }
}
