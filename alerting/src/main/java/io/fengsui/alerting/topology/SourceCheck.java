package io.fengsui.alerting.topology;

import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What must be there before the topology may start. */
public final class SourceCheck {
    private static final long TIMEOUT_SECONDS = 10;

    private SourceCheck() {}

    /**
     * Looks whether signals, commands and contexts are there with equally many partitions: a signal and a command of one alert must
     * meet in one task.
     *
     * @throws StartException that names what is missing and the remedy
     */
    public static void verify(Admin admin) throws InterruptedException {
        Map<String, Integer> partitions = new LinkedHashMap<>();
        for (Realm realm : Realm.values()) {
            for (String topic : new String[] {
                Topics.alertSignal(realm, Lane.TELEMETRY).name(),
                Topics.alertSignal(realm, Lane.LIFE_SAFETY).name(),
                Topics.alertCommand(realm).name(),
                Topics.alertContext(realm).name(),
                Topics.alertState(realm).name()
            }) {
                partitions.put(topic, 0);
            }
        }
        Map<String, KafkaFuture<TopicDescription>> descriptions =
                admin.describeTopics(partitions.keySet()).topicNameValues();
        for (Entry<String, KafkaFuture<TopicDescription>> description : descriptions.entrySet()) {
            partitions.put(description.getKey(), partitionsOf(description.getKey(), description.getValue()));
        }
        if (partitions.values().stream().distinct().count() > 1) {
            throw new StartException("These topics must have the same number of partitions: " + partitions
                    + "; recreate them with 'fengsui topics apply'");
        }
    }

    private static int partitionsOf(String topic, KafkaFuture<TopicDescription> description)
            throws InterruptedException {
        try {
            return description
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new StartException("Topic " + topic + " does not exist; run 'fengsui topics apply'", e);
            }
            throw new StartException("Kafka cannot describe " + topic + ": " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new StartException("Kafka does not answer; check bootstrap.servers", e);
        }
    }
}
