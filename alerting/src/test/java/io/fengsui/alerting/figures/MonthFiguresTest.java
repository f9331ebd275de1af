package io.fengsui.alerting.figures;

import static io.fengsui.alerting.testkit.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertAccount;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ReportDeadline;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MonthFiguresTest {
    private static final Instant NOW = T0.plus(Duration.ofDays(2));

    static AlertAccount.Builder account(String id, String... units) {
        return AlertAccount.newBuilder()
                .setAlertId(id)
                .setStartedAt(T0)
                .setRevision(3)
                .setEventTime(T0.minusSeconds(30))
                .setState(AlertState.RESOLVED)
                .setSeverity(Severity.III)
                .setRuleId("rule")
                .setFeed("dust-sensor")
                .setUnitIds(List.of(units))
                .setEndedAt(T0.plusSeconds(600));
    }

    @Test
    void shouldCountAnAlertOfTwoUnitsForEachAndOnceForTheCity() {
        MonthFigures month = MonthFigures.of(
                List.of(
                        account("a", "zhangpu", "bacheng")
                                .setSeverity(Severity.I)
                                .build(),
                        account("b", "zhangpu")
                                .setDepartmentIds(List.of("fire"))
                                .setFeed("elevator-119")
                                .build(),
                        account("c").setFeed("").build()),
                NOW);

        assertThat(month.city().events()).isEqualTo(3);
        assertThat(month.city().of(Severity.I)).isEqualTo(1);
        assertThat(month.city().of("elevator-119")).isEqualTo(1);
        assertThat(month.units()).containsOnlyKeys("bacheng", "zhangpu");
        assertThat(month.units().get("zhangpu").events()).isEqualTo(2);
        assertThat(month.departments().get("fire").events()).isEqualTo(1);
        assertThat(month.nobodys().events()).isEqualTo(1);
    }

    @Test
    void shouldGiveMedianAndP90OfTheTimesThatAreKnown() {
        List<AlertAccount> accounts = new ArrayList<>(IntStream.rangeClosed(1, 10)
                .mapToObj(minute -> account("a" + minute, "zhangpu")
                        .setAcknowledgedAt(T0.plus(Duration.ofMinutes(minute)))
                        .setArrivedAt(minute > 2 ? null : T0.plusSeconds(-30).plus(Duration.ofMinutes(minute * 5L)))
                        .build())
                .toList());
        accounts.add(account("never", "zhangpu").build());
        accounts.add(account("false", "zhangpu")
                .setState(AlertState.CANCELLED)
                .setEndedAt(T0.plusSeconds(1))
                .build());
        accounts.add(account("open", "zhangpu").setEndedAt(null).build());

        Figures figures = MonthFigures.of(accounts, NOW).city();

        assertThat(figures.acknowledge())
                .isEqualTo(new Spread(10, Optional.of(Duration.ofMinutes(5)), Optional.of(Duration.ofMinutes(9))));
        assertThat(figures.arrive())
                .isEqualTo(new Spread(2, Optional.of(Duration.ofMinutes(5)), Optional.of(Duration.ofMinutes(10))));
        assertThat(figures.resolve())
                .as("without the false alarm and the open one")
                .isEqualTo(new Spread(11, Optional.of(Duration.ofMinutes(10)), Optional.of(Duration.ofMinutes(10))));
        assertThat(figures.falseAlarms()).isEqualTo(1);
        assertThat(figures.open()).isEqualTo(1);
        assertThat(Spread.of(List.of())).isEqualTo(new Spread(0, Optional.empty(), Optional.empty()));
    }

    @Test
    void shouldTakeNoTimeForWhatEndsBeforeItBegins() {
        Figures figures = Figures.of(
                List.of(account("a").setAcknowledgedAt(T0.minusSeconds(5)).build()), NOW);

        assertThat(figures.acknowledge().median()).contains(Duration.ZERO);
    }

    @Test
    void shouldJudgeDeadlinesAsOfNow() {
        AlertAccount account = account("a", "zhangpu")
                .setDeadlines(List.of(
                        new ReportDeadline("in time", T0.plusSeconds(60), T0.plusSeconds(60)),
                        new ReportDeadline("no deadline", null, T0.plusSeconds(60)),
                        new ReportDeadline("late", T0.plusSeconds(60), T0.plusSeconds(61)),
                        new ReportDeadline("never", T0.plusSeconds(60), null),
                        new ReportDeadline("there is time", NOW.plusSeconds(1), null)))
                .build();

        Figures now = Figures.of(List.of(account), NOW);
        Figures later = Figures.of(List.of(account), NOW.plusSeconds(2));

        assertThat(List.of(now.met(), now.missed(), now.pending())).containsExactly(2, 2, 1);
        assertThat(List.of(later.met(), later.missed(), later.pending())).containsExactly(2, 3, 0);
    }
}
