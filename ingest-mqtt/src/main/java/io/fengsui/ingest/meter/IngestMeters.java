package io.fengsui.ingest.meter;

import java.util.List;

/** Every meter of the bridge. Tags are lanes, slots, feeds, realms, reasons and fixed words: never a device. */
public enum IngestMeters {
    RECEIVED("received", Type.COUNTER, "messages", "Messages that the broker delivered", "lane", "feed"),
    REDELIVERED("redelivered", Type.COUNTER, "messages", "Of these, delivered before (DUP flag)", "lane"),
    PASSED_OVER(
            "passed.over",
            Type.COUNTER,
            "messages",
            "Acknowledged unread: another slot's, or what a bridge published",
            "lane"),
    ACCEPTED("accepted", Type.COUNTER, "events", "Events that Kafka has, by feed and realm", "feed", "realm"),
    DEAD_LETTERED(
            "dead.lettered",
            Type.COUNTER,
            "messages",
            "Refused messages that Kafka has as dead letters",
            "feed",
            "reason"),
    UNKNOWN_FIELDS("unknown.fields", Type.COUNTER, "fields", "Payload fields passed over as unknown", "feed"),
    ACKNOWLEDGED("acknowledged", Type.COUNTER, "messages", "Messages that are done and may be acknowledged", "lane"),
    FAILED("failed", Type.COUNTER, "messages", "Messages that Kafka did not take; they come again", "lane"),
    NOTICES(
            "notices",
            Type.COUNTER,
            "messages",
            "Rejection messages to vendors: sent, limited, or lost (nobody listens)",
            "outcome"),
    CONNECTIONS_LOST(
            "connections.lost", Type.COUNTER, "connections", "Broker connections that ended unasked", "lane", "slot"),
    MESSAGES_LOST(
            "messages.lost",
            Type.COUNTER,
            "messages",
            "Messages at QoS 0 thrown away because more came than could be handled",
            "lane",
            "slot"),
    IN_FLIGHT("in.flight", Type.GAUGE, "messages", "Messages delivered and not yet acknowledged", "lane", "slot"),
    HELD("held", Type.GAUGE, "", "1 while this bridge holds the slot", "lane", "slot"),
    CONNECTED(
            "connected",
            Type.GAUGE,
            "",
            "1 while this bridge is connected and subscribed for the slot",
            "lane",
            "slot"),
    LATENCY(
            "latency",
            Type.TIMER,
            "seconds",
            "From a message's arrival to Kafka's acknowledgement, when its PUBACK goes out; refused ones and exercises too",
            "lane"),
    DEVICE_LAG(
            "device.lag",
            Type.TIMER,
            "seconds",
            "From the device's clock to Kafka's acknowledgement of its event; a clock that is ahead counts as 0",
            "lane",
            "realm");

    /** Kinds of meters. */
    public enum Type {
        COUNTER,
        GAUGE,
        TIMER
    }

    /** Value of the tag feed for a message whose topic names none. */
    public static final String NO_FEED = "unknown";

    private final String id;
    private final Type type;
    private final String unit;
    private final String description;
    private final String tags;

    IngestMeters(String id, Type type, String unit, String description, String... tags) {
        this.id = "fengsui.ingest." + id;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.tags = String.join(",", tags);
    }

    /** Name in Micrometer's form. */
    public String id() {
        return id;
    }

    public Type type() {
        return type;
    }

    /** Unit, empty if it has none. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Tag keys, in order. */
    public List<String> tags() {
        return List.of(tags.split(","));
    }
}
