package io.fengsui.streams;

import io.fengsui.platform.StartException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at the topics that are read, before Kafka Streams does and says it less plainly. */
final class SourceTopics {
    private static final long TIMEOUT_MILLIS = 10_000;

    private SourceTopics() {}

    /**
     * Their number of partitions.
     *
     * @throws StartException if one is missing, or they differ in their number of partitions
     */
    static int partitions(Admin admin, Collection<String> topics) throws InterruptedException {
        Map<Integer, String> topicByPartitions = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(topics).topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
            int count = describe(topic.getKey(), topic.getValue()).partitions().size();
            topicByPartitions.put(count, topic.getKey());
        }
        if (topicByPartitions.size() != 1) {
            throw new StartException("The topics that are read together differ in their number of partitions: "
                    + topicByPartitions + "; recreate the odd one with 'fengsui topics apply'");
        }
        return topicByPartitions.keySet().iterator().next();
    }

    private static TopicDescription describe(String topic, KafkaFuture<TopicDescription> described)
            throws InterruptedException {
        try {
            return described.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new StartException("Topic " + topic + " does not exist; run 'fengsui topics apply'", e);
            }
            throw new StartException("Topic " + topic + " cannot be looked up: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new StartException("Kafka does not answer; is it up, and is bootstrap.servers right?", e);
        }
    }
}
