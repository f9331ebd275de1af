package io.fengsui.alerting.figures;

import static io.fengsui.alerting.figures.MonthFiguresTest.account;
import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.topic.Realm;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonthlyAccountsTest {
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    private final List<AlertAccount> kept = new ArrayList<>();
    private final List<Instant> asked = new ArrayList<>();
    private final AlertBoard board = AlertBoard.standing();
    private Instant now = T0;

    private final MonthlyAccounts months = new MonthlyAccounts(
            (from, to) -> {
                asked.add(from);
                asked.add(to);
                return List.copyOf(kept);
            },
            board,
            ZoneId.of("Asia/Shanghai"),
            () -> now);

    @Test
    void shouldBeginAtMidnightOfTheCity() {
        months.of(NOVEMBER);

        assertThat(asked).containsExactly(Instant.parse("2026-10-31T16:00:00Z"), Instant.parse("2026-11-30T16:00:00Z"));
    }

    @Test
    void shouldAddWhatIsOnTheBoardAndCountNothingTwice() {
        Alert alert = alert(EventStatus.ACTUAL);
        board.accept(Realm.LIVE, alert.getAlertId(), alert);
        kept.add(account("ended and gone", "zhangpu").build());
        kept.add(account(alert.getAlertId(), "zhangpu")
                .setStartedAt(alert.getStartedAt().minusSeconds(9))
                .build());

        assertThat(months.of(NOVEMBER)).hasSize(3);

        kept.add(account(alert.getAlertId(), "bacheng").setRevision(1).build());
        now = now.plusSeconds(61);
        assertThat(months.of(NOVEMBER))
                .as("deadlines stay as they were kept")
                .hasSize(3)
                .anyMatch(account -> account.getUnitIds().contains("bacheng"));

        board.accept(
                Realm.LIVE,
                alert.getAlertId(),
                Alert.newBuilder(alert).setRevision(2).build());
        assertThat(months.of(NOVEMBER)).hasSize(3).noneMatch(account -> account.getUnitIds()
                .contains("bacheng"));
    }

    @Test
    void shouldCountNoExerciseAndNoOtherMonth() {
        Alert exercise = alert(EventStatus.EXERCISE);
        board.accept(Realm.DRILL, exercise.getAlertId(), exercise);
        Alert before = Alert.newBuilder(alert(EventStatus.ACTUAL))
                .setStartedAt(Instant.parse("2026-10-31T15:59:59Z"))
                .build();
        board.accept(Realm.LIVE, before.getAlertId(), before);

        assertThat(months.of(NOVEMBER)).isEmpty();
    }

    @Test
    void shouldAskKafkaOnceAMinute() {
        months.of(NOVEMBER);
        now = now.plusSeconds(59);
        months.of(NOVEMBER);
        assertThat(asked).hasSize(2);
        now = now.plusSeconds(1);
        months.of(NOVEMBER);
        assertThat(asked).hasSize(4);
    }

    private static Alert alert(EventStatus status) {
        return AlertLifecycle.apply(null, raise(T0).setStatus(status).build(), DutyPlan.NONE, T0)
                .changed()
                .orElseThrow();
    }
}
