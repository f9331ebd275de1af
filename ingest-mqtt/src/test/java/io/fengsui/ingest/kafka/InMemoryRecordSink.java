package io.fengsui.ingest.kafka;

import io.fengsui.schema.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Keeps records in memory, and completes them when the test says so. */
public final class InMemoryRecordSink implements RecordSink {

    /** A record that was sent. */
    public record Sent(String topic, String key, SpecificRecord value, Completion completion) {}

    private final List<Sent> waiting = new ArrayList<>();
    private final List<Sent> written = new ArrayList<>();
    private Predicate<Sent> refuses = sent -> false;
    private Predicate<Sent> unwritable = sent -> false;
    private boolean holding;
    private String unavailable = "";

    /** Completes nothing until {@link #complete}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Completes nothing any more but fails all, for this reason; empty ends it. */
    public synchronized void fail(String why) {
        unavailable = why;
    }

    /** Refuses such records for good. */
    public synchronized void refuse(Predicate<Sent> which) {
        refuses = which;
    }

    /** Can make no record of such values. */
    public synchronized void cannotWrite(Predicate<Sent> which) {
        unwritable = which;
    }

    /** Completes the waiting record of that position. */
    public void complete(int index, Outcome outcome) {
        Sent sent;
        synchronized (this) {
            sent = waiting.remove(index);
            if (outcome == Outcome.WRITTEN) {
                written.add(sent);
            }
        }
        sent.completion().completed(outcome, outcome == Outcome.WRITTEN ? null : "told by the test");
    }

    public synchronized List<Sent> waiting() {
        return List.copyOf(waiting);
    }

    public synchronized List<Sent> written() {
        return List.copyOf(written);
    }

    @Override
    public <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, Completion completion) {
        Sent sent = new Sent(topic.name(), key, value, completion);
        Outcome outcome;
        synchronized (this) {
            if (refuses.test(sent)) {
                outcome = Outcome.REFUSED;
            } else if (unwritable.test(sent)) {
                outcome = Outcome.UNWRITABLE;
            } else if (!unavailable.isEmpty()) {
                outcome = Outcome.UNAVAILABLE;
            } else if (holding) {
                waiting.add(sent);
                return;
            } else {
                written.add(sent);
                outcome = Outcome.WRITTEN;
            }
        }
        completion.completed(outcome, outcome == Outcome.WRITTEN ? null : unavailable);
    }

    @Override
    public synchronized void remove(Topic<?> topic, String key) {
        if (unavailable.isEmpty()) {
            written.add(new Sent(topic.name(), key, null, (outcome, why) -> {}));
        }
    }

    @Override
    public synchronized String reopen() {
        return unavailable;
    }

    @Override
    public int partitions(Topic<?> topic) {
        return 1;
    }

    @Override
    public <V extends SpecificRecord> void broadcast(Topic<V> topic, String key, V value) {
        send(topic, key, value, (outcome, why) -> {});
    }

    @Override
    public void close() {}
}
