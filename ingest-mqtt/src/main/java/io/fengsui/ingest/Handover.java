package io.fengsui.ingest;

import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.mqtt.InboundMessage;
import io.fengsui.ingest.mqtt.MqttSource;
import io.fengsui.schema.feed.Lane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a life-safety message from falling between the two sessions. Telemetry subscribes to everything, so it sees each
 * life-safety message too, and as a rule acknowledges it unread, because the other session has it. That can be relied on
 * only while the life-safety lane is subscribed, in a session that is not younger than telemetry's own messages. Else both
 * lanes handle the message, and the second copy is marked as redelivered, so that it is dropped further on even if it has
 * no id. Safe for use by many threads.
 */
final class Handover {
    /** After so long, telemetry's messages are younger than the life-safety session, whatever backlog it had. */
    private static final Duration BACKLOG = Duration.ofMinutes(10);

    /** As many first copies as are remembered; beyond them a copy without an id would count twice. */
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Map<Lane, MqttSource> sources = new EnumMap<>(Lane.class);
    private final Map<String, Lane> firstCopies = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lane> eldest) {
            return size() > REMEMBERED;
        }
    };

    Handover(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes a lane's source known; to be done before any source starts. */
    void watch(Lane lane, MqttSource source) {
        sources.put(lane, source);
    }

    /** Whether the life-safety session has every life-safety message that telemetry is given now. */
    boolean lifeSafetyHasAll() {
        MqttSource lifeSafety = sources.get(Lane.LIFE_SAFETY);
        if (lifeSafety == null || lifeSafety.state().phase() != MqttSource.Phase.SUBSCRIBED) {
            return false;
        }
        MqttSource.@Nullable Session theirs = lifeSafety.session().orElse(null);
        MqttSource telemetry = sources.get(Lane.TELEMETRY);
        MqttSource.@Nullable Session ours =
                telemetry == null ? null : telemetry.session().orElse(null);
        return theirs != null
                && ((ours != null && !theirs.grantedAt().isAfter(ours.askedAt()))
                        || clock.instant().isAfter(theirs.grantedAt().plus(BACKLOG)));
    }

    /** Whether the other lane has handled this life-safety message already; asks once for each message. */
    boolean isSecondCopy(Lane lane, InboundMessage message) {
        boolean doubled = !lifeSafetyHasAll();
        synchronized (firstCopies) {
            if (!doubled && firstCopies.isEmpty()) {
                return false;
            }
            String hash = new Body(message.payload()).hash(message.topic(), message.messageId());
            Lane first = firstCopies.get(hash);
            if (first != null && first != lane) {
                firstCopies.remove(hash);
                return true;
            }
            if (doubled) {
                firstCopies.put(hash, lane);
            }
            return false;
        }
    }
}
