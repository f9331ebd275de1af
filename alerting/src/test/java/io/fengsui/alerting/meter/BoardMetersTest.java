package io.fengsui.alerting.meter;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.raise;
import static io.fengsui.alerting.testkit.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.Counts;
import io.fengsui.alerting.board.FeedAccount;
import io.fengsui.alerting.board.Ledger;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

        meters.refresh(List.of(two, none, ended));

        assertThat(open("zhangpu")).isEqualTo(1);
        assertThat(open("other")).isEqualTo(1);
        assertThat(open("none")).isEqualTo(1);
    }

    @Test
    void shouldDropARowWhenItsLastAlertEnds() {
        meters.refresh(List.of(alert("1", List.of("zhangpu"))));
        meters.changed(Realm.LIVE, alert("1", List.of("zhangpu")));
        meters.refresh(List.of());

        assertThat(registry.find("fengsui.alerts").gauge()).isNull();
    }

    @Test
    void shouldMeasureOnlyLiveNews() {
        Alert alert = alert("1", List.of("zhangpu"));
        meters.changed(Realm.LIVE, alert);
        meters.begin();
        meters.changed(Realm.DRILL, alert);
        meters.changed(Realm.LIVE, Alert.newBuilder(alert).setReceivedAt(null).build());
        assertThat(registry.find("fengsui.alerting.visible.lag").timer()).isNull();

        meters.changed(Realm.LIVE, alert);

        assertThat(registry.get("fengsui.alerting.visible.lag").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(100);
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
