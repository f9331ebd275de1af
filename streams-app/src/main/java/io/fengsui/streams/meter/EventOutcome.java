package io.fengsui.streams.meter;

/** What became of an event; every event has exactly one outcome. */
public enum EventOutcome {
    ROUTED("routed"),
    UNROUTED("unrouted"),
    DUPLICATE("duplicate"),
    DEAD_LETTERED("dead-lettered");

    private final String tag;

    EventOutcome(String tag) {
        this.tag = tag;
    }

    /** Value of the tag {@code outcome}. */
    public String tag() {
        return tag;
    }
}
