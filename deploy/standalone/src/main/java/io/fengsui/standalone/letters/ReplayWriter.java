package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.ReplayPlan.Duplicate;
import io.fengsui.standalone.letters.ReplayPlan.Refuse;
import io.fengsui.standalone.letters.ReplayPlan.Settle;
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayPlan.Take;
import io.fengsui.standalone.letters.ReplayTransactions.Order;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of replayed letters, and the account of it in {@link ReplayTransactions}: first that they are about to be
 * written, then they, then that they are there. Who dies half-way leaves what the next replay can look for. One thread.
 */
public final class ReplayWriter implements AutoCloseable {
    /** After the time of an account of SENDING: by then its events were handed to the producer, or never are. */
    private static final Duration SEND_WITHIN = Duration.ofSeconds(20);

    /** For clocks that differ, and for what is on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    /** After the time of an account of SENDING: nothing of its events comes into a topic any more. */
    public static final Duration QUIET_AFTER =
            SEND_WITHIN.plus(EventSender.DELIVERY.multipliedBy(2)).plus(MARGIN);

    private final ReplayTransactions transactions;
    private final EventSender events;
    private final InstantSource clock;

    ReplayWriter(ReplayTransactions transactions, EventSender events, InstantSource clock) {
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Takes the place of any other replay. What that has sent may still arrive for {@link #QUIET_AFTER}.
     *
     * @param kafka settings of Kafka's clients
     */
    public static ReplayWriter begin(Map<String, Object> kafka, SchemaRegistryClient registry, InstantSource clock) {
        return new ReplayWriter(
                transactions(kafka, registry),
                EventSender.open(kafka, registry, "dead-letters-replay-events", clock),
                clock);
    }

    static ReplayTransactions transactions(Map<String, Object> kafka, SchemaRegistryClient registry) {
        return ReplayTransactions.begin(kafka, registry, "dead-letters-replay", "fengsui-dead-letter-replay");
    }

    /**
     * Writes what becomes of letters; those that are skipped or not known leave no trace.
     *
     * @param note for people, null for none
     * @param progress told how many letters are done, after each batch
     * @throws StartException at the first failure; names the first letter that was perhaps not written
     */
    public void write(List<Step> steps, String actor, @Nullable String note, IntConsumer progress) {
        for (int from = 0; from < steps.size(); from += ReplayTransactions.BATCH) {
            List<Step> batch = steps.subList(from, Math.min(from + ReplayTransactions.BATCH, steps.size()));
            write(batch, new Order(actor, note, clock.instant()));
            progress.accept(from + batch.size());
        }
    }

    /** @param records of the events that are to be written */
    private record Sending(Take take, List<ProducerRecord<String, byte[]>> records) {}

    private void write(List<Step> batch, Order order) {
        boolean begun = false;
        try {
            List<Sending> sendings = new ArrayList<>();
            for (Step step : batch) {
                if (step instanceof Take take) {
                    sendings.add(new Sending(take, events.records(take.unsent())));
                }
            }
            List<ProducerRecord<String, byte[]>> records =
                    sendings.stream().flatMap(s -> s.records().stream()).toList();
            Map<TopicPartition, Long> ends = events.ends(records);
            transactions.commit(() -> {
                sendings.forEach(sending -> send(sending(sending, ends, order)));
                batch.forEach(step -> settled(step, order).ifPresent(this::send));
            });
            begun = true;
            if (!sendings.isEmpty()) {
                events.send(records, order.at().plus(SEND_WITHIN));
                transactions.commit(() -> sendings.forEach(sending -> send(accepted(sending.take(), order))));
            }
        } catch (KafkaException e) {
            throw ReplayTransactions.stopped(batch.get(0).letter().address().toString(), e, begun);
        }
    }

    private void send(DeadLetterReplay replay) {
        transactions.send(Topics.DEAD_LETTER_REPLAY.name(), replay.getLetter(), replay);
    }

    private static DeadLetterReplay sending(Sending sending, Map<TopicPartition, Long> ends, Order order) {
        return begun(sending.take(), order)
                .setOutcome(ReplayOutcome.SENDING)
                .setFeed(sending.take().accepted().feed().id())
                .setEventIds(sending.take().accepted().eventIds())
                .setEventsFrom(sending.records().stream()
                        .map(EventSender::partition)
                        .distinct()
                        .map(p -> p.topic() + "/" + p.partition() + "/" + ends.getOrDefault(p, 0L))
                        .toList())
                .build();
    }

    private static DeadLetterReplay accepted(Take take, Order order) {
        return begun(take, order)
                .setOutcome(ReplayOutcome.ACCEPTED)
                .setFeed(take.accepted().feed().id())
                .setEventIds(take.accepted().eventIds())
                .build();
    }

    /** The account of a letter of which no event is to be written. */
    private static Optional<DeadLetterReplay> settled(Step step, Order order) {
        if (step instanceof Duplicate duplicate) {
            return Optional.of(begun(duplicate, order)
                    .setOutcome(ReplayOutcome.DUPLICATE)
                    .setEventIds(duplicate.accepted().eventIds())
                    .build());
        }
        if (step instanceof Refuse refuse) {
            return Optional.of(begun(refuse, order)
                    .setOutcome(ReplayOutcome.REFUSED)
                    .setNewReason(refuse.refused().reason().name())
                    .build());
        }
        if (step instanceof Settle settle) {
            return Optional.of(begun(settle, order)
                    .setOutcome(ReplayOutcome.ACCEPTED)
                    .setFeed(settle.sending().getFeed())
                    .setEventIds(settle.sending().getEventIds())
                    .build());
        }
        return Optional.empty();
    }

    private static DeadLetterReplay.Builder begun(Step step, Order order) {
        return DeadLetterReplay.newBuilder()
                .setLetter(step.letter().address().toString())
                .setReason(step.letter().content().getReason())
                .setFeed(step.letter().content().getFeed())
                .setActor(order.actor())
                .setNote(order.note())
                .setReplayedAt(order.at());
    }

    @Override
    public void close() {
        transactions.close();
        events.close();
    }
}
