package io.fengsui.standalone.letters;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.EventHeader;
import io.fengsui.ingest.Readmission.Accepted;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.ReplayPlan.Duplicate;
import io.fengsui.standalone.letters.ReplayPlan.Refuse;
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayPlan.Take;
import io.fengsui.standalone.letters.ReplayTransactions.Order;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.avro.specific.SpecificRecord;

/** Writes the events of replayed letters together with the account of it, in {@link ReplayTransactions}. One thread. */
public final class ReplayWriter implements AutoCloseable {
    private final ReplayTransactions transactions;

    ReplayWriter(ReplayTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Takes the place of any other replay.
     *
     * @param kafka settings of Kafka's clients
     */
    public static ReplayWriter begin(Map<String, Object> kafka, SchemaRegistryClient registry) {
        return new ReplayWriter(
                ReplayTransactions.begin(kafka, registry, "dead-letters-replay", "fengsui-dead-letter-replay"));
    }

    /**
     * Writes what becomes of letters; those that are skipped leave no trace.
     *
     * @param progress told how many letters are done, after each transaction
     * @throws StartException at the first failure; names the first letter that was not written
     */
    public void write(List<Step> steps, Order order, IntConsumer progress) {
        transactions.write(steps, step -> step.letter().address().toString(), step -> write(step, order), progress);
    }

    private void write(Step step, Order order) {
        if (step instanceof Take take) {
            sendEvents(take.accepted());
            sendReplay(replay(take, order).setFeed(take.accepted().feed().id()));
        } else if (step instanceof Duplicate duplicate) {
            sendReplay(begun(duplicate, order)
                    .setOutcome(ReplayOutcome.DUPLICATE)
                    .setEventIds(duplicate.accepted().eventIds()));
        } else if (step instanceof Refuse refuse) {
            sendReplay(replay(refuse, order));
        }
    }

    private <T extends SpecificRecord> void sendEvents(Accepted<T> accepted) {
        Feed<T> feed = accepted.feed();
        for (T event : accepted.events()) {
            EventHeader header = feed.header(event);
            transactions.send(Topics.feed(Realm.of(header.getStatus()), feed).name(), header.getDeviceId(), event);
        }
    }

    private void sendReplay(DeadLetterReplay.Builder replay) {
        transactions.send(Topics.DEAD_LETTER_REPLAY.name(), replay.getLetter(), replay.build());
    }

    private static DeadLetterReplay.Builder replay(Take take, Order order) {
        return begun(take, order)
                .setOutcome(ReplayOutcome.ACCEPTED)
                .setEventIds(take.accepted().eventIds());
    }

    private static DeadLetterReplay.Builder replay(Refuse refuse, Order order) {
        return begun(refuse, order)
                .setOutcome(ReplayOutcome.REFUSED)
                .setNewReason(refuse.refused().reason().name());
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
    }
}
