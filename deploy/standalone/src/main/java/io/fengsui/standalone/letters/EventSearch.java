package io.fengsui.standalone.letters;

import io.fengsui.ops.DeadLetterReplay;

/** Looks for events that a replay was about to write when it was broken off. */
public interface EventSearch {

    /** What is known of such an event. */
    enum Finding {
        WRITTEN,
        ABSENT,
        /** Not found, and part of what would have to be looked through has been deleted. */
        DELETED
    }

    /** @param sending of that replay, with outcome SENDING */
    Finding look(String eventId, DeadLetterReplay sending);
}
