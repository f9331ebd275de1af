package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration LENGTH = Duration.ofMillis(4_500);

    private Instant now = START;
    private final Lease lease = new Lease(LENGTH, () -> now);

    @Test
    void shouldLastAsLongAsItIsRenewedInTime() {
        for (int turn = 0; turn < 10; turn++) {
            now = now.plus(LENGTH);
            assertThat(lease.isOver()).isFalse();
            lease.renew();
        }

        now = now.plus(LENGTH).plusMillis(1);

        assertThat(lease.isOver()).isTrue();
    }

    /** Only the coordinator knows what became of the slots meanwhile. */
    @Test
    void shouldNotComeBackByARenewalThatIsTooLate() {
        now = START.plus(LENGTH).plusMillis(1);
        lease.renew();
        assertThat(lease.isOver()).isTrue();

        lease.confirmed(now);

        assertThat(lease.isOver()).isFalse();
    }

    /** The answer may have been long on its way, and what it says is of the time of the question. */
    @Test
    void shouldCountFromTheQuestionAndNotFromTheAnswer() {
        Instant asked = START.plusSeconds(10);
        now = asked.plus(LENGTH);
        lease.confirmed(asked);
        assertThat(lease.isOver()).isFalse();

        now = now.plusMillis(1);

        assertThat(lease.isOver()).isTrue();
    }
}
