package io.fengsui.alerting.console;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.Incident;
import io.fengsui.alert.IncidentState;
import io.fengsui.alert.IncidentStep;
import io.fengsui.alert.IncidentStepKind;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Datum;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Alerts for the console's tests: places are Kunshan's, enterprises and devices are plainly samples. */
final class SampleAlerts {
    private static final String[][] UNITS = {
        {"kunshan", "CITY", "昆山市", "Kunshan City"},
        {"kaifaqu", "ZONE", "昆山开发区", "Kunshan Development Zone"},
        {"gaoxinqu", "ZONE", "昆山高新区", "Kunshan High-tech Zone"},
        {"huaqiao", "ZONE", "花桥经济开发区", "Huaqiao Economic Development Zone"},
        {"zhangpu", "TOWNSHIP", "张浦镇", "Zhangpu Town"},
        {"zhoushi", "TOWNSHIP", "周市镇", "Zhoushi Town"},
        {"qiandeng", "TOWNSHIP", "千灯镇", "Qiandeng Town"},
        {"bacheng", "TOWNSHIP", "巴城镇", "Bacheng Town"},
        {"dianshanhu", "TOWNSHIP", "淀山湖镇", "Dianshanhu Town"},
        {"tinglin", "OFFICE", "亭林城市管理办事处", "Tinglin Office"},
        {"work-safety", "DEPARTMENT", "市安监局", "Work Safety Bureau"},
        {"civil-affairs", "DEPARTMENT", "市民政局", "Civil Affairs Bureau"},
        {"market-regulation", "DEPARTMENT", "市市场监管局", "Market Regulation Bureau"},
        {"fire", "DEPARTMENT", "市消防大队", "Fire Brigade"},
    };

    private final Instant now;

    SampleAlerts(Instant now) {
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    static List<Unit> units() {
        List<Unit> units = new ArrayList<>();
        for (String[] unit : UNITS) {
            units.add(Unit.newBuilder()
                    .setUnitId(unit[0])
                    .setKind(UnitKind.valueOf(unit[1]))
                    .setNameZh(unit[2])
                    .setNameEn(unit[3])
                    .build());
        }
        return units;
    }

    /** What a duty officer might see on a bad morning. */
    List<Alert> morning() {
        List<Alert> alerts = new ArrayList<>(List.of(
                entrapment(), hopper(), acknowledgedBeidou(), gateway("gw-video-zhoushi", "zhoushi"), clearedHopper()));
        for (int i = 1; i <= 6; i++) {
            alerts.add(Alert.newBuilder(camera(i, "zhoushi", "周市镇"))
                    .setAlertId("video-silent@cam-" + i)
                    .setRuleId("video-silent")
                    .setTitle(new AlertText("监控设备失联", "Camera or recorder silent"))
                    .setExplanation(new AlertText("超过 3 个心跳周期没有消息。", "Nothing for more than three heartbeats."))
                    .setValues(Map.of())
                    .setLastEventId(null)
                    .setSubject(subject(SubjectKind.DEVICE, "cam-" + i, "样例摄像机-0" + i, "zhoushi", "gw-video-zhoushi"))
                    .build());
        }
        alerts.add(camera(11, "bacheng", "巴城镇"));
        alerts.add(camera(12, "zhangpu", "张浦镇"));
        alerts.add(silentSensor());
        return alerts;
    }

    Alert entrapment() {
        return alert("elevator-entrapment@lift-053", Severity.II, "elevator-119")
                .setLifeSafety(true)
                .setTitle(new AlertText("电梯困人", "Lift entrapment"))
                .setExplanation(
                        new AlertText(
                                "样例小区-053 3 幢 2 单元电梯困人 2 人，工单 SAMPLE-20261123-0053，已派维保单位，尚未到达。",
                                "Two people are trapped in the lift of sample estate 053, building 3. Work order SAMPLE-20261123-0053; the maintainer is on the way."))
                .setRunbook(
                        new AlertText(
                                "1. 与救援中心核对是否已派维保单位，30 分钟内应到达。\n2. 超时未到，启动二级响应并通知消防大队。\n3. 安抚被困人员，问清有无受伤、老人或儿童。",
                                "1. Check with the rescue centre that the maintainer was sent; it must arrive within 30 minutes.\n2. If it does not, call the second station and the fire brigade.\n3. Keep talking to those trapped; ask for injuries, old people and children."))
                .setSubject(subject(
                        SubjectKind.DEVICE, "lift-053", "样例电梯-053", "tinglin", null, "market-regulation", "fire"))
                .setValues(Map.of("trapped", "2", "rescueLevel", "1", "orderNo", "SAMPLE-20261123-0053"))
                .setStartedAt(ago(4, 12))
                .setHistory(List.of(raised(Severity.II, ago(4, 12))))
                .build();
    }

    Alert hopper() {
        Alert.Builder alert = alert("dust-hopper-temperature@dust-014", Severity.II, "dust-sensor")
                .setTitle(new AlertText("除尘器灰斗温度过高", "Dust collector hopper too hot"))
                .setExplanation(
                        new AlertText(
                                "样例企业-14（涉粉尘爆炸）的 样例除尘器-014 灰斗温度 74.5 °C（预警 60 °C，报警 70 °C），风机运行。",
                                "The hopper of sample collector 014 at sample enterprise 14 is at 74.5 °C (warning 60 °C, alarm 70 °C); the fan runs."))
                .setRunbook(
                        new AlertText(
                                "1. 立即打电话给企业值班负责人：停止该除尘系统所连的作业，人员撤离。\n2. 不要打开灰斗和卸灰阀，不要用水。\n3. 同时通知消防和区镇安监人员到场。",
                                "1. Telephone the enterprise at once: stop the work on this collector's ducts, get people out.\n2. Do not open the hopper, use no water.\n3. Send the fire brigade and the township's work-safety officer."))
                .setSubject(subject(
                        SubjectKind.DEVICE, "dust-014", "样例除尘器-014", "kaifaqu", "gw-dust-kaifaqu", "work-safety"))
                .setValues(Map.of(
                        "hopperTemperatureCelsius", "74.5",
                        "differentialPressurePascals", "1180",
                        "fanRunning", "true",
                        "dustGramsPerCubicMetre", "3.2"))
                .setStartedAt(ago(11, 40))
                .setRevision(3)
                .setLastEventId("sample-dust/dust-014/m-88213");
        AlertChange first = raised(Severity.III, ago(11, 40));
        AlertChange worse = AlertChange.newBuilder(first)
                .setRevision(2)
                .setAction(ChangeAction.UPDATED)
                .setSeverity(Severity.II)
                .setAt(ago(6, 5))
                .setReferences(1)
                .setNote("灰斗温度 71.2 °C，超过报警值 70 °C")
                .build();
        AlertChange comment = AlertChange.newBuilder(first)
                .setRevision(3)
                .setAction(ChangeAction.COMMENTED)
                .setSeverity(Severity.II)
                .setAt(ago(3, 20))
                .setActor("王建国")
                .setReferences(2)
                .setNote("已电话联系企业值班负责人，正在停机撤人。")
                .build();
        return alert.setHistory(List.of(first, worse, comment)).build();
    }

    Alert acknowledgedBeidou() {
        AlertChange raised = raised(Severity.I, ago(52, 0));
        AlertChange acknowledged = AlertChange.newBuilder(raised)
                .setRevision(2)
                .setAction(ChangeAction.ACKNOWLEDGED)
                .setState(AlertState.ACKNOWLEDGED)
                .setActor("李敏")
                .setNote("已报值班领导，市民政局核实中")
                .setAt(ago(49, 0))
                .setReferences(1)
                .build();
        return alert("beidou-report@bd-0310021", Severity.I, "beidou-report")
                .setLifeSafety(true)
                .setTitle(new AlertText("北斗灾情直报", "Beidou disaster report"))
                .setExplanation(new AlertText(
                        "样例终端-21 初报：风雹，受灾 1200 人，紧急转移 86 人，失踪 1 人。",
                        "Sample terminal 21, first report: wind and hail, 1,200 affected, 86 evacuated, 1 missing."))
                .setSubject(subject(SubjectKind.DEVICE, "bd-0310021", "样例北斗终端-21", "dianshanhu", null, "civil-affairs"))
                .setValues(Map.of("affected", "1200", "evacuated", "86", "missing", "1", "phase", "FIRST"))
                .setState(AlertState.ACKNOWLEDGED)
                .setAcknowledgedBy("李敏")
                .setAcknowledgedAt(ago(49, 0))
                .setRevision(2)
                .setStartedAt(ago(52, 0))
                .setHistory(List.of(raised, acknowledged))
                .build();
    }

    Alert gateway(String id, String unitId) {
        return alert("gateway-down@" + id, Severity.III, "gateway")
                .setTitle(new AlertText("厂商网关离线", "Vendor gateway down"))
                .setExplanation(new AlertText(
                        "网关断开，其下设备的状态暂时未知。", "The gateway is disconnected; what its devices do is unknown."))
                .setSubject(subject(SubjectKind.GATEWAY, id, "样例网关 " + id, unitId, null))
                .setStartedAt(ago(18, 0))
                .setHistory(List.of(raised(Severity.III, ago(18, 0))))
                .build();
    }

    Alert camera(int number, String unitId, String unitName) {
        return alert("video-offline@cam-" + number, Severity.III, "video-status")
                .setTitle(new AlertText("重大危险源视频离线", "Camera of a major hazard source is off-line"))
                .setExplanation(new AlertText(
                        unitName + "样例企业-" + number + " 的摄像机报告离线。",
                        "The camera of sample enterprise " + number + " reports OFF."))
                .setSubject(subject(SubjectKind.DEVICE, "cam-" + number, "样例摄像机-" + number, unitId, null))
                .setValues(Map.of("state", "OFF"))
                .setLastEventId("sample-video/cam-" + number + "/1")
                .setStartedAt(ago(17L + number, number))
                .setHistory(List.of(raised(Severity.III, ago(17L + number, number))))
                .build();
    }

    Alert silentSensor() {
        return alert("dust-silent@dust-022", Severity.IV, "dust-sensor")
                .setTitle(new AlertText("粉尘监测设备失联", "Dust sensor is silent"))
                .setExplanation(new AlertText("超过 3 个心跳周期没有数据。", "No data for more than three heartbeats."))
                .setSubject(subject(SubjectKind.DEVICE, "dust-022", "样例除尘器-022", "qiandeng", null, "work-safety"))
                .setStartedAt(ago(140, 0))
                .setOccurrences(3)
                .setHistory(List.of(raised(Severity.IV, ago(140, 0))))
                .build();
    }

    Alert clearedHopper() {
        return Alert.newBuilder(hopper())
                .setAlertId("dust-hopper-temperature@dust-031")
                .setState(AlertState.RESOLVED)
                .setStartedAt(ago(300, 0))
                .setEndedAt(ago(260, 0))
                .setChangedAt(ago(260, 0))
                .build();
    }

    /** Of an alert's own incident, which has this many alerts. */
    Incident incident(String id, Severity severity, int alerts) {
        Instant began = ago(9, 0);
        return Incident.newBuilder()
                .setIncidentId(id)
                .setRevision(4)
                .setState(IncidentState.OPEN)
                .setSeverity(severity)
                .setLifeSafety(true)
                .setPatternId("dust-blind-rescue")
                .setTitle(new AlertText(
                        "疑似粉尘爆炸：粉尘超限、视频中断、附近有救援警情",
                        "Possible dust explosion: dust high, picture lost, rescue call nearby"))
                .setRunbook(
                        new AlertText(
                                "1. 立即给企业打电话：有无爆炸、起火、人员伤亡？打不通按最坏情况处理。\n2. 不等核实，先通知消防大队和 120 向现场出动。",
                                "1. Telephone the enterprise now: explosion, fire, casualties? If nobody answers, assume the worst.\n2. Do not wait for the answer: have the fire brigade and 120 set out."))
                .setPlaceName("样例企业-14")
                .setUnitIds(List.of("kaifaqu", "tinglin"))
                .setDepartmentIds(List.of("work-safety", "fire"))
                .setFeeds(List.of("dust-sensor", "elevator-119", "video-status"))
                .setAlerts(alerts)
                .setOpen(alerts)
                .setStatus(EventStatus.ACTUAL)
                .setStartedAt(ago(11, 40))
                .setChangedAt(began)
                .setTimeline(List.of(
                        step(ago(10, 0), IncidentStepKind.BEGAN, Severity.II, 2, "dust-sensor,video-status"),
                        step(ago(9, 30), IncidentStepKind.FEED_JOINED, Severity.II, 3, "elevator-119"),
                        step(ago(9, 10), IncidentStepKind.MERGED, Severity.II, 5, "20261123-00aa11bb"),
                        step(began, IncidentStepKind.WORSENED, severity, alerts, ""),
                        step(began, IncidentStepKind.PATTERN_MATCHED, severity, alerts, "dust-blind-rescue")))
                .build();
    }

    private static IncidentStep step(Instant at, IncidentStepKind kind, Severity severity, int open, String about) {
        return new IncidentStep(at, kind, severity, open, about);
    }

    Alert blind() {
        return alert("ingest-blind@telemetry", Severity.I, "video-status")
                .setTitle(new AlertText("遥测通道接入中断", "Telemetry lane is blind"))
                .setExplanation(new AlertText("10 秒内没有桥接心跳。", "No pulse of a bridge for 10 seconds."))
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.INGEST)
                        .setId("telemetry")
                        .setName("遥测通道 telemetry")
                        .build())
                .setStartedAt(ago(1, 10))
                .build();
    }

    /** The same alert in an exercise. */
    Alert exercise(Alert alert, String name) {
        return Alert.newBuilder(alert)
                .setStatus(EventStatus.EXERCISE)
                .setExercise(name)
                .build();
    }

    Alert.Builder alert(String alertId, Severity severity, String feed) {
        return Alert.newBuilder()
                .setAlertId(alertId)
                .setRevision(1)
                .setState(AlertState.FIRING)
                .setSeverity(severity)
                .setRuleId(alertId.substring(0, alertId.indexOf('@')))
                .setRuleVersion("3f9a1c07be52")
                .setFeed(feed)
                .setSubject(subject(SubjectKind.DEVICE, "device", "样例设备", "kaifaqu", null))
                .setTitle(new AlertText("样例告警", "Sample alert"))
                .setExplanation(new AlertText("样例说明", "Sample explanation"))
                .setRunbook(new AlertText("", ""))
                .setStatus(EventStatus.ACTUAL)
                .setStartedAt(ago(5, 0))
                .setEventTime(ago(5, 2))
                .setChangedAt(ago(5, 0))
                .setHistory(List.of(raised(severity, ago(5, 0))));
    }

    static AlertSubject subject(
            SubjectKind kind, String id, String name, String unitId, String gatewayId, String... departments) {
        Place place = Place.newBuilder()
                .setUnitIds(List.of(unitId))
                .setSiteId("site-" + id)
                .setSiteName(site(id))
                .setSiteKind(SiteKind.DUST_EXPLOSION)
                .setDeviceName(name)
                .setGatewayId(gatewayId)
                .setPoint(new GeoPoint(121.01162, 31.35065, Datum.WGS84))
                .build();
        return AlertSubject.newBuilder()
                .setKind(kind)
                .setId(id)
                .setName(name)
                .setPlace(kind == SubjectKind.GATEWAY ? null : place)
                .setUnitIds(List.of(unitId))
                .setDepartmentIds(List.of(departments))
                .setGatewayId(gatewayId)
                .build();
    }

    /** The same somewhere else. */
    static AlertSubject at(AlertSubject subject, GeoPoint point) {
        return AlertSubject.newBuilder(subject)
                .setPlace(Place.newBuilder(subject.getPlace()).setPoint(point).build())
                .build();
    }

    private static String site(String deviceId) {
        String number = deviceId.replaceAll("\\D", "");
        if (deviceId.startsWith("lift")) {
            return "样例小区-" + number;
        }
        return deviceId.startsWith("bd") ? null : "样例企业-" + number;
    }

    static AlertChange raised(Severity severity, Instant at) {
        return AlertChange.newBuilder()
                .setRevision(1)
                .setAt(at)
                .setAction(ChangeAction.RAISED)
                .setState(AlertState.FIRING)
                .setSeverity(severity)
                .setActor("rule:sample")
                .build();
    }

    private Instant ago(long minutes, long seconds) {
        return now.minus(minutes, ChronoUnit.MINUTES).minusSeconds(seconds);
    }
}
