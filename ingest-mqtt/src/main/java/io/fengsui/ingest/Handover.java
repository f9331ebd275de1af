package io.fengsui.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.mqtt.InboundMessage;
import io.fengsui.ingest.mqtt.MqttSource;
import io.fengsui.schema.feed.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a life-safety message from falling between the two sessions. Telemetry subscribes to everything, so it sees each
 * life-safety message too, and as a rule acknowledges it unread, because the other session has it. That can be relied on
 * only while the life-safety lane is subscribed, in a session that is not younger than telemetry's own messages. Else both
 * lanes handle the message, and the second copy is marked as redelivered, so that it is dropped further on even if it has
 * no id. Safe for use by many threads.
 *
 * <p>Which messages of telemetry are younger is found out with a mark: the life-safety lane publishes it once it is
 * subscribed, and what telemetry is given behind it was published later, for a broker keeps a session's messages in order.
 */
final class Handover {
    /** A mark that has not come after so long may be lost, and is sent again. */
    private static final Duration MARK_AGAIN = Duration.ofSeconds(5);

    /** A mark on its way: it says something of the life-safety session in which it was published, of no later one. */
    private record Mark(String topic, MqttSource.Session session, Instant sentAt) {}

    private final String bridgeId;
    private final InstantSource clock;
    private final Map<Lane, MqttSource> sources = new EnumMap<>(Lane.class);
    private final FirstCopies firstCopies = new FirstCopies();
    private @Nullable Mark mark;
    private MqttSource.@Nullable Session reached;

    /** @param bridgeId names the topic of marks, below the rejections of a vendor of that name */
    Handover(String bridgeId, InstantSource clock) {
        this.bridgeId = bridgeId;
        this.clock = clock;
    }

    /** Makes a lane's source known; to be done before any source starts. */
    void watch(Lane lane, MqttSource source) {
        sources.put(lane, source);
    }

    /** Whether the life-safety session has this life-safety message, which telemetry was given. */
    boolean lifeSafetyHas(InboundMessage message) {
        // One that comes again was published before the mark that has come meanwhile.
        return lifeSafetyHasAll() && !message.redelivered();
    }

    private boolean lifeSafetyHasAll() {
        MqttSource lifeSafety = sources.get(Lane.LIFE_SAFETY);
        MqttSource telemetry = sources.get(Lane.TELEMETRY);
        if (lifeSafety == null || telemetry == null || lifeSafety.state().phase() != MqttSource.Phase.SUBSCRIBED) {
            return false;
        }
        MqttSource.@Nullable Session theirs = lifeSafety.session().orElse(null);
        if (theirs == null) {
            return false;
        }
        boolean older = telemetry
                .session()
                .filter(ours -> !theirs.grantedAt().isAfter(ours.askedAt()))
                .isPresent();
        return older || hasReached(theirs, lifeSafety);
    }

    private synchronized boolean hasReached(MqttSource.Session theirs, MqttSource lifeSafety) {
        if (theirs.equals(reached)) {
            return true;
        }
        Instant now = clock.instant();
        if (mark == null || !mark.session().equals(theirs) || mark.sentAt().isBefore(now.minus(MARK_AGAIN))) {
            String topic = TopicAddress.rejectionsOf(bridgeId, UUID.randomUUID().toString());
            mark = new Mark(topic, theirs, now);
            var unused = lifeSafety.publish(topic, "mark".getBytes(US_ASCII), "text/plain");
        }
        return false;
    }

    /** To be told of each message of a bridge that telemetry is given. */
    synchronized void ofBridge(InboundMessage message) {
        if (mark != null && mark.topic().equals(message.topic())) {
            reached = mark.session();
        }
    }

    /** Whether the other lane has handled this life-safety message already; asks once for each message. */
    boolean isSecondCopy(Lane lane, InboundMessage message) {
        boolean doubled = lane == Lane.TELEMETRY || !lifeSafetyHasAll();
        if (message.redelivered() || (!doubled && firstCopies.isEmpty())) {
            return false;
        }
        String hash = new Body(message.payload()).hash(message.topic(), message.messageId());
        boolean second = firstCopies.take(hash, lane, message.receivedAt());
        if (doubled && !second) {
            firstCopies.add(hash, lane, message.receivedAt());
        }
        return second;
    }
}
