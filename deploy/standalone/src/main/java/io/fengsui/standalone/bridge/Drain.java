package io.fengsui.standalone.bridge;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures how a contender drains its queue, by the ends of Kafka's partitions: from the first look at which the warm-up is
 * over to the one at which all is there.
 */
final class Drain {
    private static final long LOOK_MILLIS = 20;
    private static final Duration STUCK = Duration.ofSeconds(60);

    /**
     * What was measured.
     *
     * @param perSecond messages
     * @param cpuMicros processor time of the contender a message, microseconds
     */
    record Result(double perSecond, double cpuMicros) {}

    private final Admin admin;

    Drain(Admin admin) {
        this.admin = admin;
    }

    /** Records in the topics now. */
    long count(List<String> topics) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(topics).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(p -> latest.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
            }
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell its offsets", e);
        }
    }

    /** @throws IllegalStateException if nothing more arrives for a minute */
    Result measure(Contender contender, int warmUp, int messages) throws Exception {
        long before = count(contender.kafkaTopics());
        try (Contender.Running running = contender.start().start()) {
            long first = awaitCount(contender, before + warmUp);
            long began = System.nanoTime();
            long cpuBefore = cpuNanos(running);
            long last = awaitCount(contender, before + warmUp + messages);
            double drained = last - first;
            double elapsed = System.nanoTime() - began;
            return new Result(drained / elapsed * 1e9, (cpuNanos(running) - cpuBefore) / drained / 1_000);
        }
    }

    private long awaitCount(Contender contender, long target) throws InterruptedException {
        long seen = -1;
        long moved = System.nanoTime();
        while (true) {
            long now = count(contender.kafkaTopics());
            if (now >= target) {
                return now;
            }
            if (now > seen) {
                seen = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STUCK.toNanos()) {
                throw new IllegalStateException(contender.id() + " is stuck at " + now + " of " + target + " records");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static long cpuNanos(Contender.Running running) {
        return running.processes()
                .mapToLong(
                        p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }
}
