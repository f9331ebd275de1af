package io.fengsui.alerting.notify.cap;

import static io.fengsui.alerting.notify.cap.CapCheck.children;
import static io.fengsui.alerting.notify.cap.CapCheck.text;
import static io.fengsui.alerting.notify.cap.CapCheck.texts;
import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.CapMessageType;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.event.Datum;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class CapMessagesTest {
    static final Corrections CORRECTIONS = new Corrections(figure -> Plans.plan().revisions().figures().stream()
            .filter(known -> known.id().equals(figure))
            .map(DutyPlan.FigureName::name)
            .findFirst());
    static final CapSettings SETTINGS = new CapSettings(
            "duty.example.cn",
            new AlertText("昆山市应急指挥中心", "Kunshan"),
            "0512-1",
            "Restricted",
            Map.of("dust-sensor", "Fire"));

    private final CapCheck check = new CapCheck();
    private final MemoryCapLog log = new MemoryCapLog(() -> T0);
    private final CapMessages messages = messages();

    static CapMessages messages() {
        return new CapMessages(
                SETTINGS,
                Optional.empty(),
                CapMessagesTest::unit,
                CORRECTIONS,
                alert -> Optional.of(URI.create("https://x.cn/a?b=1&c")));
    }

    static Optional<Unit> unit(String id) {
        return Optional.of(Unit.newBuilder()
                .setUnitId(id)
                .setKind(UnitKind.TOWNSHIP)
                .setNameZh("张浦镇")
                .setNameEn("Zhangpu Town")
                .setCodes(List.of(
                        new DivisionCode("320583999000", null, LocalDate.of(2020, 1, 1)),
                        new DivisionCode("320583106", LocalDate.of(2020, 1, 2), null)))
                .build());
    }

    @Test
    void shouldBeValidByTheSchemaOfOasis() {
        assumeTrue(check.hasSchema(), "CAP-v1.2.xsd is not on this machine: only our own checks are made");

        assertThat(check.validated(publish(after(null, raise(T0).build()))).getLocalName())
                .isEqualTo("alert");
    }

    @Test
    void shouldTellWhatWhereAndWhyInBothLanguages() {
        Element alert = check.validated(publish(after(null, raise(T0).build())));

        assertThat(text(alert, "sender")).isEqualTo("duty.example.cn");
        assertThat(text(alert, "sent")).isEqualTo("2026-11-23T08:00:00+08:00");
        assertThat(text(alert, "status")).isEqualTo("Actual");
        assertThat(text(alert, "msgType")).isEqualTo("Alert");
        Element chinese = children(alert, "info").get(0);
        assertThat(text(chinese, "category")).isEqualTo("Fire");
        assertThat(text(chinese, "event")).isEqualTo("灰斗温度过高");
        assertThat(text(chinese, "headline")).isEqualTo("灰斗温度过高 · 1 号除尘器");
        assertThat(text(chinese, "description")).isEqualTo("灰斗温度 72 ℃");
        assertThat(text(chinese, "instruction")).isEqualTo("停机检查");
        assertThat(text(chinese, "responseType")).isEqualTo("Execute");
        assertThat(text(chinese, "web")).isEqualTo("https://x.cn/a?b=1&c");
        Element english = children(alert, "info").get(1);
        assertThat(text(english, "event")).isEqualTo("Hopper too hot");
        Element area = children(english, "area").get(0);
        assertThat(text(area, "areaDesc")).isEqualTo("Zhangpu Town · 1 号除尘器");
        assertThat(text(children(area, "geocode").get(0), "value"))
                .as("the code of that day, filled up to 12 digits")
                .isEqualTo("320583106000");
    }

    @ParameterizedTest
    @CsvSource({
        "I,Extreme,Immediate",
        "II,Severe,Immediate",
        "III,Moderate,Expected",
        "IV,Minor,Expected",
        "UNKNOWN,Unknown,Unknown"
    })
    void shouldMapSeverityByName(Severity severity, String cap, String urgency) {
        Element info = children(
                        check.validated(publish(
                                after(null, raise(T0).setSeverity(severity).build()))),
                        "info")
                .get(0);

        assertThat(text(info, "severity")).isEqualTo(cap);
        assertThat(text(info, "urgency")).isEqualTo(urgency);
    }

    @Test
    void shouldReferToAllFormerMessagesOfTheOccurrence() {
        Alert first = after(null, raise(T0).build());
        Alert worse =
                after(first, raise(T0.plusSeconds(60)).setSeverity(Severity.II).build());
        Alert over = after(worse, clear(T0.plusSeconds(120)).build());
        Alert again = after(
                over, raise(T0.plusSeconds(600)).setEventId("suke/DC-0001/9").build());

        Element alert = check.validated(publish(first));
        Element update = check.validated(publish(worse));
        Element end = check.validated(publish(over));
        Element anew = check.validated(publish(again));

        String one = "duty.example.cn," + text(alert, "identifier") + ",2026-11-23T08:00:00+08:00";
        String two = "duty.example.cn," + text(update, "identifier") + ",2026-11-23T08:01:00+08:00";
        assertThat(text(update, "msgType")).isEqualTo("Update");
        assertThat(text(update, "references")).isEqualTo(one);
        assertThat(text(end, "msgType")).isEqualTo("Update");
        assertThat(text(end, "references")).isEqualTo(one + " " + two);
        Element info = children(end, "info").get(0);
        assertThat(text(info, "responseType")).isEqualTo("AllClear");
        assertThat(text(info, "urgency")).isEqualTo("Past");
        assertThat(text(info, "expires")).isEqualTo(text(end, "sent"));
        assertThat(text(info, "headline")).startsWith("【解除】");
        assertThat(text(anew, "msgType"))
                .as("a new occurrence is news of its own")
                .isEqualTo("Alert");
        assertThat(texts(anew, "references")).isEmpty();
    }

    @Test
    void shouldCancelAFalseAlarmWithThePersonsWords() {
        Alert first = after(null, raise(T0).build());
        publish(first);
        Alert cancelled = AlertLifecycle.apply(
                        first,
                        command(CommandAction.CANCEL, "c").setNote("传感器检修 <误报>").build(),
                        T0.plusSeconds(9))
                .changed()
                .orElseThrow();

        Element cancel = check.validated(publish(cancelled));

        assertThat(text(cancel, "msgType")).isEqualTo("Cancel");
        assertThat(text(cancel, "note")).isEqualTo("传感器检修 <误报>");
        assertThat(text(cancel, "references")).contains("2026-11-23T08:00:00+08:00");
        assertThat(text(children(cancel, "info").get(0), "certainty")).isEqualTo("Unlikely");
    }

    @Test
    void shouldTellCorrectedFiguresAndTheReason() {
        Alert first = after(null, raise(T0).build());
        publish(first);
        Alert revised = act(
                first,
                command(CommandAction.REVISE, "r")
                        .setNote("医院核实 <b>\u0007")
                        .setFigures(Map.of("deaths", "3", "hopperTemperatureCelsius", "75")),
                60);

        Element update = check.validated(publish(revised));

        assertThat(text(update, "msgType")).isEqualTo("Update");
        assertThat(text(update, "note"))
                .isEqualTo("更正 Corrected: 死亡人数 Deaths 3; 灰斗温度 Hopper temperature 75 °C — 医院核实 <b>\uFFFD");
        Element chinese = children(update, "info").get(0);
        assertThat(text(chinese, "description")).isEqualTo("更正后的数据（以此为准）：死亡人数 3；灰斗温度 75 °C\n灰斗温度 72 ℃");
        assertThat(parameters(chinese))
                .containsEntry("fengsui:revised:deaths", "3")
                .containsEntry("fengsui:revised:hopperTemperatureCelsius", "75");
        assertThat(text(children(update, "info").get(1), "description"))
                .startsWith("Corrected, in place of what follows: Deaths 3; Hopper temperature 75 °C\n");
    }

    @Test
    void shouldGoOnTellingCorrectedFiguresAndNotTheReasonOnceMore() {
        Alert first = after(null, raise(T0).build());
        publish(first);
        Alert revised =
                act(first, command(CommandAction.REVISE, "r").setNote("核实").setFigures(Map.of("deaths", "3")), 60);
        publish(revised);
        Alert worse = after(
                revised, raise(T0.plusSeconds(90)).setSeverity(Severity.II).build());
        Alert again = act(
                after(worse, clear(T0.plusSeconds(100)).build()),
                command(CommandAction.REVISE, "s").setNote("再核实").setFigures(Map.of("deaths", "4")),
                3_600);

        Element update = check.validated(publish(worse));
        Element end = check.validated(publish(again));

        assertThat(texts(update, "note")).isEmpty();
        assertThat(text(children(update, "info").get(0), "description")).contains("死亡人数 3");
        assertThat(text(end, "note")).isEqualTo("更正 Corrected: 死亡人数 Deaths 4 — 再核实");
        assertThat(text(children(end, "info").get(0), "description")).contains("死亡人数 4");
    }

    @Test
    void shouldTellTheReasonOfANewSeverityAndEachThatWaitedTogether() {
        Alert first = after(null, raise(T0).build());
        publish(first);
        Alert graded =
                act(first, command(CommandAction.REVISE, "r").setNote("升级").setSeverity(Severity.I), 60);
        Alert revised =
                act(graded, command(CommandAction.REVISE, "s").setNote("核实").setFigures(Map.of("deaths", "3")), 61);

        assertThat(text(check.validated(publish(revised)), "note"))
                .isEqualTo("更正 Corrected: 死亡人数 Deaths 3 — 核实 · 更正 Corrected: 升级");
    }

    @Test
    void shouldReachWhomTheAlertRoseToFromThenOn() {
        Alert first = after(null, raise(T0).build());
        Alert risen =
                act(act(first, command(CommandAction.ESCALATE, "a"), 60), command(CommandAction.ESCALATE, "b"), 90);

        CapMessage before = messages.next(first, log.index()).orElseThrow();
        assertThat(log.append(before)).isTrue();
        CapMessage update = messages.next(risen, log.index()).orElseThrow();

        assertThat(before.getUnitIds()).containsExactly("zhangpu", "work-safety");
        assertThat(update.getUnitIds()).containsExactly("zhangpu", "work-safety", "command");
        assertThat(parameters(children(check.validated(update.getCap().array()), "info")
                        .get(0)))
                .containsEntry("fengsui:command-level", "CITY");
    }

    private static Map<String, String> parameters(Element info) {
        Map<String, String> parameters = new HashMap<>();
        children(info, "parameter").forEach(one -> parameters.put(text(one, "valueName"), text(one, "value")));
        return parameters;
    }

    private static Alert act(Alert alert, AlertCommand.Builder command, int seconds) {
        return AlertLifecycle.apply(alert, command.build(), Plans.plan(), T0.plusSeconds(seconds))
                .changed()
                .orElseThrow();
    }

    @Test
    void shouldSayOfAnExerciseThatItIsOne() {
        Alert drill = after(
                null,
                raise(T0)
                        .setStatus(EventStatus.EXERCISE)
                        .setExercise("2026 秋季演练")
                        .build());

        Element alert = check.validated(publish(drill));

        assertThat(text(alert, "status")).isEqualTo("Exercise");
        assertThat(text(alert, "note")).isEqualTo("2026 秋季演练");
        assertThat(text(children(alert, "info").get(0), "headline")).startsWith("[演练]");
        assertThat(text(children(alert, "info").get(1), "headline")).startsWith("[EXERCISE]");
    }

    @ParameterizedTest
    @CsvSource({"WGS84,true", "GCJ02,true", "BD09,true", "UNKNOWN,false"})
    void shouldDrawACircleOnlyWhereTheDatumIsKnown(Datum datum, boolean drawn) {
        Alert alert = after(
                null,
                raise(T0)
                        .setSubject(Samples.subject("DC-0001")
                                .setPlace(Place.newBuilder()
                                        .setPoint(new GeoPoint(120.95, 31.39, datum))
                                        .build())
                                .build())
                        .build());

        Element area = children(
                        children(check.validated(publish(alert)), "info").get(0), "area")
                .get(0);

        assertThat(texts(area, "circle")).hasSize(drawn ? 1 : 0);
        if (datum == Datum.WGS84) {
            assertThat(text(area, "circle")).isEqualTo("31.39000,120.95000 0.5");
        }
    }

    @Test
    void shouldSayNothingOfWhatWasOverBeforeAnybodyHeardOfIt() {
        Alert over =
                after(after(null, raise(T0).build()), clear(T0.plusSeconds(1)).build());

        assertThat(messages.next(over, log.index())).isEmpty();
    }

    @Test
    void shouldMakeTheSameBytesOfTheSameRevision() {
        Alert first = after(null, raise(T0).build());
        Alert worse =
                after(first, raise(T0.plusSeconds(60)).setSeverity(Severity.II).build());
        publish(first);

        assertThat(messages.next(worse, log.index())).isEqualTo(messages().next(worse, log.index()));
    }

    @Test
    void shouldReachWhoeverGotTheFirstWhenTheUnitChanges() {
        Alert first = after(null, raise(T0).build());
        publish(first);
        Alert moved = Alert.newBuilder(after(
                        first,
                        raise(T0.plusSeconds(60)).setSeverity(Severity.II).build()))
                .setSubject(Samples.subject("DC-0001")
                        .setUnitIds(List.of("huaqiao"))
                        .build())
                .build();

        CapMessage update = messages.next(moved, log.index()).orElseThrow();

        assertThat(update.getUnitIds()).contains("huaqiao", "zhangpu", "work-safety");
    }

    @Test
    void shouldBoundTheReferencesAndKeepTheFirst() {
        Alert alert = after(null, raise(T0).build());
        publish(alert);
        String first = log.index().page(entry -> true, null, 1).get(0).identifier();
        for (int i = 1; i < 300; i++) {
            alert = after(
                    alert,
                    raise(T0.plusSeconds(i))
                            .setSeverity(i % 2 == 0 ? Severity.III : Severity.II)
                            .build());
            publish(alert);
        }

        byte[] last = messages.next(after(alert, clear(T0.plusSeconds(999)).build()), log.index())
                .orElseThrow()
                .getCap()
                .array();

        String[] references = text(check.validated(last), "references").split(" ");
        assertThat(references).hasSize(CapIndex.MOST_REFERENCES);
        assertThat(references[0]).contains(first);
    }

    private byte[] publish(Alert alert) {
        CapMessage message = messages.next(alert, log.index()).orElseThrow();
        assertThat(message.getMessageType()).isNotEqualTo(CapMessageType.UNKNOWN);
        assertThat(log.append(message)).isTrue();
        return message.getCap().array();
    }

    private static Alert after(@Nullable Alert alert, AlertSignal signal) {
        Instant now = signal.getSignalledAt();
        return AlertLifecycle.apply(alert, signal, now).changed().orElseThrow();
    }
}
