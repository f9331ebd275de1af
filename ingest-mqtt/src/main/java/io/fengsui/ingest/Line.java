package io.fengsui.ingest;

import io.fengsui.ingest.kafka.KafkaRecordSink;
import io.fengsui.ingest.mqtt.InboundMessage;
import io.fengsui.ingest.mqtt.MqttSource;
import io.fengsui.ingest.mqtt.Slot;

/** All that serves one slot, from the moment it is assigned to this bridge until it is given up. */
final class Line {
    private final Slot slot;
    private final MqttSource source;
    private final KafkaRecordSink sink;
    private final RejectionNotices notices;
    private final Bridge bridge;
    private final Lease lease;
    private volatile boolean ending;

    Line(Slot slot, MqttSource source, KafkaRecordSink sink, RejectionNotices notices, Bridge bridge, Lease lease) {
        this.slot = slot;
        this.source = source;
        this.sink = sink;
        this.notices = notices;
        this.bridge = bridge;
        this.lease = lease;
    }

    Slot slot() {
        return slot;
    }

    MqttSource source() {
        return source;
    }

    KafkaRecordSink sink() {
        return sink;
    }

    RejectionNotices notices() {
        return notices;
    }

    void start() {
        source.start(this::take);
    }

    /** After a standstill of this process its successor may have the message already. */
    private void take(InboundMessage message) {
        if (lease.isOver()) {
            message.fail("this process stood still; it must ask whether the slot is still its own");
        } else {
            bridge.accept(message);
        }
    }

    /**
     * Handles what was passed over for a session that was lost; also while this line itself has no connection, for the other
     * slot's holder may be back first, with what is younger.
     */
    void takeBack() {
        if (!ending && !lease.isOver()) {
            bridge.takeBack(why -> {
                if (isSubscribed()) {
                    source.drop("Kafka did not take what another session lost: " + why);
                }
            });
        }
    }

    boolean isSubscribed() {
        return source.state().phase() == MqttSource.Phase.SUBSCRIBED;
    }

    /** Whether it is subscribed and nothing waits in this bridge: it has no backlog. */
    boolean isCaughtUp() {
        return isSubscribed() && source.inFlight() == 0;
    }

    boolean isEnding() {
        return ending;
    }

    /** Whether a message that is published now would come. */
    boolean isFlowing() {
        return !ending && source.isFlowing();
    }

    /** Finishes what is in flight. */
    void close() {
        ending = true;
        source.close();
        sink.close();
    }

    /** Gives up what is in flight: the slot is another's. */
    void abandon() {
        ending = true;
        source.abandon();
        sink.abandon();
        close();
    }
}
