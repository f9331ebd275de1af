package io.fengsui.schema.topic;

import io.fengsui.event.EventStatus;

/** Real events and exercises live in topics of different names, so that a live reader cannot meet a drill by mistake. */
public enum Realm {
    LIVE("live", ""),
    DRILL("drill", "drill.");

    private final String id;
    private final String prefix;

    Realm(String id, String prefix) {
        this.id = id;
        this.prefix = prefix;
    }

    /** Name in tags and addresses. */
    public String id() {
        return id;
    }

    /** Put before a live topic's name. */
    public String prefix() {
        return prefix;
    }

    /** Only ACTUAL is live; EXERCISE, TEST and a status from a newer schema are not. */
    public static Realm of(EventStatus status) {
        return status == EventStatus.ACTUAL ? LIVE : DRILL;
    }
}
