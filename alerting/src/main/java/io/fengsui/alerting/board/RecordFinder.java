package io.fengsui.alerting.board;

import java.time.Instant;
import java.util.OptionalLong;

/** Where in a reader's topic of alerts a revision stands. */
@FunctionalInterface
public interface RecordFinder {

    /**
     * Looks now; may take some seconds.
     *
     * @param from not written before this
     * @return nothing if it is not there, or no longer
     */
    OptionalLong find(String topic, String alertId, int revision, Instant from);
}
