package io.fengsui.streams.absence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotClockTest {
    private static final long START = 1_000_000;
    private static final long BLIND_AFTER = 10_000;

    private final SlotClock clock = new SlotClock(START, BLIND_AFTER);

    @Test
    void shouldSeeFromTheFirstFreshPulseOnAndGoBlindWithoutAny() {
        assertThat(clock.blind(START)).isTrue();
        clock.onPulse(START + 1_000, START + 1_100);
        assertThat(clock.blind(START + 11_000)).isFalse();
        assertThat(clock.blind(START + 11_001)).isTrue();
        assertThat(clock.sightedSince()).isEqualTo(START + 1_000);
    }

    @Test
    void shouldTakeAGapBetweenPulsesForAStallOfTheIntake() {
        clock.onPulse(START, START);
        clock.onPulse(START + 10_000, START + 10_000);
        assertThat(clock.sightedSince()).isEqualTo(START);
        clock.onPulse(START + 20_001, START + 20_001);
        assertThat(clock.sightedSince()).isEqualTo(START + 20_001);
    }

    @Test
    void shouldNotTakeOurOwnDelayForAGap() {
        clock.onPulse(START, START);
        for (long sent = START + 1_000; sent <= START + 60_000; sent += 1_000) {
            long late = START + 60_000;
            clock.onPulse(sent, late);
            assertThat(clock.blind(late)).isEqualTo(late - sent > BLIND_AFTER);
        }
        assertThat(clock.sightedSince()).isEqualTo(START);
    }

    @Test
    void shouldGoOnAfterARestart() {
        SlotClock restarted = new SlotClock(START + 30_000, BLIND_AFTER);
        restarted.resume(START - 3_600_000, START);
        assertThat(restarted.blind(START + 30_000)).isTrue();
        for (long sent = START + 1_000; sent <= START + 30_000; sent += 1_000) {
            restarted.onPulse(sent, START + 30_000);
        }
        assertThat(restarted.blind(START + 30_000)).isFalse();
        assertThat(restarted.sightedSince()).isEqualTo(START - 3_600_000);
    }

    @Test
    void shouldJudgeNothingUntilPulsesHaveBeenFreshForAWhile() {
        clock.onPulse(START, START);
        assertThat(clock.judges(START + 4_999)).isFalse();
        assertThat(clock.judges(START + 5_000)).isTrue();

        clock.onPulse(START + 1_000, START + 30_000);
        assertThat(clock.blind(START + 30_000)).isTrue();
        clock.onPulse(START + 30_000, START + 30_100);
        assertThat(clock.blind(START + 30_100)).isFalse();
        assertThat(clock.judges(START + 30_100)).isFalse();
        clock.onPulse(START + 35_000, START + 35_100);
        assertThat(clock.judges(START + 35_100)).isTrue();
    }

    @Test
    void shouldJudgeAfterTheWallClockWasSetBack() {
        clock.onPulse(START, START);
        long back = START - 3_600_000;
        clock.onPulse(back, back);
        assertThat(clock.judges(back + 4_999)).isFalse();
        assertThat(clock.judges(back + 5_000)).isTrue();
    }

    @Test
    void shouldJudgeNothingRightAfterARestart() {
        SlotClock restarted = new SlotClock(START + 3_000, BLIND_AFTER);
        restarted.resume(START - 3_600_000, START);
        assertThat(restarted.blind(START + 3_000)).isFalse();
        assertThat(restarted.judges(START + 3_000)).isFalse();
        assertThat(restarted.judges(START + 8_000)).isTrue();
    }

    @Test
    void shouldJudgeAsOfTheLastPulseWhileBehind() {
        clock.onPulse(START, START);
        assertThat(clock.heardUntil(START + 2_000)).isEqualTo(START + 2_000);
        assertThat(clock.heardUntil(START + 2_001)).isEqualTo(START);
    }

    @Test
    void shouldGiveAStartThreeTimesAsLongBeforeItAlarms() {
        clock.resume(START - 60_000, START - 30_000);
        assertThat(clock.alarming(START + 30_000)).isFalse();
        assertThat(clock.alarming(START + 30_001)).isTrue();
        clock.onPulse(START + 31_000, START + 31_000);
        assertThat(clock.alarming(START + 41_000)).isFalse();
        assertThat(clock.alarming(START + 41_001)).isTrue();
    }

    @Test
    void shouldNotBelieveAPulseFromTheFuture() {
        clock.onPulse(START + 3_600_000, START);
        assertThat(clock.lastPulse()).isEqualTo(START);
    }

    @Test
    void shouldBeginAnewWhenTheWallClockWasSetBack() {
        clock.onPulse(START, START);
        long back = START - 3_600_000;
        assertThat(clock.blind(back)).isTrue();
        clock.onPulse(back + 1_000, back + 1_000);
        assertThat(clock.blind(back + 1_000)).isFalse();
        assertThat(clock.sightedSince()).isEqualTo(back + 1_000);
        assertThat(clock.blind(back + 11_001)).isTrue();
    }

    @Test
    void shouldNotTakeTwoClocksThatDifferByALittleForAStep() {
        clock.onPulse(START + 5_000, START + 5_000);
        clock.onPulse(START + 1_000, START + 1_000);
        assertThat(clock.sightedSince()).isEqualTo(START + 5_000);
        assertThat(clock.lastPulse()).isEqualTo(START + 5_000);
    }
}
