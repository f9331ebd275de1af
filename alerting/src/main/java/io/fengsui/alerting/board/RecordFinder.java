package io.fengsui.alerting.board;

import java.time.Instant;
import java.util.OptionalLong;

/** Where in a reader's topic of alerts a revision stands. */
public interface RecordFinder extends AutoCloseable {

    /**
     * Looks now; may take some seconds.
     *
     * @param from not written before this
     * @return nothing if it is not there, or no longer
     */
    OptionalLong find(String topic, String alertId, int revision, Instant from);

    @Override
    void close();
}
