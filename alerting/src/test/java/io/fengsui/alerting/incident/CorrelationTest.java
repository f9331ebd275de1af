package io.fengsui.alerting.incident;

import static io.fengsui.alerting.incident.Scene.signal;
import static io.fengsui.alerting.incident.Scene.site;
import static io.fengsui.alerting.incident.Scene.spot;
import static io.fengsui.alerting.testkit.Samples.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.Incident;
import io.fengsui.alert.IncidentState;
import io.fengsui.alert.IncidentStep;
import io.fengsui.alert.IncidentStepKind;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    private static final String DUST = "dust-hopper-temperature@d1";
    private static final String CAMERA = "video-offline@c1";
    private static final String LIFT = "elevator-entrapment@l1";

    private final Scene scene = new Scene();

    @Test
    void shouldJoinAlertsOfTwoFeedsAtOneSiteHoweverLongTheFirstIsOpen() {
        scene.raise(scene.camera("c1", site("s1", 0)).setSeverity(Severity.IV));
        scene.pass(Duration.ofDays(2));
        scene.raise(signal("flood-level", "flood-gauge", "g1", site("s1", 0)));

        Incident incident = scene.incidentOf(CAMERA);
        assertThat(scene.incidentOf("flood-level@g1")).isEqualTo(incident);
        assertThat(incident.getSeverity()).isEqualTo(Severity.III);
        assertThat(incident.getAlerts()).isEqualTo(2);
        assertThat(incident.getReferences()).containsExactly(CAMERA, "flood-level@g1");
        assertThat(incident.getFeeds()).containsExactly("flood-gauge", "video-status");
        assertThat(incident.getPlaceName()).isEqualTo("企业 s1");
        assertThat(scene.alert(CAMERA).getSeverity()).as("its own").isEqualTo(Severity.IV);
    }

    @Test
    void shouldMakeNoIncidentOfOneFeedAlone() {
        scene.raise(scene.camera("c1", site("s1", 0)));
        scene.raise(scene.camera("c2", site("s1", 0)));

        assertThat(scene.incidents).isEmpty();
        assertThat(scene.alert(CAMERA).getIncidentId()).isNull();
    }

    @Test
    void shouldJoinNeighboursWithinFiveHundredMetresAndTenMinutesOnly() {
        scene.raise(scene.camera("c1", site("s1", 0)));
        scene.pass(Duration.ofMinutes(10));
        scene.raise(signal("flood-level", "flood-gauge", "near", spot(499)));
        scene.raise(signal("flood-level", "flood-gauge", "far", spot(-501)));
        scene.pass(Duration.ofMillis(1));
        scene.raise(signal("flood-level", "flood-gauge", "later", spot(-400)));

        assertThat(scene.incidentOf(CAMERA).getReferences()).containsExactly(CAMERA, "flood-level@near");
        assertThat(scene.alert("flood-level@far").getIncidentId()).isNull();
        assertThat(scene.alert("flood-level@later").getIncidentId()).isNull();
    }

    @Test
    void shouldNotComparePointsOfUnlikeOrUnknownDatum() {
        GeoPoint gcj = new GeoPoint(120.95 + 0.0045, 31.35 - 0.0022, Datum.GCJ02);
        scene.raise(scene.camera("c1", spot(0)));
        scene.raise(signal("flood-level", "flood-gauge", "gcj", place(gcj)));
        scene.raise(signal("flood-level", "flood-gauge", "unknown", place(new GeoPoint(120.95, 31.35, Datum.UNKNOWN))));

        assertThat(scene.incidentOf(CAMERA).getReferences())
                .as("500 m off in figures, and the same place")
                .contains("flood-level@gcj");
        assertThat(scene.alert("flood-level@unknown").getIncidentId()).isNull();
    }

    @Test
    void shouldEscalateAndRaiseAnAlertWhenAPatternMatchesAndTakeBothBack() {
        scene.raise(scene.dust("d1", site("s1", 0)).setSeverity(Severity.II));
        scene.raise(scene.lift("l1", site("lift", 450)));
        assertThat(scene.incidentOf(DUST).getSeverity()).isEqualTo(Severity.II);

        scene.pass(Duration.ofMinutes(20));
        scene.raise(scene.camera("c1", site("s1", 0)).setSeverity(Severity.IV));

        Incident incident = scene.incidentOf(DUST);
        assertThat(incident.getPatternId()).isEqualTo("dust-blind-rescue");
        assertThat(incident.getSeverity()).isEqualTo(Severity.I);
        assertThat(incident.getTitle().getZh()).startsWith("疑似粉尘爆炸");
        assertThat(incident.getRunbook().getEn()).isNotBlank();
        Alert pattern = scene.alert("dust-blind-rescue@" + incident.getIncidentId());
        assertThat(pattern.getState()).isEqualTo(AlertState.FIRING);
        assertThat(pattern.getSeverity()).isEqualTo(Severity.I);
        assertThat(pattern.getIncidentId()).isEqualTo(incident.getIncidentId());
        assertThat(pattern.getSubject().getUnitIds()).containsExactly("zhangpu");
        assertThat(incident.getAlerts()).as("the pattern is no original").isEqualTo(3);

        scene.clear(CAMERA);
        scene.clear(LIFT);

        assertThat(scene.incidentOf(DUST).getPatternId()).isNull();
        assertThat(scene.incidentOf(DUST).getSeverity()).isEqualTo(Severity.II);
        assertThat(scene.alert(pattern.getAlertId()).getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(steps(scene.incidentOf(DUST)))
                .contains(IncidentStepKind.PATTERN_MATCHED, IncidentStepKind.PATTERN_ENDED, IncidentStepKind.EASED);
    }

    @Test
    void shouldTakeTheGraverPatternWhenTwoMatch() {
        scene.raise(scene.dust("d1", site("s1", 0)));
        scene.raise(scene.camera("c1", site("s1", 0)));
        assertThat(scene.incidentOf(DUST).getPatternId()).isEqualTo("dust-blind");

        scene.raise(scene.lift("l1", site("lift", 100)));

        assertThat(scene.incidentOf(DUST).getPatternId()).isEqualTo("dust-blind-rescue");
        assertThat(scene.alert("dust-blind@" + scene.incidentOf(DUST).getIncidentId())
                        .getState())
                .isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void shouldMergeTwoIncidentsThatTurnOutToBeOne() {
        scene.raise(scene.dust("d1", site("s1", 0)));
        scene.raise(scene.camera("c1", site("s1", 0)));
        scene.pass(Duration.ofMinutes(1));
        scene.raise(scene.camera("c2", site("s2", 900)));
        scene.raise(signal("flood-level", "flood-gauge", "g2", site("s2", 900)));
        String elder = scene.alert(DUST).getIncidentId();
        String younger = scene.alert("video-offline@c2").getIncidentId();
        assertThat(elder).isNotEqualTo(younger);

        scene.raise(scene.lift("l1", site("between", 450)));

        assertThat(scene.alerts.values())
                .filteredOn(alert -> !alert.getFeed().isEmpty())
                .extracting(Alert::getIncidentId)
                .containsOnly(elder);
        Incident gone = scene.incidents.get(younger);
        assertThat(gone.getState()).isEqualTo(IncidentState.MERGED);
        assertThat(gone.getMergedInto()).isEqualTo(elder);
        assertThat(scene.incidentOf(LIFT).getAlerts()).isEqualTo(5);
        assertThat(scene.incidentOf(LIFT).getTimeline())
                .anySatisfy(step -> assertThat(step.getAbout()).isEqualTo(younger));
    }

    @Test
    void shouldEndWithTheLastAndGoOnWhenOneComesSoonAfter() {
        scene.raise(scene.dust("d1", site("s1", 0)));
        scene.raise(scene.camera("c1", site("s1", 0)));
        String id = scene.alert(DUST).getIncidentId();
        scene.clear(DUST);
        assertThat(scene.incidents.get(id).getState()).isEqualTo(IncidentState.OPEN);
        scene.clear(CAMERA);
        assertThat(scene.incidents.get(id).getState()).isEqualTo(IncidentState.ENDED);
        assertThat(scene.incidents.get(id).getEndedAt()).isEqualTo(scene.now);

        scene.pass(Duration.ofMinutes(9));
        scene.raise(scene.dust("d1", site("s1", 0)));

        assertThat(scene.alert(DUST).getIncidentId()).isEqualTo(id);
        assertThat(scene.incidents.get(id).getState()).isEqualTo(IncidentState.OPEN);
        assertThat(steps(scene.incidents.get(id))).contains(IncidentStepKind.REOPENED);
    }

    @Test
    void shouldBeginAnewWhenOneComesLongAfterAndForgetTheEndedOneAfterAMonth() {
        scene.raise(scene.dust("d1", site("s1", 0)));
        scene.raise(scene.camera("c1", site("s1", 0)));
        String id = scene.alert(DUST).getIncidentId();
        scene.clear(DUST);
        scene.clear(CAMERA);
        scene.pass(Duration.ofMinutes(61));
        assertThat(scene.kept).isEmpty();

        scene.raise(scene.dust("d1", site("s1", 0)));
        scene.raise(scene.camera("c1", site("s1", 0)));

        assertThat(scene.alert(DUST).getIncidentId()).isNotEqualTo(id);
        assertThat(scene.incidents).hasSize(2);
        scene.pass(Duration.ofDays(31));
        assertThat(scene.incidents).doesNotContainKey(id).hasSize(1);
    }

    @Test
    void shouldLetAnAlertGoWhoseDeviceIsElsewhereNow() {
        scene.raise(scene.dust("d1", site("s1", 0)));
        scene.raise(scene.camera("c1", site("s1", 0)));
        scene.raise(scene.camera("c1", site("s9", 9_000)).setEventId("c1/2").setOccasion("again"));

        assertThat(scene.alert(CAMERA).getIncidentId()).isNull();
        assertThat(scene.incidentOf(DUST).getReferences()).containsExactly(DUST);
    }

    @Test
    void shouldNotChainTheWholeCityTogether() {
        for (int i = 0; i < 40; i++) {
            scene.raise(
                    i % 2 == 0
                            ? scene.camera("c" + i, site("s" + i, 400 * i))
                            : scene.lift("l" + i, site("s" + i, 400 * i)));
        }

        assertThat(scene.incidents.values())
                .filteredOn(incident -> incident.getState() == IncidentState.OPEN)
                .hasSizeBetween(5, 8);
        assertThat(scene.alerts.values())
                .allSatisfy(alert -> assertThat(alert.getIncidentId()).isNotNull());
    }

    @Test
    void shouldKeepTheAcknowledgementOfAnAlertThatJoins() {
        scene.raise(scene.dust("d1", site("s1", 0)));
        scene.alerts.compute(DUST, (id, alert) -> AlertLifecycle.apply(
                        alert,
                        command(CommandAction.ACKNOWLEDGE, "c")
                                .setAlertId(DUST)
                                .setRevision(1)
                                .build(),
                        scene.now)
                .changed()
                .orElseThrow());
        scene.raise(scene.camera("c1", site("s1", 0)));

        assertThat(scene.alert(DUST).getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(AlertLifecycle.apply(
                                scene.alert(DUST),
                                command(CommandAction.RESOLVE, "c2")
                                        .setAlertId(DUST)
                                        .setRevision(2)
                                        .build(),
                                scene.now)
                        .changed())
                .as("joining is nothing that a person must look at again")
                .isPresent();
    }

    @Test
    void shouldChangeNothingWhenAnOldStateComesAgain() {
        scene.raise(scene.dust("d1", site("s1", 0)));
        Alert old = scene.alert(DUST);
        scene.raise(scene.camera("c1", site("s1", 0)));
        scene.clear(DUST);

        Effects effects = new Effects();
        scene.view.apply(old, scene.now, effects);
        scene.view.flush(scene.now, effects);

        assertThat(effects.incidents()).isEmpty();
        assertThat(effects.contexts()).isEmpty();
        assertThat(scene.incidentOf(CAMERA).getOpen()).isEqualTo(1);
    }

    @Test
    void shouldGoOnAfterARestartWhereItStood() {
        scene.raise(scene.dust("d1", site("s1", 0)));
        scene.raise(scene.camera("c1", site("s1", 0)));
        scene.raise(signal("flood-level", "flood-gauge", "alone", spot(2_000)));
        Incident before = scene.incidentOf(DUST);
        int records = scene.incidentRecords;
        int said = scene.signals.size();

        scene.restart();

        assertThat(scene.incidentRecords).as("nothing is new").isEqualTo(records);
        assertThat(scene.signals).hasSize(said);
        scene.raise(scene.camera("c3", site("s3", 2_100)));
        assertThat(scene.incidentOf("flood-level@alone").getReferences())
                .containsExactlyInAnyOrder("flood-level@alone", "video-offline@c3");
        scene.clear(DUST);
        assertThat(scene.incidentOf(DUST).getIncidentId()).isEqualTo(before.getIncidentId());
        assertThat(scene.incidentOf(DUST).getOpen()).isEqualTo(1);
    }

    private static List<IncidentStepKind> steps(Incident incident) {
        return incident.getTimeline().stream().map(IncidentStep::getKind).toList();
    }

    private static Place place(GeoPoint point) {
        return Place.newBuilder().setPoint(point).build();
    }
}
