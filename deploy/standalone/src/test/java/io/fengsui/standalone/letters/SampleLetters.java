package io.fengsui.standalone.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.ops.ReplayOutcome;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Dead letters of one dust collector, and of a police centre. */
final class SampleLetters {
    static final Instant ARRIVED = Instant.parse("2026-03-02T08:00:00Z");
    static final Feed<?> POLICE = Feeds.byId("police-110").orElseThrow();

    private SampleLetters() {}

    static Letter dust(long offset, String messageId) {
        return new Letter(
                new Address(Topics.DEAD_LETTER, 0, offset),
                content("dust-sensor", "acme", "d-1")
                        .setPayload(bytes("{\"messageId\":\"" + messageId + "\",\"time\":" + ARRIVED.toEpochMilli()
                                + ",\"collector\":\"DRY\",\"fanRunning\":true}"))
                        .setReceivedAt(ARRIVED.plusSeconds(offset))
                        .build());
    }

    static Letter police(long offset, String payload) {
        return new Letter(
                new Address(Topics.deadLetter(POLICE), 1, offset),
                content("police-110", "police-centre", "centre")
                        .setPayload(bytes(payload))
                        .build());
    }

    static DeadLetter.Builder content(String feed, String vendor, String device) {
        return DeadLetter.newBuilder()
                .setReason(Rejection.UNKNOWN_DEVICE.name())
                .setDetail("'" + device + "' is not in the reference data")
                .setFeed(feed)
                .setVendor(vendor)
                .setDeviceId(device)
                .setStage(DeadLetterStage.INGEST)
                .setMqttTopic("fengsui/v1/" + vendor + "/" + feed + "/" + device)
                .setReceivedAt(ARRIVED)
                .setProcess("bridge-telemetry");
    }

    static DeadLetterReplay replayed(Letter letter, ReplayOutcome outcome, String... eventIds) {
        return DeadLetterReplay.newBuilder()
                .setLetter(letter.address().toString())
                .setReason(letter.content().getReason())
                .setOutcome(outcome)
                .setEventIds(List.of(eventIds))
                .setActor("li")
                .setReplayedAt(ARRIVED)
                .build();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
