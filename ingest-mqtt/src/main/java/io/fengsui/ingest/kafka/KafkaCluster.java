package io.fengsui.ingest.kafka;

import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks Kafka how it is. Safe for use by many threads. */
public final class KafkaCluster implements AutoCloseable {
    private final Map<String, Object> config;
    private final Duration timeout;
    private @Nullable Admin admin;

    /**
     * Opens no connection yet.
     *
     * @param config of an admin client
     * @param timeout limit of each question
     */
    public KafkaCluster(Map<String, Object> config, Duration timeout) {
        this.config = Map.copyOf(config);
        this.timeout = timeout;
    }

    /**
     * Empty if Kafka answers within the timeout and each partition has a leader, else why not. A broker that hangs does not
     * answer; one that has just started, or is about to stop, answers and leads nothing.
     */
    public String probe(List<Topic<?>> topics) {
        try {
            List<String> leaderless = admin()
                    .describeTopics(topics.stream().map(Topic::name).toList())
                    .allTopicNames()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .filter(KafkaCluster::isLeaderless)
                    .map(TopicDescription::name)
                    .sorted()
                    .toList();
            return leaderless.isEmpty() ? "" : "Kafka has no leader for partitions of " + leaderless;
        } catch (TimeoutException e) {
            return "Kafka does not answer";
        } catch (ExecutionException e) {
            return "Kafka does not answer: " + (e.getCause() == null ? e : e.getCause()).getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while asking Kafka";
        }
    }

    private static boolean isLeaderless(TopicDescription topic) {
        return topic.partitions().stream()
                .map(TopicPartitionInfo::leader)
                .anyMatch(leader -> leader == null || leader.isEmpty());
    }

    /**
     * Number of partitions by topic.
     *
     * @throws StartException if topics are missing
     * @throws TimeoutException if Kafka does not answer
     */
    public Map<String, Integer> partitions(List<Topic<?>> topics) throws InterruptedException, TimeoutException {
        Map<String, KafkaFuture<TopicDescription>> described = admin().describeTopics(
                        topics.stream().map(Topic::name).toList())
                .topicNameValues();
        Map<String, Integer> partitions = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
            try {
                TopicDescription description = topic.getValue().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                partitions.put(topic.getKey(), description.partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw asTimeout(e);
                }
                missing.add(topic.getKey());
            }
        }
        if (!missing.isEmpty()) {
            throw new StartException("Kafka has no topics " + missing + "; run 'fengsui topics apply'");
        }
        return partitions;
    }

    private static TimeoutException asTimeout(ExecutionException e) {
        TimeoutException timeout =
                new TimeoutException(String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage()));
        timeout.initCause(e);
        return timeout;
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(config);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(timeout);
            admin = null;
        }
    }
}
