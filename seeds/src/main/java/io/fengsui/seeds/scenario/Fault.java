package io.fengsui.seeds.scenario;

/** What can be wrong with, or special about, a share of a feed's messages. Earlier ones win where two fall together. */
public enum Fault {
    /** Refused by the bridge for its content; kinds take turns. */
    MALFORMED("malformed"),
    /** From a device that is not in the reference data. */
    UNKNOWN_DEVICE("unknown-device"),
    /** A repetition of a message of the last moments. */
    DUPLICATE("duplicate"),
    /** Of an exercise: never in a live topic. */
    EXERCISE("exercise"),
    /** Stored and forwarded: its device time is older than the feed's lateness limit. */
    LATE("late"),
    /** Its device time is some seconds before that of a message sent earlier. */
    OUT_OF_ORDER("out-of-order"),
    /** From a registered device that no reader is found for. */
    UNROUTED("unrouted");

    private final String key;

    Fault(String key) {
        this.key = key;
    }

    /** Key in a scenario. */
    public String key() {
        return key;
    }
}
