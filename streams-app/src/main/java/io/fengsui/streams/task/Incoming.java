package io.fengsui.streams.task;

import io.fengsui.event.EventHeader;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Occurrence;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A record of a source topic, decoded. */
public sealed interface Incoming {

    /**
     * An event of a feed.
     *
     * @param realm by the event's own status, whatever topic it came in
     * @param bytes as it stood in its topic
     */
    @SuppressWarnings("ArrayRecordComponent") // moves on and is compared by nobody
    record Event(Feed<?> feed, Realm realm, SpecificRecord record, EventHeader header, byte[] bytes)
            implements Incoming {}

    /**
     * A record that will never be readable, as the dead letter it becomes.
     *
     * @param keeper feed whose data it may hold, null if it is of none
     */
    record Unreadable(@Nullable Feed<?> keeper, DeadLetter letter) implements Incoming {}

    /** Something that a rule counts across devices, written by a task of this lane. */
    record Counted(Occurrence occurrence) implements Incoming {}

    /** An exercise that is over: nothing of it waits for its time any more. Each task of the lane has one. */
    record Over(String exercise) implements Incoming {}

    /** A dead letter of the bridge, to be counted. */
    record Kept(DeadLetter letter) implements Incoming {}

    /**
     * A bridge's sign of life.
     *
     * @param slot that sent it
     * @param slots all slots of the lane
     */
    record Heartbeat(Lane lane, String slot, List<String> slots, long sentAt) implements Incoming {

        /** Of a lane's only slot, which has its name. */
        static Heartbeat ofOnlySlot(Lane lane, long sentAt) {
            return new Heartbeat(lane, lane.id(), List.of(lane.id()), sentAt);
        }
    }
}
