package io.fengsui.standalone.exercise;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertText;
import io.fengsui.alerting.lifecycle.Reporting.Owed;
import io.fengsui.alerting.lifecycle.Reporting.Standing;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.standalone.exercise.Evaluation.Judged;
import io.fengsui.standalone.exercise.Evaluation.Line;
import io.fengsui.standalone.exercise.Evaluation.Step;
import io.fengsui.standalone.exercise.Evaluation.UnitSum;
import io.fengsui.standalone.exercise.Evaluation.Verdict;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What an evaluation says, in one language; lines for a terminal, and the words that its page has, too. */
public final class EvaluationText {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(DeviceTime.SHANGHAI);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(DeviceTime.SHANGHAI);

    private final Language language;
    private final UnaryOperator<String> unitName;

    /** @param unitName of a unit or department, in the language; its id where there is none */
    public EvaluationText(Language language, UnaryOperator<String> unitName) {
        this.language = language;
        this.unitName = unitName;
    }

    /** Lines for a terminal. */
    public String of(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        line(text, say("演练评估：", "Evaluation: ") + evaluation.plan().name());
        line(text, "  " + span(evaluation) + say("，组织人 ", ", led by ") + evaluation.leader());
        evaluation.broken().ifPresent(why -> line(text, "  " + say("提前结束：", "Ended before its time: ") + why));
        line(text, "");
        line(text, say("预期处置", "Expected") + "  " + expectedSum(evaluation));
        for (Judged judged : evaluation.judged()) {
            line(
                    text,
                    "  " + verdict(judged.verdict()) + "  "
                            + words(judged.reaction().words()) + deed(judged));
        }
        line(text, "");
        line(text, say("告警", "Alerts") + "  " + evaluation.lines().size());
        for (Line alert : evaluation.lines()) {
            line(text, "  " + heading(alert.alert()));
            facts(alert).forEach(fact -> line(text, "      " + fact));
        }
        line(text, "");
        line(text, say("按单位", "By unit"));
        evaluation.units().forEach(unit -> line(text, "  " + unit(unit)));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(Printable.of(line)).append(System.lineSeparator());
    }

    String say(String zh, String en) {
        return language.say(zh, en);
    }

    String words(AlertText text) {
        return say(text.getZh(), text.getEn());
    }

    String span(Evaluation evaluation) {
        return DAY.format(evaluation.begun()) + " – " + CLOCK.format(evaluation.ended());
    }

    String expectedSum(Evaluation evaluation) {
        return evaluation.judged().isEmpty()
                ? say("没有设定", "none was set")
                : say("达到 ", "met ")
                        + evaluation.count(Verdict.MET)
                        + say("，超时 ", ", late ")
                        + evaluation.count(Verdict.LATE)
                        + say("，未做 ", ", not done ")
                        + evaluation.count(Verdict.MISSED)
                        + say("，未到时限 ", ", not yet due ")
                        + evaluation.count(Verdict.OPEN)
                        + say("，告警未产生 ", ", without alert ")
                        + evaluation.count(Verdict.NO_ALERT);
    }

    String verdict(Verdict verdict) {
        return switch (verdict) {
            case MET -> say("达到", "met");
            case LATE -> say("超时", "late");
            case MISSED -> say("未做", "not done");
            case OPEN -> say("未到时限", "not yet due");
            case NO_ALERT -> say("告警未产生", "no alert");
        };
    }

    /** Who did it when; blank if nobody. */
    String deed(Judged judged) {
        Optional<Instant> raised = judged.line().map(line -> line.alert().getStartedAt());
        return judged.step()
                .map(step -> say("：", ": ") + step.actor() + " " + CLOCK.format(step.at())
                        + raised.map(at -> say("，用时 ", ", after ") + took(Duration.between(at, step.at())))
                                .orElse(""))
                .orElse("");
    }

    String heading(Alert alert) {
        return alert.getSeverity() + "  " + words(alert.getTitle()) + say("：", ": ")
                + alert.getSubject().getName() + "  (" + alert.getAlertId() + ")";
    }

    /** What became of an alert, a line a station. */
    List<String> facts(Line line) {
        Alert alert = line.alert();
        return List.of(
                say("产生 ", "raised ") + CLOCK.format(alert.getStartedAt()) + say("，值班台 ", ", console ")
                        + after(alert, line.account().shownAt()) + say("，单位主题 ", ", readers ")
                        + line.reachedAt().map(at -> after(alert, at)).orElse(say("未到达", "never"))
                        + " (" + line.account().reachedAt().size() + say(" 个主题)", " topics)"),
                say("确认 ", "acknowledged ")
                        + line.acknowledged()
                                .map(step -> step.actor() + " " + CLOCK.format(step.at()) + say("，用时 ", ", after ")
                                        + took(Duration.between(alert.getStartedAt(), step.at())))
                                .orElse(say("无人确认", "by nobody")),
                say("升级 ", "escalated ")
                        + (line.escalations().isEmpty()
                                ? say("无", "no")
                                : line.escalations().stream()
                                        .map(step -> level(step) + " " + CLOCK.format(step.at()))
                                        .collect(Collectors.joining(", "))),
                say("信息报告 ", "reports ") + reports(line),
                say("结束 ", "over ")
                        + line.over()
                                .map(step -> CLOCK.format(step.at()) + " " + step.actor())
                                .orElse(say("演练结束时仍未解除", "open when the exercise ended")));
    }

    private String level(Step step) {
        return switch (step.what()) {
            case "DEPARTMENT" -> say("部门", "department");
            case "CITY" -> say("市级", "city");
            default -> step.what();
        };
    }

    private String reports(Line line) {
        return line.reports().isEmpty()
                ? say("无须报告", "none owed")
                : line.reports().stream()
                        .map(owed -> words(owed.report().title()) + " " + standing(owed))
                        .collect(Collectors.joining(say("；", "; ")));
    }

    private String standing(Owed owed) {
        String due =
                owed.due().map(at -> say("，时限 ", ", due ") + CLOCK.format(at)).orElse("");
        Standing standing = owed.standing();
        return switch (standing) {
                    case OPEN -> say("未到时限", "not yet due");
                    case MISSED -> say("逾期未报", "missed");
                    case MET -> say("按时", "in time");
                    case LATE -> say("迟报", "late");
                    case WAITING -> say("待前一报告", "waits for another report");
                }
                + due;
    }

    String unit(UnitSum unit) {
        return unitName.apply(unit.unitId())
                + say("：告警 ", ": alerts ")
                + unit.alerts()
                + say("，确认 ", ", acknowledged ")
                + unit.acknowledged()
                + unit.mean()
                        .map(mean -> say("（平均 ", " (mean ")
                                + took(mean)
                                + say("，最慢 ", ", slowest ")
                                + took(unit.slowest().orElse(mean))
                                + say("）", ")"))
                        .orElse("")
                + say("，升级 ", ", escalated ")
                + unit.escalated()
                + say("，结束 ", ", over ")
                + unit.ended()
                + say("，报告按时 ", ", reports in time ")
                + unit.met()
                + say("、逾期 ", ", overdue ")
                + unit.missed();
    }

    String name(String unitId) {
        return unitName.apply(unitId);
    }

    String took(Duration span) {
        Duration shown = span.isNegative() ? Duration.ZERO : span;
        return say(Spans.zh(shown), Spans.en(shown));
    }

    private String after(Alert alert, Instant at) {
        double seconds = Math.max(0, Duration.between(alert.getStartedAt(), at).toMillis()) / 1000.0;
        return String.format(Locale.ROOT, "+%.1f s", seconds);
    }
}
