package io.fengsui.alerting.incident;

import static io.fengsui.alerting.incident.Scene.signal;
import static io.fengsui.alerting.incident.Scene.site;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SupplierWatchTest {
    private final Scene scene = new Scene();

    @Test
    void shouldKeepTheNumberOfSilentDevicesOnTheGatewaysAlert() {
        scene.raise(down("gw-1"));
        silence(0, 30, "gw-1");
        silence(30, 33, "gw-2");
        pass();
        assertThat(scene.alert("gateway-down@gw-1").getSilentDevices()).isEqualTo(30);

        for (int i = 0; i < 29; i++) {
            scene.clear("video-silent@v" + i);
        }
        pass();

        assertThat(scene.alert("gateway-down@gw-1").getSilentDevices()).isEqualTo(1);
        assertThat(scene.signals).as("the gateway has an alert already").isEmpty();
    }

    @Test
    void shouldRaiseOneAlertForAGatewayThatSaysNothingOfItself() {
        silence(0, 1_000, "gw-1");
        pass();

        Alert dark = scene.alert("gateway-dark@gw-1");
        assertThat(dark.getState()).isEqualTo(AlertState.FIRING);
        assertThat(dark.getSilentDevices()).isEqualTo(1_000);
        assertThat(dark.getSubject().getUnitIds()).containsExactly("zhangpu");
        assertThat(scene.alerts).doesNotContainKey("vendor-dark@vendor-1");
        AlertBoard board = board();
        assertThat(scene.alerts.values())
                .filteredOn(alert -> alert.getRuleId().equals("video-silent"))
                .allSatisfy(
                        alert -> assertThat(board.inhibitedBy(alert, scene.now)).contains("gateway-dark@gw-1"));

        scene.raise(down("gw-1"));
        pass();
        assertThat(scene.alert("gateway-dark@gw-1").getState())
                .as("one alert, not two")
                .isEqualTo(AlertState.RESOLVED);
        assertThat(scene.alert("gateway-down@gw-1").getSilentDevices()).isEqualTo(1_000);
    }

    @Test
    void shouldRaiseOneAlertForAVendorWithoutGateway() {
        silence(0, 19, null);
        pass();
        assertThat(scene.signals).isEmpty();

        silence(19, 5_000, null);
        pass();

        Alert dark = scene.alert("vendor-dark@vendor-1");
        assertThat(dark.getSubject().getKind()).isEqualTo(SubjectKind.VENDOR);
        assertThat(dark.getSilentDevices()).isEqualTo(5_000);
        assertThat(dark.getExplanation().getEn()).contains("devices of vendor vendor-1");
        AlertBoard board = board();
        assertThat(scene.alerts.values().stream()
                        .filter(alert -> AlertBoard.isOpen(alert)
                                && board.inhibitedBy(alert, scene.now).isEmpty()))
                .extracting(Alert::getAlertId)
                .containsExactly("vendor-dark@vendor-1");
        assertThat(scene.signals.size()).as("not one a device").isLessThan(15);

        for (int i = 0; i < 4_995; i++) {
            scene.clear("video-silent@v" + i);
        }
        pass();
        assertThat(scene.alert("vendor-dark@vendor-1").getState()).isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void shouldNotRaiseWhenDevicesFallSilentOneByOneOverDays() {
        for (int i = 0; i < 40; i++) {
            silence(i, i + 1, null);
            scene.pass(Duration.ofHours(1));
        }

        assertThat(scene.signals).isEmpty();
    }

    @Test
    void shouldNotRaiseAtOnceAgainWhatAPersonEnded() {
        silence(0, 30, null);
        pass();
        scene.clear("vendor-dark@vendor-1");
        silence(30, 35, null);
        pass();
        assertThat(scene.alert("vendor-dark@vendor-1").getState()).isEqualTo(AlertState.RESOLVED);

        silence(35, 60, null);
        pass();
        assertThat(scene.alert("vendor-dark@vendor-1").getState()).isEqualTo(AlertState.FIRING);
    }

    @Test
    void shouldGoOnAfterARestart() {
        silence(0, 30, null);
        pass();
        int said = scene.signals.size();

        scene.restart();
        pass();
        assertThat(scene.signals).hasSize(said);

        for (int i = 0; i < 30; i++) {
            scene.clear("video-silent@v" + i);
        }
        pass();
        assertThat(scene.alert("vendor-dark@vendor-1").getState()).isEqualTo(AlertState.RESOLVED);
    }

    /** Long enough for an alert to be raised, and then for its number. */
    private void pass() {
        scene.pass(Duration.ofSeconds(6));
        scene.pass(Duration.ofSeconds(6));
    }

    private void silence(int from, int to, String gatewayId) {
        for (int i = from; i < to; i++) {
            AlertSignal.Builder signal = signal("video-silent", "video-status", "v" + i, site("s" + i, 0));
            scene.raise(signal.setEventId(null)
                    .setSubject(AlertSubject.newBuilder(signal.getSubject())
                            .setGatewayId(gatewayId)
                            .build()));
        }
    }

    private AlertSignal.Builder down(String gateway) {
        AlertSignal.Builder signal = signal("gateway-down", "gateway", gateway, site("gw", 0));
        return signal.setAction(SignalAction.RAISE)
                .setSubject(AlertSubject.newBuilder(signal.getSubject())
                        .setKind(SubjectKind.GATEWAY)
                        .build());
    }

    private AlertBoard board() {
        AlertBoard board = AlertBoard.standing();
        scene.alerts.forEach((id, alert) -> board.accept(Realm.LIVE, id, alert));
        return board;
    }
}
