package io.fengsui.standalone.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Medical120;
import io.fengsui.event.MedicalCallKind;
import io.fengsui.event.MedicalCallState;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisguiseTest {
    private static final Instant THEN = Instant.parse("2026-11-20T01:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");
    private static final String SECRET = "钱秘密";

    private final Disguise disguise = new Disguise("重演", "ex-1");

    private static Medical120 original() {
        return Medical120.newBuilder()
                .setHeader(EventHeader.newBuilder()
                        .setEventId("medical-centre/medical-120-centre/77")
                        .setVendor("medical-centre")
                        .setDeviceId("medical-120-centre")
                        .setEventTime(THEN.minusSeconds(3))
                        .setReceivedAt(THEN)
                        .setStatus(EventStatus.ACTUAL)
                        .setFlags(List.of("OUTSIDE_CITY"))
                        .setSource(EventSource.newBuilder()
                                .setMqttTopic("fengsui/v1/medical-centre/medical-120/medical-120-centre")
                                .setFormat("json")
                                .setBridge("fengsui-bridge-0")
                                .setRedelivered(true)
                                .build())
                        .build())
                .setCallNo("C20261120-7")
                .setKind(MedicalCallKind.BURN)
                .setState(MedicalCallState.RECEIVED)
                .setDivisionCode("320583106")
                .setCalledAt(THEN.minusSeconds(30))
                .setCallerName(SECRET)
                .setCallerTelephone(SECRET)
                .setAddress(SECRET)
                .setComplaint(SECRET)
                .build();
    }

    @Test
    void shouldBeAnExerciseWithItsTimesAsFarApart() {
        Medical120 played = disguise.of(Feeds.of(Medical120.class), original(), 4, NOW);

        EventHeader header = played.getHeader();
        assertThat(header.getStatus()).isEqualTo(EventStatus.EXERCISE);
        assertThat(header.getExercise()).isEqualTo("重演");
        assertThat(header.getReceivedAt()).isEqualTo(NOW);
        assertThat(header.getEventTime()).isEqualTo(NOW.minusSeconds(3));
        assertThat(Duration.between(played.getCalledAt(), header.getReceivedAt()))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(header.getFlags()).isEmpty();
        assertThat(header.getSource().getRedelivered()).isFalse();
    }

    @Test
    void shouldHoldNothingOfAPersonAndNoNumberOfATrueCall() {
        Medical120 played = disguise.of(Feeds.of(Medical120.class), original(), 4, NOW);

        assertThat(played.toString()).doesNotContain(SECRET, "/77\"", "\"C20261120-7\"");
        assertThat(played.getCallerName()).isEqualTo("***");
        assertThat(played.getHeader().getEventId()).isEqualTo("medical-centre/medical-120-centre/ex-1-4");
        assertThat(played.getCallNo()).isEqualTo("ex-1-C20261120-7").isEqualTo(disguise.number("C20261120-7"));
        assertThat(disguise.number("9".repeat(64))).hasSize(64);
    }

    @Test
    void shouldLeaveTheOriginalAsItIs() {
        Medical120 original = original();
        disguise.of(Feeds.of(Medical120.class), original, 1, NOW);

        assertThat(original).isEqualTo(original());
    }
}
