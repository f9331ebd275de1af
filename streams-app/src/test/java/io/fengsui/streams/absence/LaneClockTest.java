package io.fengsui.streams.absence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.streams.absence.LaneClock.Sight;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneClockTest {
    private static final long START = 1_000_000;
    private static final long BLIND_AFTER = 10_000;
    private static final List<String> BOTH = List.of("telemetry", "dust-sensor");

    private final LaneClock clock = new LaneClock(START, BLIND_AFTER);

    @Test
    void shouldBeBlindUntilEachSlotIsHeard() {
        assertThat(clock.blind(START)).isTrue();
        pulse("telemetry", START);
        assertThat(clock.blind(START)).isTrue();
        assertThat(clock.blindSlots(START)).containsExactly("dust-sensor");
        pulse("dust-sensor", START + 500);
        assertThat(clock.blind(START + 500)).isFalse();
    }

    @Test
    void shouldHearNoFurtherThanItsHindmostSlot() {
        pulse("telemetry", START);
        pulse("dust-sensor", START);
        pulse("telemetry", START + 5_000);

        assertThat(clock.heardUntil(START + 5_000)).isEqualTo(START);
        assertThat(clock.blind(START + 10_001)).isTrue();
        assertThat(clock.sightedSince()).isEqualTo(START);
    }

    @Test
    void shouldGiveFullTimeSinceTheLastGapOfAnySlot() {
        pulse("telemetry", START);
        pulse("dust-sensor", START);
        pulse("telemetry", START + 9_000);
        pulse("telemetry", START + 18_000);
        pulse("dust-sensor", START + 18_000);

        assertThat(clock.sightedSince()).isEqualTo(START + 18_000);
        assertThat(clock.blind(START + 18_000)).isFalse();
    }

    @Test
    void shouldDropASlotThatIsNoMore() {
        pulse("telemetry", START);
        pulse("dust-sensor", START);
        clock.onPulse("telemetry", List.of("telemetry"), START + 1_000, START + 1_000);

        assertThat(clock.blind(START + 10_500)).isFalse();
        assertThat(clock.sights()).containsOnlyKeys("telemetry");
    }

    @Test
    void shouldNotBringBackADroppedSlotByAPulseThatComesLate() {
        clock.onPulse("telemetry", List.of("telemetry"), START + 1_000, START + 1_000);
        clock.onPulse("dust-sensor", BOTH, START, START + 1_100);

        assertThat(clock.sights()).containsOnlyKeys("telemetry");
    }

    @Test
    void shouldGoOnWithEachSlotAfterARestart() {
        pulse("telemetry", START);
        pulse("dust-sensor", START + 3_000);
        LaneClock restarted = new LaneClock(START + 5_000, BLIND_AFTER);
        clock.sights().forEach(restarted::resume);

        assertThat(restarted.sights()).isEqualTo(clock.sights());
        assertThat(restarted.blind(START + 5_000)).isFalse();
        assertThat(restarted.heardUntil(START + 5_000)).isEqualTo(START);
    }

    @Test
    void shouldAlarmOfANewSlotThatNobodyServesLaterThanOfOneThatFellSilent() {
        pulse("telemetry", START);
        for (long at = START; at <= START + 31_000; at += 1_000) {
            pulse("telemetry", at);
            assertThat(clock.alarming(at)).isEqualTo(at > START + 30_000);
        }
    }

    @Test
    void shouldAlarmWhenNothingEverComes() {
        clock.resume("telemetry", new Sight(0, 0));
        assertThat(clock.alarming(START + 30_000)).isFalse();
        assertThat(clock.alarming(START + 30_001)).isTrue();
        assertThat(new LaneClock(START, BLIND_AFTER).alarming(START + 30_001)).isTrue();
    }

    private void pulse(String slot, long at) {
        clock.onPulse(slot, BOTH, at, at);
    }
}
