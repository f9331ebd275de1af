package io.fengsui.standalone.drill;

import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.SignalAction;
import org.jspecify.annotations.Nullable;

/** What a rule has said of one alert, in the order of its topic. Mutable, for one thread. */
final class SpokenAlert {
    private @Nullable AlertSignal last;
    private @Nullable AlertSignal lastRaise;
    private int occurrences;

    /** By contract a signal that is older than one before it is passed over. */
    void hear(AlertSignal signal) {
        if (last != null && signal.getSignalledAt().isBefore(last.getSignalledAt())) {
            return;
        }
        if (signal.getAction() == SignalAction.RAISE) {
            occurrences += last == null || last.getAction() == SignalAction.CLEAR ? 1 : 0;
            lastRaise = signal;
        }
        last = signal;
    }

    @Nullable
    AlertSignal last() {
        return last;
    }

    /** Null if it never was one. */
    @Nullable
    AlertSignal lastRaise() {
        return lastRaise;
    }

    /** How often the rule raised it anew; people who end an alert that still is one make more of them. */
    int occurrences() {
        return occurrences;
    }
}
