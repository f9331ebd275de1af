package io.fengsui.schema.feed;

/**
 * A lane has its own MQTT connection and its own streams, so that a backlog of telemetry delays no life-safety event
 * (promise 5).
 */
public enum Lane {
    LIFE_SAFETY("life-safety"),
    TELEMETRY("telemetry");

    private final String id;

    Lane(String id) {
        this.id = id;
    }

    /** Name in client ids, metric tags and settings. */
    public String id() {
        return id;
    }

    /**
     * Consumer group that reads the feeds of this lane.
     *
     * @param applicationId of the streams app
     */
    public String group(String applicationId) {
        return applicationId + "-" + id;
    }
}
