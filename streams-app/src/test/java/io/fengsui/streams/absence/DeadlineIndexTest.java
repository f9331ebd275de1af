package io.fengsui.streams.absence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlineIndexTest {
    private static final long PATIENCE = 1_040;

    private final DeadlineIndex index = new DeadlineIndex();

    @Test
    void shouldGiveWhatIsDueInOrderAndNothingElse() {
        index.arm("b", 20);
        index.arm("a", 10);
        index.arm("c", 30);

        assertThat(index.pollDue(20)).isEqualTo("a");
        assertThat(index.pollDue(20)).isEqualTo("b");
        assertThat(index.pollDue(20)).isNull();
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void shouldMoveATimerForwardOnlyWhenItFallsDue() {
        index.arm("a", 10);
        index.arm("a", 50);
        assertThat(index.pollDue(10)).isEqualTo("a");
        index.arm("a", 50);
        index.arm("a", 40);

        assertThat(index.pollDue(40)).isEqualTo("a");
        assertThat(index.armed("a")).isFalse();
        assertThat(index.size()).isZero();
    }

    @Test
    void shouldHoldNoTimerForNever() {
        index.arm("a", Long.MAX_VALUE);

        assertThat(index.armed("a")).isFalse();
    }

    @Test
    void shouldNotGiveAKeyThatWasHeardInTheMeantime() {
        index.arm("a", 100, 100, Long.MAX_VALUE);
        index.arm("b", 100, 100, Long.MAX_VALUE);

        assertThat(index.heard("a", 20)).isTrue();

        assertThat(index.pollDue(110)).isEqualTo("b");
        assertThat(index.pollDue(119)).isNull();
        assertThat(index.pollDue(120)).isEqualTo("a");
        assertThat(index.size()).isZero();
    }

    @Test
    void shouldSayWhenToPollNext() {
        assertThat(index.earliest()).isEqualTo(Long.MAX_VALUE);
        index.arm("a", 7_900);
        index.arm("b", 7_100);
        index.arm("c", 9_000);

        assertThat(index.earliest()).as("of a second that has not come").isEqualTo(7_100);
        assertThat(index.pollDue(7_500)).isEqualTo("b");
        assertThat(index.earliest()).as("of the second that has come").isEqualTo(7_900);
    }

    @Test
    void shouldMoveATimerToAnEarlierSecond() {
        index.arm("a", 60_000);
        index.arm("b", 60_500);
        index.arm("c", 60_900);

        index.arm("b", 2_000);
        index.arm("c", 1_000);
        index.arm("a", 3_000);

        assertThat(index.pollDue(59_000)).isEqualTo("c");
        assertThat(index.pollDue(59_000)).isEqualTo("b");
        assertThat(index.pollDue(59_000)).isEqualTo("a");
        assertThat(index.size()).isZero();
        assertThat(index.earliest()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotMoveBeyondTheLatest() {
        index.arm("a", 100, 100, 130);

        index.heard("a", 90);

        assertThat(index.pollDue(129)).isNull();
        assertThat(index.pollDue(130)).isEqualTo("a");
    }

    @Test
    void shouldKeepATimerThatWaitsForMoreThanSilence() {
        index.arm("a", 100, 100, Long.MAX_VALUE);
        index.arm("a", 40, 0, Long.MAX_VALUE);

        assertThat(index.heard("a", 39)).as("knows how long it may be silent").isFalse();
        assertThat(index.pollDue(40)).isEqualTo("a");
    }

    @Test
    void shouldNotBelieveWhatWasHeardBeforeTheClockWasSetBack() {
        index.arm("a", 5_000, 100, Long.MAX_VALUE);
        index.heard("a", 4_950);

        index.arm("a", 1_100, 100, Long.MAX_VALUE);

        assertThat(index.pollDue(1_100)).isEqualTo("a");
    }

    /** Beside the plain way: each key's last time and a look at all of them. */
    @Property(tries = 300)
    void shouldFindSilenceAtTheSameTimeAsALookAtAllKeys(@ForAll("beats") List<Beat> beats) {
        DeadlineIndex timers = new DeadlineIndex();
        Map<String, Long> lastHeard = new TreeMap<>();
        List<String> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String key : List.of("a", "b", "c")) {
            lastHeard.put(key, 0L);
            timers.arm(key, PATIENCE, PATIENCE, Long.MAX_VALUE);
        }
        long now = 0;
        for (Beat beat : beats) {
            for (long end = now + beat.after(); now < end; ) {
                now++;
                for (Map.Entry<String, Long> key : lastHeard.entrySet()) {
                    if (key.getValue() + PATIENCE == now) {
                        expected.add(key.getKey() + "@" + now);
                    }
                }
                for (String due = timers.pollDue(now); due != null; due = timers.pollDue(now)) {
                    long silent = lastHeard.getOrDefault(due, 0L) + PATIENCE;
                    assertThat(silent)
                            .as("a look at the device says that it is not due")
                            .isEqualTo(now);
                    found.add(due + "@" + now);
                }
            }
            lastHeard.put(beat.key(), now);
            if (!timers.heard(beat.key(), now)) {
                timers.arm(beat.key(), now + PATIENCE, PATIENCE, Long.MAX_VALUE);
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Beside a map of deadlines that is looked through; clocks also go back. */
    @Property(tries = 500)
    void shouldGiveTimersInOrderHoweverTheyAreMoved(@ForAll("steps") List<Step> steps) {
        DeadlineIndex timers = new DeadlineIndex();
        Map<String, Long> deadlines = new TreeMap<>();
        for (Step step : steps) {
            if (step.key() != null) {
                timers.arm(step.key(), step.at());
                deadlines.merge(step.key(), step.at(), Math::min);
                continue;
            }
            List<String> due = deadlines.entrySet().stream()
                    .filter(timer -> timer.getValue() <= step.at())
                    .sorted(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .toList();
            for (String key : due) {
                assertThat(timers.earliest()).isEqualTo(deadlines.remove(key));
                assertThat(timers.pollDue(step.at())).isEqualTo(key);
            }
            assertThat(timers.pollDue(step.at())).isNull();
            assertThat(timers.size()).isEqualTo(deadlines.size());
        }
    }

    /** A timer is set, or without a key: what is due by then is taken out. */
    record Step(@Nullable String key, long at) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d", "e").injectNull(0.3),
                        Arbitraries.longs().between(0, 6_000))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    /** A key is heard some milliseconds after the one before. */
    record Beat(String key, int after) {}

    @Provide
    Arbitrary<List<Beat>> beats() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c"), Arbitraries.integers().between(0, 1_560))
                .as(Beat::new)
                .list()
                .ofMaxSize(60);
    }
}
