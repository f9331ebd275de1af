package io.fengsui.standalone.exercise;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.drill.GroupLag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The apps behind an exercise: how far they are with it, by the offsets that they have committed, and how they learn of its end. */
public final class ExercisePipeline implements ExerciseRun.Pipeline {
    private static final long STORED_SECONDS = 15;

    private final GroupLag lag;
    private final Map<String, Object> kafka;
    private final String streamsId;
    private final String alertingId;

    /**
     * @param kafka settings of clients
     * @param streamsId application id of the streams app
     */
    public ExercisePipeline(Admin admin, Map<String, Object> kafka, String streamsId, String alertingId) {
        this.lag = new GroupLag(admin);
        this.kafka = Map.copyOf(kafka);
        this.streamsId = streamsId;
        this.alertingId = alertingId;
    }

    @Override
    public long inFlight() throws InterruptedException {
        long events = lag.of(
                alertingId,
                Topics.alertSignals(Realm.DRILL).stream().map(Topic::name).toList());
        for (Lane lane : Lane.values()) {
            List<String> topics = new ArrayList<>();
            topics.add(Topics.occurrence(Realm.DRILL, lane).name());
            Feeds.of(lane)
                    .forEach(feed -> topics.add(Topics.feed(Realm.DRILL, feed).name()));
            events += lag.of(lane.group(streamsId), topics);
        }
        return events;
    }

    /** A record without value in each partition: whatever task has devices of the exercise reads one. */
    @Override
    public void end(String exercise) throws InterruptedException {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "fengsui-exercise-end");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Lane lane : Lane.values()) {
                String topic = Topics.occurrence(Realm.DRILL, lane).name();
                for (PartitionInfo partition : producer.partitionsFor(topic)) {
                    sent.add(producer.send(new ProducerRecord<>(topic, partition.partition(), exercise, null)));
                }
            }
            for (Future<RecordMetadata> one : sent) {
                one.get(STORED_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException("Kafka does not store that the exercise is over: " + e, e);
        }
    }
}
