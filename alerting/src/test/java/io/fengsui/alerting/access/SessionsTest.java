package io.fengsui.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Instant T0 = Instant.parse("2026-11-26T00:00:00Z");
    private static final User LIMIN = new User("limin", "李敏", Role.VIEWER, Optional.empty());
    private static final User WANG = new User("wang", "王", Role.VIEWER, Optional.empty());

    private final Sessions sessions = new Sessions(Duration.ofMinutes(30), Duration.ofHours(12));

    @Test
    void shouldOnlyLookAfterTheIdleTimeAndEndAfterTheAbsolute() {
        Session session = sessions.begin(LIMIN, "p", true, null, T0);
        Instant acted = T0.plus(Duration.ofMinutes(29));
        sessions.acted(session, acted);

        assertThat(active(session, acted.plus(Duration.ofMinutes(29)))).isTrue();
        Instant idle = acted.plus(Duration.ofMinutes(30));
        assertThat(active(session, idle)).isFalse();
        sessions.acted(session, idle);
        assertThat(active(session, idle)).as("only a log-in brings it back").isFalse();
        assertThat(sessions.find(session.id(), T0.plus(Duration.ofHours(12)).minusMillis(1)))
                .isPresent();
        assertThat(sessions.find(session.id(), T0.plus(Duration.ofHours(12)))).isEmpty();
    }

    private boolean active(Session session, Instant now) {
        return sessions.isActive(sessions.find(session.id(), now).orElseThrow(), now);
    }

    @Test
    void shouldRenewTheIdAtLogInAndKeepOpenFormsOfTheSameUserAlone() {
        Session first = sessions.begin(LIMIN, "p", true, null, T0);
        Session again = sessions.begin(LIMIN, "p", true, first, T0);
        Session other = sessions.begin(WANG, "p", true, again, T0);

        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(sessions.find(first.id(), T0)).isEmpty();
        assertThat(sessions.find(again.id(), T0)).isEmpty();
        assertThat(again.sent(first.csrf())).isTrue();
        assertThat(other.sent(first.csrf())).isFalse();
        assertThat(other.sent("")).isFalse();
    }

    @Test
    void shouldEndTheOldestOfAUserWhoBeginsTooMany() {
        Session first = sessions.begin(LIMIN, "p", true, null, T0);
        Session others = sessions.begin(WANG, "p", true, null, T0);
        for (int i = 1; i <= 20; i++) {
            sessions.begin(LIMIN, "p", true, null, T0.plusSeconds(i));
        }
        assertThat(sessions.find(first.id(), T0)).isEmpty();
        assertThat(sessions.find(others.id(), T0)).isPresent();
    }

    @Test
    void shouldEndAtLogOut() {
        Session session = sessions.begin(LIMIN, "p", true, null, T0);
        sessions.end(session);
        sessions.acted(session, T0);

        assertThat(sessions.find(session.id(), T0)).isEmpty();
    }
}
