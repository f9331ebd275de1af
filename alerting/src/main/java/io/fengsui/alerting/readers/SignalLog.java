package io.fengsui.alerting.readers;

import io.fengsui.alert.AlertSignal;

/** Where signals about readers are stored, to be decided on as those of rules are. */
public interface SignalLog extends AutoCloseable {

    /** Stores a signal about something real. What is lost is said again: the board does not show it. Never blocks for long. */
    void append(AlertSignal signal);

    @Override
    void close();
}
