package io.fengsui.ingest.partial;

import io.fengsui.ops.PartialMessage;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written before a message may be acknowledged.
 *
 * @param events of the feed
 * @param record for {@code ingest.partial}; null: nothing to write
 * @param givenUp beginning of a frame that can have no end any more: a dead letter; null if there is none
 */
public record Taken<T extends SpecificRecord>(
        List<T> events,
        @Nullable PartialMessage record,
        @Nullable PartialMessage givenUp) {

    public Taken {
        events = List.copyOf(events);
    }

    static <T extends SpecificRecord> Taken<T> whole(List<T> events) {
        return new Taken<>(events, null, null);
    }

    /** How many records that makes. */
    public int records() {
        return events.size() + (record == null ? 0 : 1) + (givenUp == null ? 0 : 1);
    }
}
