package io.fengsui.alerting.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.MaintenanceScope;
import io.fengsui.reference.MaintenanceWindow;
import io.fengsui.schema.topic.Realm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertBoardTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final AlertBoard board = AlertBoard.standing();

    @Test
    void shouldKeepLiveAndDrillApart() {
        show(device("a", "g-1"));
        show(Alert.newBuilder(device("a", "g-1"))
                .setStatus(EventStatus.EXERCISE)
                .setRevision(7)
                .build());

        assertThat(board.get(Realm.LIVE, "a")).map(Alert::getRevision).contains(1);
        assertThat(board.get(Realm.DRILL, "a")).map(Alert::getRevision).contains(7);
        assertThat(board.alerts(Realm.LIVE)).hasSize(1);
    }

    @Test
    void shouldInhibitDevicesWhileTheirGatewaysAlertIsOpen() {
        Alert camera = device("video-offline@cam", "g-1");
        assertThat(board.inhibitedBy(camera, NOW)).isEmpty();

        show(gateway("g-1", AlertState.FIRING));
        assertThat(board.inhibitedBy(camera, NOW)).contains("gateway-down@g-1");
        assertThat(board.inhibitedBy(device("video-offline@other", "g-2"), NOW)).isEmpty();

        show(gateway("g-1", AlertState.ACKNOWLEDGED));
        assertThat(board.inhibitedBy(camera, NOW)).contains("gateway-down@g-1");

        show(gateway("g-1", AlertState.RESOLVED));
        assertThat(board.inhibitedBy(camera, NOW)).isEmpty();
    }

    @Test
    void shouldInhibitNeitherTheGatewayItselfNorLifeSafety() {
        show(gateway("g-1", AlertState.FIRING));

        assertThat(board.inhibitedBy(gateway("g-1", AlertState.FIRING), NOW)).isEmpty();
        assertThat(board.inhibitedBy(
                        Alert.newBuilder(device("elevator-entrapment@lift", "g-1"))
                                .setLifeSafety(true)
                                .build(),
                        NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"I", "II", "UNKNOWN"})
    void shouldNotInhibitSilenceThatIsGrave(Severity severity) {
        show(gateway("g-1", AlertState.FIRING));

        assertThat(board.inhibitedBy(
                        Alert.newBuilder(device("dust-silent@d", "g-1"))
                                .setSeverity(severity)
                                .build(),
                        NOW))
                .isEmpty();
    }

    @Test
    void shouldNotInhibitWhatAnEventToldThoughAPersonCommentedSince() {
        show(gateway("g-1", AlertState.FIRING));

        assertThat(board.inhibitedBy(
                        Alert.newBuilder(device("dust-hopper-temperature@d", "g-1"))
                                .setLastEventId("vendor/d/1")
                                .setReceivedAt(null)
                                .build(),
                        NOW))
                .isEmpty();
    }

    @Test
    void shouldGiveDevicesThreeMinutesAfterTheirGatewayIsBack() {
        show(Alert.newBuilder(gateway("g-1", AlertState.RESOLVED))
                .setEndedAt(NOW.plusSeconds(60))
                .build());
        Alert silentBefore = device("video-silent@cam", "g-1");
        Alert silentAfter =
                Alert.newBuilder(silentBefore).setStartedAt(NOW.plusSeconds(61)).build();

        assertThat(board.inhibitedBy(silentBefore, NOW.plusSeconds(239))).contains("gateway-down@g-1");
        assertThat(board.inhibitedBy(silentBefore, NOW.plusSeconds(240))).isEmpty();
        assertThat(board.inhibitedBy(silentAfter, NOW.plusSeconds(100))).isEmpty();
    }

    @Test
    void shouldNotInhibitLiveAlertsByAnExercise() {
        show(Alert.newBuilder(gateway("g-1", AlertState.FIRING))
                .setStatus(EventStatus.EXERCISE)
                .build());

        assertThat(board.inhibitedBy(device("video-offline@cam", "g-1"), NOW)).isEmpty();
    }

    @Test
    void shouldForgetAnAlertThatIsGone() {
        show(gateway("g-1", AlertState.FIRING));
        board.accept(Realm.LIVE, "gateway-down@g-1", null);

        assertThat(board.get(Realm.LIVE, "gateway-down@g-1")).isEmpty();
        assertThat(board.inhibitedBy(device("video-offline@cam", "g-1"), NOW)).isEmpty();
    }

    @Test
    void shouldSuppressWhileAnnouncedWorkGoesOnAndNoLonger() {
        Alert alert = suppressed("dust-silent", Severity.III, "maintenance");
        assertThat(board.inhibitedBy(alert, NOW)).isEmpty();

        board.announce("w1", work(MaintenanceScope.SITE, "site", NOW, NOW.plusSeconds(60)));
        assertThat(board.inhibitedBy(alert, NOW)).contains("maintenance:w1");
        assertThat(board.workOf("maintenance:w1").map(MaintenanceWindow::getReason))
                .contains("更换滤袋");
        assertThat(board.inhibitedBy(alert, NOW.minusSeconds(1))).isEmpty();
        assertThat(board.inhibitedBy(alert, NOW.plusSeconds(60))).isEmpty();
        assertThat(board.inhibitedBy(suppressed("other", Severity.III), NOW)).isEmpty();

        board.announce("w1", null);
        assertThat(board.inhibitedBy(alert, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DEVICE,device,true",
        "GATEWAY,g-1,true",
        "UNIT,zhangpu,true",
        "SITE,elsewhere,false",
        "DEVICE,other,false"
    })
    void shouldKnowWhoseWorkItIs(MaintenanceScope scope, String id, boolean suppressed) {
        board.announce("w1", work(scope, id, NOW, NOW.plusSeconds(60)));

        assertThat(board.inhibitedBy(suppressed("dust-silent", Severity.III, "maintenance"), NOW)
                        .isPresent())
                .isEqualTo(suppressed);
    }

    @Test
    void shouldSuppressForAnotherOpenAlertOfTheDeviceOrTheSite() {
        Alert ofDevice = suppressed("flaps", Severity.IV, "device:offline");
        Alert ofSite = suppressed("silent", Severity.II, "site:offline");
        Alert offline = suppressed("offline", Severity.III);
        show(offline);
        assertThat(board.inhibitedBy(ofDevice, NOW)).contains("offline@device");
        assertThat(board.inhibitedBy(ofSite, NOW)).contains("offline@device");

        show(Alert.newBuilder(offline).setState(AlertState.RESOLVED).build());
        assertThat(board.inhibitedBy(ofDevice, NOW)).isEmpty();
        assertThat(board.inhibitedBy(ofSite, NOW)).isEmpty();
    }

    @Test
    void shouldSuppressNeitherTheGravestNorLifeSafetyNorBothOfTwo() {
        show(suppressed("offline", Severity.III, "device:flaps"));
        assertThat(board.inhibitedBy(suppressed("grave", Severity.I, "device:offline"), NOW))
                .isEmpty();
        assertThat(board.inhibitedBy(
                        Alert.newBuilder(suppressed("lift", Severity.III, "device:offline"))
                                .setLifeSafety(true)
                                .build(),
                        NOW))
                .isEmpty();

        Alert flaps = suppressed("flaps", Severity.IV, "device:offline");
        show(flaps);
        assertThat(board.inhibitedBy(flaps, NOW)).isEmpty();
        assertThat(board.inhibitedBy(board.get(Realm.LIVE, "offline@device").orElseThrow(), NOW))
                .contains("flaps@device");
    }

    private static MaintenanceWindow work(MaintenanceScope scope, String id, Instant from, Instant to) {
        return new MaintenanceWindow("w1", scope, id, from, to, "更换滤袋");
    }

    private static Alert suppressed(String rule, Severity severity, String... suppressions) {
        Alert alert = device(rule + "@device", "g-1");
        Place place = new Place(List.of("zhangpu"), "site", "场所", SiteKind.OTHER, null, null, null);
        return Alert.newBuilder(alert)
                .setRuleId(rule)
                .setSeverity(severity)
                .setLastEventId("event")
                .setSuppressions(List.of(suppressions))
                .setSubject(AlertSubject.newBuilder(alert.getSubject())
                        .setPlace(place)
                        .build())
                .build();
    }

    @Test
    void shouldTellListenersUntilTheyAreClosed() {
        List<String> told = new ArrayList<>();
        Subscription subscription = board.listen((realm, alert) -> told.add(realm + " " + alert.getAlertId()));
        show(device("a", "g-1"));
        subscription.close();
        show(device("b", "g-1"));

        assertThat(told).containsExactly("LIVE a");
    }

    private void show(Alert alert) {
        board.accept(Realm.of(alert.getStatus()), alert.getAlertId(), alert);
    }

    private static Alert gateway(String id, AlertState state) {
        return Alert.newBuilder(device("gateway-down@" + id, id))
                .setState(state)
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.GATEWAY)
                        .setId(id)
                        .setName(id)
                        .setGatewayId(id)
                        .build())
                .build();
    }

    static Alert device(String alertId, String gatewayId) {
        return Alert.newBuilder()
                .setAlertId(alertId)
                .setRevision(1)
                .setState(AlertState.FIRING)
                .setSeverity(Severity.III)
                .setRuleId("rule")
                .setRuleVersion("1")
                .setFeed("video-status")
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.DEVICE)
                        .setId("device")
                        .setName("device")
                        .setGatewayId(gatewayId)
                        .build())
                .setTitle(new AlertText("题", "title"))
                .setExplanation(new AlertText("因", "why"))
                .setRunbook(new AlertText("做", "do"))
                .setStatus(EventStatus.ACTUAL)
                .setStartedAt(NOW)
                .setEventTime(NOW)
                .setChangedAt(NOW)
                .build();
    }
}
