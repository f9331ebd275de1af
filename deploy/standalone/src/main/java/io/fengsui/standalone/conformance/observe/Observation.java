package io.fengsui.standalone.conformance.observe;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that was seen on a connection. */
public sealed interface Observation {

    /** When it passed the kit. */
    Instant at();

    /** Number of the connection, counted from 1. */
    int link();

    /** Who ended a connection. */
    enum Side {
        CLIENT,
        BROKER,
        KIT
    }

    /**
     * CONNECT. The password is never kept.
     *
     * @param protocolLevel 5 for MQTT 5, 4 for 3.1.1, 3 for 3.1
     * @param cleanStart clean start of MQTT 5, clean session of 3.1.1
     * @param sessionExpirySeconds of MQTT 5; 0: the session ends with the connection
     * @param keepAliveSeconds 0: off
     */
    record Connect(
            Instant at,
            int link,
            int protocolLevel,
            String clientId,
            @Nullable String userName,
            boolean cleanStart,
            long sessionExpirySeconds,
            int keepAliveSeconds,
            @Nullable Will will)
            implements Observation {}

    /**
     * CONNACK.
     *
     * @param reasonCode 0: admitted
     */
    record Admission(Instant at, int link, int reasonCode, boolean sessionPresent) implements Observation {}

    /**
     * PUBLISH of the client.
     *
     * @param resent the DUP flag
     * @param packetId 0 at QoS 0
     */
    record Message(Instant at, int link, int qos, boolean retained, boolean resent, int packetId, Reading reading)
            implements Observation {}

    /** PUBACK of the broker. */
    record Acknowledgement(Instant at, int link, int packetId, int reasonCode) implements Observation {}

    /** SUBSCRIBE of the client. */
    record Subscription(Instant at, int link, List<String> filters) implements Observation {
        public Subscription {
            filters = List.copyOf(filters);
        }
    }

    /**
     * A rejection notice that went to the client.
     *
     * @param mqttTopic of the refused message; null if it cannot be read
     * @param eventId of the refused message, if it had an id
     * @param fingerprint of the refused message, if the kit made the notice
     * @param provoked made by the kit, for this client alone
     */
    record Notice(
            Instant at,
            int link,
            @Nullable String mqttTopic,
            @Nullable String eventId,
            @Nullable String fingerprint,
            boolean provoked)
            implements Observation {}

    /** Bytes that are no MQTT: nothing more is seen of the connection, though it is passed on. */
    record Unreadable(Instant at, int link, Side from, String why) implements Observation {}

    /** DISCONNECT of the client: it ends the connection in order. */
    record Farewell(Instant at, int link) implements Observation {}

    /** The connection is gone. */
    record Closed(Instant at, int link, Side by) implements Observation {}
}
