package io.fengsui.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private static final Instant T0 = Instant.parse("2026-11-26T00:00:00Z");

    private final LoginThrottle throttle = new LoginThrottle();

    @Test
    void shouldMakeTheWaitGrowWithEachFailure() {
        Instant now = T0;
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.attempt("limin", "10.0.0.1", now)).isZero();
        }
        for (long seconds = 1; seconds <= 64; seconds *= 2) {
            assertThat(throttle.attempt("limin", "10.0.0.1", now)).isEqualTo(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            assertThat(throttle.attempt("limin", "10.0.0.1", now)).isZero();
        }
    }

    @Test
    void shouldNotWaitLongerThanTheLongest() {
        Instant now = T0;
        for (int i = 0; i < 200; i++) {
            now = now.plus(throttle.attempt("limin", "10.0.0.1", now));
        }
        assertThat(throttle.attempt("limin", "10.0.0.1", now)).isLessThanOrEqualTo(Duration.ofMinutes(15));
        assertThat(throttle.attempt(
                        "limin", "10.0.0.1", now.plus(Duration.ofHours(1)).plusSeconds(1)))
                .as("forgotten")
                .isZero();
    }

    @Test
    void shouldKeepAnOfficerOutForHalfAMinuteAtMostWhateverOthersTryInHisName() {
        for (int i = 0; i < 1_000; i++) {
            throttle.attempt("limin", "10.0." + i / 250 + "." + i % 250, T0);
        }
        assertThat(throttle.attempt("limin", "10.9.9.9", T0)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(throttle.attempt("wang", "10.9.9.9", T0)).isZero();
    }

    @Test
    void shouldStopAnAddressThatTriesManyNames() {
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.attempt("user-" + i, "10.0.0.1", T0)).isZero();
        }
        assertThat(throttle.attempt("limin", "10.0.0.1", T0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(throttle.attempt("limin", "10.0.0.2", T0)).isZero();
    }

    @Test
    void shouldForgetFailuresAfterTheRightPassword() {
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.attempt("limin", "10.0.0.1", T0)).isZero();
            throttle.succeeded("limin", "10.0.0.1", T0);
        }
    }

    @Test
    void shouldNotCountAnAttemptThatNobodyLookedAt() {
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.attempt("limin", "10.0.0.1", T0)).isZero();
            throttle.withdraw("limin", "10.0.0.1", T0);
        }
        throttle.attempt("limin", "10.0.0.1", T0);
        throttle.attempt("limin", "10.0.0.1", T0);
        throttle.attempt("limin", "10.0.0.1", T0);
        throttle.withdraw("limin", "10.0.0.1", T0);
        assertThat(throttle.attempt("limin", "10.0.0.1", T0))
                .as("the others stay")
                .isZero();
        assertThat(throttle.attempt("limin", "10.0.0.1", T0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldLetADutyRoomThroughThatSharesAnAddressWithSingleSignOn() {
        for (int i = 0; i < 200; i++) {
            assertThat(throttle.attemptElsewhere("10.0.0.1", T0)).isZero();
            assertThat(throttle.attemptElsewhere("10.0.0.1", T0)).isZero();
            throttle.succeededElsewhere("10.0.0.1", T0);
        }
    }

    @Test
    void shouldStopAnAddressThatComesAgainAndAgainWithoutALogIn() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.attemptElsewhere("10.0.0.1", T0)).isZero();
        }
        assertThat(throttle.attemptElsewhere("10.0.0.1", T0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(throttle.attemptElsewhere("10.0.0.2", T0)).isZero();
        assertThat(throttle.attempt("limin", "10.0.0.1", T0))
                .as("passwords are another matter")
                .isZero();
    }
}
