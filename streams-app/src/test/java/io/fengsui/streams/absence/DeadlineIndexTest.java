package io.fengsui.streams.absence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineIndexTest {
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
}
