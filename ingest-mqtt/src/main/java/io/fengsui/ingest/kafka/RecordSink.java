package io.fengsui.ingest.kafka;

import io.fengsui.schema.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where records are kept. Records of one key stay in the order of their {@link #send} calls; when one cannot be written,
 * none sent after it is written before {@link #reopen}, as far as the broker has not got it already.
 */
public interface RecordSink extends AutoCloseable {

    /** What became of a record. */
    enum Outcome {
        /** All in-sync replicas have it. */
        WRITTEN,
        /** This record will never be taken: it is too large. */
        REFUSED,
        /** It is no record of its schema: a fault of ours, whenever it is tried. */
        UNWRITABLE,
        /** It could not be written now; it may or may not be there. */
        UNAVAILABLE
    }

    /** Told once for each record, by any thread, even before {@link RecordSink#send} returns; must not block. */
    interface Completion {
        /** @param why for people, null if written */
        void completed(Outcome outcome, @Nullable String why);
    }

    /** Writes a record; may block for a bounded time while the sink is slow. Never throws for a failure of the sink. */
    <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, Completion completion);

    /** Removes a key from a compacted topic, and forgets about it: what is still there may be removed again. */
    void remove(Topic<?> topic, String key);

    /**
     * Makes the sink fit for a new try after an UNAVAILABLE, and finds out whether records can be written.
     *
     * @return why not, for people; empty if they can
     */
    String reopen();

    /** Number of partitions of a topic. */
    int partitions(Topic<?> topic);

    /** Writes a record to each partition and forgets about it. */
    <V extends SpecificRecord> void broadcast(Topic<V> topic, String key, V value);

    /** Waits a bounded time for what is under way. */
    @Override
    void close();
}
