package io.fengsui.alerting.testkit;

import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sample records; builders, so that a test changes what it is about. */
public final class Samples {
    public static final Instant T0 = Instant.parse("2026-11-23T00:00:00Z");
    public static final String DUST = "dust-hopper-temperature@DC-0001";

    private Samples() {}

    /** A dust alarm of severity III in Zhangpu, signalled at {@code at}, about an event that arrived 20 ms before. */
    public static AlertSignal.Builder raise(Instant at) {
        return AlertSignal.newBuilder()
                .setAlertId(DUST)
                .setAction(SignalAction.RAISE)
                .setRuleId("dust-hopper-temperature")
                .setRuleVersion("0123456789ab")
                .setFeed("dust-sensor")
                .setSubject(subject("DC-0001").build())
                .setSeverity(Severity.III)
                .setTitle(text("灰斗温度过高", "Hopper too hot"))
                .setExplanation(text("灰斗温度 72 ℃", "Hopper at 72 °C"))
                .setRunbook(text("停机检查", "Stop and inspect"))
                .setValues(Map.of("hopperTemperatureCelsius", "72.0"))
                .setEventId("suke/DC-0001/1")
                .setEventTime(at.minusSeconds(2))
                .setSignalledAt(at)
                .setReceivedAt(at.minusMillis(20))
                .setStatus(EventStatus.ACTUAL);
    }

    public static AlertSignal.Builder clear(Instant at) {
        return raise(at)
                .setAction(SignalAction.CLEAR)
                .setExplanation(text("灰斗温度恢复正常", "Hopper cool again"))
                .setValues(Map.of("hopperTemperatureCelsius", "41.0"))
                .setEventId("suke/DC-0001/2");
    }

    public static AlertSubject.Builder subject(String deviceId) {
        return AlertSubject.newBuilder()
                .setKind(SubjectKind.DEVICE)
                .setId(deviceId)
                .setName("1 号除尘器")
                .setUnitIds(List.of("zhangpu"))
                .setDepartmentIds(List.of("work-safety"))
                .setGatewayId("GW-01");
    }

    public static AlertCommand.Builder command(CommandAction action, String id) {
        return AlertCommand.newBuilder()
                .setAlertId(DUST)
                .setCommandId(id)
                .setAction(action)
                .setActor("王芳")
                .setRequestedAt(T0);
    }

    public static AlertText text(String zh, String en) {
        return new AlertText(zh, en);
    }
}
