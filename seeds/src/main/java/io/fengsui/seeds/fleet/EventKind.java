package io.fengsui.seeds.fleet;

import io.fengsui.seeds.scenario.Fault;

/** What a published message is, for counting. */
public enum EventKind {
    /** All is well. */
    NORMAL,
    /** Part of an alarm episode. */
    ALARM,
    MALFORMED,
    UNKNOWN_DEVICE,
    DUPLICATE,
    EXERCISE,
    LATE,
    OUT_OF_ORDER,
    UNROUTED;

    static EventKind of(Fault fault) {
        return switch (fault) {
            case MALFORMED -> MALFORMED;
            case UNKNOWN_DEVICE -> UNKNOWN_DEVICE;
            case DUPLICATE -> DUPLICATE;
            case EXERCISE -> EXERCISE;
            case LATE -> LATE;
            case OUT_OF_ORDER -> OUT_OF_ORDER;
            case UNROUTED -> UNROUTED;
        };
    }
}
