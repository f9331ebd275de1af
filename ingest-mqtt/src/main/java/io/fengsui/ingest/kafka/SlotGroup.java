package io.fengsui.ingest.kafka;

import io.fengsui.ingest.Lease;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This bridge's place in the group of all bridges. Kafka's coordinator hands out the partitions of the topic of the slots;
 * nothing is read from them here. A note is kept with each, as metadata of its committed offset: the coordinator takes it only
 * from who holds the partition, and gives it to the next.
 *
 * <p>One thread of its own polls, commits and calls the holder; {@link #confirm} may be called by any other.
 */
public final class SlotGroup implements AutoCloseable {

    /** Who serves the slots, by partition. Called by the group's thread. */
    public interface Holder {
        /** @param notes of the former holders, by partition; empty where there is none */
        void assigned(Map<Integer, String> notes);

        /** Others are given them once this returns. */
        void revoked(Set<Integer> partitions);

        /** Others may have them already. */
        void lost(Set<Integer> partitions);

        /** Called all the time, many times a second. */
        void turn();
    }

    private record Question(TopicPartition slot, String note, CompletableFuture<String> answer, Instant deadline) {}

    private static final Logger logger = LoggerFactory.getLogger(SlotGroup.class);
    private static final Duration TURN = Duration.ofMillis(50);
    private static final Duration COMMIT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Holder holder;
    private final Lease lease;
    private final InstantSource clock;
    private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<TopicPartition, String> notes = new ConcurrentHashMap<>();
    private final CountDownLatch joined = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ingest-slots");
    private volatile boolean closing;
    private volatile String failure = "";

    /**
     * Opens nothing yet.
     *
     * @param consumers makes the consumer
     * @param lease renewed at each turn
     */
    public SlotGroup(Supplier<Consumer<byte[], byte[]>> consumers, Holder holder, Lease lease, InstantSource clock) {
        this.consumers = consumers;
        this.holder = holder;
        this.lease = lease;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** Whether the coordinator has said which slots are ours; it may be none. */
    public boolean hasJoined() {
        return joined.getCount() == 0;
    }

    /** Why this bridge takes part no more and only a restart helps; empty as long as it does. */
    public String failure() {
        return failure;
    }

    /**
     * Asks the coordinator whether a slot is still held, by keeping a note of it.
     *
     * @return empty if it is; else why not, for people
     */
    public String confirm(int partition, String note) throws InterruptedException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        questions.add(
                new Question(slot(partition), note, answer, clock.instant().plus(ANSWER)));
        if (!notes.containsKey(slot(partition))) {
            // Given up meanwhile, and perhaps the group's thread waits for us to stop.
            answer.complete("the slot is given up");
        }
        try {
            return answer.get(ANSWER.plus(COMMIT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "the group coordinator is not asked in time";
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TopicPartition slot(int partition) {
        return new TopicPartition(Topics.SLOT.name(), partition);
    }

    private void run() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.subscribe(Set.of(Topics.SLOT.name()), new Assignments(consumer));
            while (!closing) {
                poll(consumer);
                renew(consumer);
                answer(consumer);
                holder.turn();
            }
        } catch (FencedInstanceIdException e) {
            fail("another bridge was started with the same ingest.group.instance.id; each needs one of its own", e);
        } catch (RuntimeException e) {
            fail(String.valueOf(e.getMessage()), e);
        }
        questions.forEach(question -> question.answer().complete("the slots are given up"));
    }

    private void fail(String why, RuntimeException cause) {
        failure = why;
        logger.error("This bridge takes part in the group of its slots no more, and serves none: {}", why, cause);
        joined.countDown();
        holder.lost(held());
    }

    private static void poll(Consumer<byte[], byte[]> consumer) {
        try {
            var unused = consumer.poll(TURN);
        } catch (WakeupException e) {
            logger.trace("woken up");
        }
    }

    /** After a standstill of this process only the coordinator knows what is still ours. */
    private void renew(Consumer<byte[], byte[]> consumer) {
        lease.renew();
        if (lease.isOver() && !notes.isEmpty()) {
            Instant asked = clock.instant();
            try {
                consumer.commitSync(committed(notes), COMMIT);
                lease.confirmed(asked);
            } catch (KafkaException e) {
                logger.info("This bridge stood still, and its slots are not confirmed: {}", e.getMessage());
            }
        } else if (lease.isOver()) {
            lease.confirmed(clock.instant());
        }
    }

    private void answer(Consumer<byte[], byte[]> consumer) {
        for (int left = questions.size(); left > 0; left--) {
            Question question = questions.poll();
            if (question != null) {
                answer(consumer, question);
            }
        }
    }

    private void answer(Consumer<byte[], byte[]> consumer, Question question) {
        if (question.answer().isDone()) {
            return;
        }
        try {
            Instant asked = clock.instant();
            consumer.commitSync(committed(Map.of(question.slot(), question.note())), COMMIT);
            notes.replace(question.slot(), question.note());
            lease.confirmed(asked);
            question.answer().complete("");
        } catch (CommitFailedException | FencedInstanceIdException e) {
            question.answer().complete("the slot is another bridge's now: " + e.getMessage());
        } catch (KafkaException e) {
            // A rebalance is under way, or Kafka does not answer.
            if (clock.instant().isBefore(question.deadline())) {
                questions.add(question);
            } else {
                question.answer().complete("the group coordinator does not confirm the slot: " + e.getMessage());
            }
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Map<TopicPartition, String> notes) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        notes.forEach((slot, note) -> offsets.put(slot, new OffsetAndMetadata(0, note)));
        return offsets;
    }

    private Set<Integer> held() {
        return numbers(notes.keySet());
    }

    private static Set<Integer> numbers(Collection<TopicPartition> slots) {
        return slots.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    /** Gives the slots back, in order, and leaves the group. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Assignments implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        Assignments(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> slots) {
            consumer.pause(slots);
            Map<Integer, String> former = new TreeMap<>();
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(slots));
            for (TopicPartition slot : slots) {
                OffsetAndMetadata last = committed.get(slot);
                String note = last == null ? "" : last.metadata();
                notes.put(slot, note);
                former.put(slot.partition(), note);
            }
            holder.assigned(former);
            joined.countDown();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> slots) {
            end(slots);
            holder.revoked(numbers(slots));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> slots) {
            end(slots);
            holder.lost(numbers(slots));
        }

        /** Whoever waits for an answer is about to be stopped, and must not hold that up. */
        private void end(Collection<TopicPartition> slots) {
            slots.forEach(notes::remove);
            questions.removeIf(question ->
                    slots.contains(question.slot()) && question.answer().complete("the slot is given up"));
        }
    }
}
