package io.fengsui.streams.device;

import io.fengsui.event.Severity;
import io.fengsui.streams.rule.OpenCases;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** State of one device in one realm. Mutable, for one thread; {@link DeviceStateSerde} keeps it small. */
public final class DeviceState {
    private final String feedId;
    private final RecentIds recentIds;
    private final OpenCases open;
    private final Map<String, Double> counters;
    private long lastEventTime;
    private long lastSeen;
    private Severity silenceSeverity;
    private String exercise;

    /** A device that has said nothing yet. */
    public DeviceState(String feedId) {
        this(feedId, new RecentIds(), new OpenCases(), 0, 0, Severity.UNKNOWN, Map.of(), "");
    }

    /** A state whose clocks run from now, as after a registration. */
    public static DeviceState heardAt(Instant now) {
        DeviceState state = new DeviceState("");
        state.seen(now.toEpochMilli(), now.toEpochMilli());
        return state;
    }

    DeviceState(
            String feedId,
            RecentIds recentIds,
            OpenCases open,
            long lastEventTime,
            long lastSeen,
            Severity silenceSeverity,
            Map<String, Double> counters,
            String exercise) {
        this.feedId = feedId;
        this.recentIds = recentIds;
        this.open = open;
        this.lastEventTime = lastEventTime;
        this.lastSeen = lastSeen;
        this.silenceSeverity = silenceSeverity;
        this.counters = new TreeMap<>(counters);
        this.exercise = exercise;
    }

    /** Feed whose rules apply. */
    public String feedId() {
        return feedId;
    }

    public RecentIds recentIds() {
        return recentIds;
    }

    public OpenCases open() {
        return open;
    }

    /** Newest device clock seen, epoch milliseconds; 0: none. Rules look at nothing with an older one. */
    public long lastEventTime() {
        return lastEventTime;
    }

    /** Newest arrival of a message, our clock, epoch milliseconds; 0: never heard. */
    public long lastSeen() {
        return lastSeen;
    }

    /** Severity that silence after the last event has; UNKNOWN before the first. */
    public Severity silenceSeverity() {
        return silenceSeverity;
    }

    /** Counters as the newest events had them, by field. */
    public Map<String, Double> counters() {
        return Collections.unmodifiableMap(counters);
    }

    /** Exercise that the newest message was of; empty if it was of none, or of one without a name. */
    public String exercise() {
        return exercise;
    }

    /** The same device without anything that its rules wait for or count; a message that comes again stays known. */
    public DeviceState atRest() {
        return new DeviceState(
                feedId, recentIds, new OpenCases(), lastEventTime, lastSeen, silenceSeverity, counters, "");
    }

    /** What lies ahead of now was seen before the wall clock was set back, and is no more. */
    void seen(long arrivedAt, long now) {
        lastSeen = lastSeen > now ? arrivedAt : Math.max(lastSeen, arrivedAt);
    }

    void observed(long eventTime) {
        lastEventTime = Math.max(lastEventTime, eventTime);
    }

    void counted(Map<String, Double> newest) {
        counters.putAll(newest);
    }

    void exercise(String name) {
        exercise = name;
    }

    void silenceSeverity(Severity severity) {
        silenceSeverity = severity;
    }
}
