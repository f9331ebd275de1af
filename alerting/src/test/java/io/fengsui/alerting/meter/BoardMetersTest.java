package io.fengsui.alerting.meter;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.raise;
import static io.fengsui.alerting.testkit.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.board.Counts;
import io.fengsui.alerting.board.FeedAccount;
import io.fengsui.alerting.board.Ledger;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.board.ReadersView.Reading;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.event.Severity;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoardMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BoardMeters meters = new BoardMeters(registry, "zhangpu"::equals, () -> T0.plusMillis(80));

    @Test
    void shouldCountOpenAlertsByUnitAndTheRestTogether() {
        Alert two = alert("1", List.of("zhangpu", "atlantis"));
        Alert none = alert("2", List.of());
        Alert ended = AlertLifecycle.apply(
                        alert("3", List.of("zhangpu")), clear(T0).build(), T0)
                .changed()
                .orElseThrow();

        meters.refresh(Realm.LIVE, List.of(two, none, ended));

        assertThat(open("zhangpu")).isEqualTo(1);
        assertThat(open("other")).isEqualTo(1);
        assertThat(open("none")).isEqualTo(1);
    }

    @Test
    void shouldCountEachOnceOverTheCityAndTellThatThereAreNone() {
        meters.refresh(Realm.LIVE, List.of(alert("1", List.of("zhangpu", "atlantis")), alert("2", List.of())));

        assertThat(inCity("III", "FIRING")).isEqualTo(2);
        assertThat(inCity("I", "FIRING")).isZero();
        assertThat(inCity("IV", "ACKNOWLEDGED")).isZero();
    }

    private double inCity(String severity, String state) {
        return registry.get("fengsui.city.alerts")
                .tags("severity", severity, "state", state)
                .gauge()
                .value();
    }

    @Test
    void shouldDropARowWhenItsLastAlertEnds() {
        meters.refresh(Realm.LIVE, List.of(alert("1", List.of("zhangpu"))));
        meters.changed(Realm.LIVE, alert("1", List.of("zhangpu")));
        meters.refresh(Realm.LIVE, List.of());

        assertThat(registry.find("fengsui.alerts").gauge()).isNull();
    }

    @Test
    void shouldCountExercisesUnderANameOfTheirOwn() {
        meters.refresh(Realm.DRILL, List.of(alert("1", List.of("zhangpu"))));

        assertThat(registry.find("fengsui.alerts").gauge()).isNull();
        assertThat(registry.get("fengsui.exercise.alerts").gauge().value()).isEqualTo(1);
    }

    @Test
    void shouldMeasureNewsAlone() {
        Alert alert = alert("1", List.of("zhangpu"));
        meters.changed(Realm.LIVE, alert);
        meters.begin();
        meters.changed(Realm.LIVE, Alert.newBuilder(alert).setReceivedAt(null).build());
        assertThat(registry.find("fengsui.alerting.visible.lag").timer()).isNull();

        meters.changed(Realm.LIVE, alert);
        meters.changed(Realm.DRILL, alert);

        assertThat(millis("visible.lag", Realm.LIVE)).isEqualTo(100);
        assertThat(millis("visible.lag", Realm.DRILL)).isEqualTo(100);
    }

    /** The device's clock says two seconds before the signal. */
    @Test
    void shouldMeasureFromTheDevicesClockOnceAnOccurrence() {
        meters.begin();
        Alert first = alert("1", List.of("zhangpu"));
        Alert worse =
                then(first, raise(T0.plusMillis(1)).setSeverity(Severity.II).build());
        Alert ended = then(worse, clear(T0.plusMillis(2)).build());
        Alert again = then(ended, raise(T0.plusMillis(3)).build());

        List.of(first, worse, ended).forEach(alert -> meters.changed(Realm.LIVE, alert));
        assertThat(millis("raised.lag", Realm.LIVE)).isEqualTo(2_080);

        meters.changed(Realm.LIVE, again);
        assertThat(millis("raised.lag", Realm.LIVE)).isEqualTo(2 * 2_080 - 3);
    }

    @Test
    void shouldMeasureHowLongPeopleTook() {
        meters.begin();
        Alert first = alert("1", List.of("zhangpu"));
        Alert acknowledged = AlertLifecycle.apply(
                        first,
                        Samples.command(CommandAction.ACKNOWLEDGE, "c1")
                                .setAlertId(first.getAlertId())
                                .build(),
                        T0.plusSeconds(90))
                .changed()
                .orElseThrow();
        Alert ended = AlertLifecycle.apply(
                        acknowledged, clear(T0.plusSeconds(300)).build(), T0.plusSeconds(300))
                .changed()
                .orElseThrow();

        List.of(first, acknowledged, ended).forEach(alert -> meters.changed(Realm.LIVE, alert));

        assertThat(millis("acknowledged.after", Realm.LIVE)).isEqualTo(90_000);
        assertThat(millis("ended.after", Realm.LIVE)).isEqualTo(300_000);
        assertThat(registry.get("fengsui.alerting.acknowledged.after")
                        .tags("lane", "telemetry", "severity", "III")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldShowReadersAndWhetherTheBoardIsFresh() {
        AtomicBoolean fresh = new AtomicBoolean(true);
        meters.freshness(fresh::get);
        meters.refresh(
                new Reading(List.of(new Receipt("zhangpu", "zhangpu-platform", 1, 12, 3, T0.minusSeconds(700))), T0));

        assertThat(registry.get("fengsui.alerting.reader.lag")
                        .tags("unit", "zhangpu", "group", "zhangpu-platform")
                        .gauge()
                        .value())
                .isEqualTo(12);
        assertThat(registry.get("fengsui.alerting.reader.overdue").gauge().value())
                .isEqualTo(3);
        assertThat(registry.get("fengsui.alerting.board.fresh").gauge().value()).isEqualTo(1);
        fresh.set(false);
        assertThat(registry.get("fengsui.alerting.board.fresh").gauge().value()).isZero();
    }

    @Test
    void shouldShowWhatIsMissingInTheLedger() {
        FeedAccount account =
                new FeedAccount("dust-sensor", 10, Counts.NONE, 4, 6, Optional.of(T0), 0, 10, Counts.NONE);

        meters.refresh(new Ledger(T0, List.of(account)));

        assertThat(registry.get("fengsui.alerting.ledger.difference")
                        .tag("feed", "dust-sensor")
                        .gauge()
                        .value())
                .isEqualTo(6);
        assertThat(registry.get("fengsui.alerting.ledger.in.flight").gauge().value())
                .isEqualTo(4);
    }

    @Test
    void shouldShowWhatBecameOfMessages() {
        Counts counts = new Counts(5, 2, 1, 3, 0, Map.of("NOT_JSON", 3L), 7);
        FeedAccount account = new FeedAccount("dust-sensor", 11, counts, 0, 0, Optional.empty(), 0, 11, counts);

        meters.refresh(new Ledger(T0, List.of(account)));

        assertThat(events("accepted")).isEqualTo(11);
        assertThat(events("routed")).isEqualTo(5);
        assertThat(events("dead-lettered")).isEqualTo(3);
        assertThat(events("derived")).isEqualTo(7);
    }

    private double millis(String meter, Realm realm) {
        return registry.get("fengsui.alerting." + meter)
                .tag("realm", realm.id())
                .timer()
                .totalTime(TimeUnit.MILLISECONDS);
    }

    private static Alert then(Alert alert, AlertSignal signal) {
        return AlertLifecycle.apply(alert, signal, T0).changed().orElseThrow();
    }

    private double events(String outcome) {
        return registry.get("fengsui.alerting.ledger.events")
                .tags("feed", "dust-sensor", "outcome", outcome)
                .gauge()
                .value();
    }

    private double open(String unit) {
        return registry.get("fengsui.alerts").tag("unit", unit).gauge().value();
    }

    private static Alert alert(String id, List<String> units) {
        return AlertLifecycle.apply(
                        null,
                        raise(T0)
                                .setAlertId("r@" + id)
                                .setSubject(subject(id).setUnitIds(units).build())
                                .build(),
                        T0)
                .changed()
                .orElseThrow();
    }
}
