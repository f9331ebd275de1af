package io.fengsui.standalone.rules;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertText;
import io.fengsui.event.Severity;
import io.fengsui.reference.Parameter;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Moment;
import io.fengsui.standalone.letters.Printable;
import io.fengsui.streams.rule.Param;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleSet;
import io.fengsui.streams.rule.Trigger;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why there is an alert, in words: its rule and version, what the rule saw, the thresholds with where they are from, and what
 * would end it. Thresholds are told as the alert names them; what has changed since is said.
 */
public final class AlertExplanation {
    private static final String PARAM = "param.";
    private static final Pattern PARAMETERS = Pattern.compile("param\\.(\\w+)");

    private final Language language;
    private final Alert alert;
    private final @Nullable RuleSet rules;
    private final @Nullable Rule rule;
    private final ParameterOrigin origin;

    /** @param rules in force now for the alert's feed; null: none */
    public AlertExplanation(Language language, Alert alert, @Nullable RuleSet rules, ParameterOrigin origin) {
        this.language = language;
        this.alert = alert;
        this.rules = rules;
        this.rule = rules == null ? null : rules.rule(alert.getRuleId()).orElse(null);
        this.origin = origin;
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Printable.of(alert.getAlertId()) + "  " + state() + ", " + severity(alert.getSeverity()));
        line(lines, "标题", "Title", text(alert.getTitle()));
        line(lines, "为什么", "Why", text(alert.getExplanation()));
        line(lines, "规则", "Rule", ruleText());
        if (rule != null) {
            line(lines, "条件", "Condition", filled(rule.conditionText()));
            if (rule.severities().size() > 1) {
                line(lines, "级别", "Severity", filled(rule.severityText()));
            }
        }
        line(lines, "读数", "Values", readings());
        thresholds(lines);
        line(lines, "事件", "Event", event());
        line(lines, "何时结束", "Ends", ends());
        line(lines, "何时被抑制", "Suppressed", String.join(", ", alert.getSuppressions()));
        return lines;
    }

    private String state() {
        String since = Moment.shown(alert.getStartedAt());
        String ended = alert.getEndedAt() == null ? "" : Moment.shown(alert.getEndedAt());
        return switch (alert.getState()) {
            case FIRING -> say("未确认，始于 " + since, "firing since " + since);
            case ACKNOWLEDGED ->
                say(
                        alert.getAcknowledgedBy() + " 已确认，始于 " + since,
                        "acknowledged by " + alert.getAcknowledgedBy() + ", since " + since);
            case RESOLVED -> say("已解除，" + since + " 至 " + ended, "resolved, " + since + " to " + ended);
            case CANCELLED -> say("已取消，" + since + " 至 " + ended, "cancelled, " + since + " to " + ended);
            default -> alert.getState().name();
        };
    }

    private String severity(Severity severity) {
        return switch (severity) {
            case I -> say("I 特别重大（红）", "I (red)");
            case II -> say("II 重大（橙）", "II (orange)");
            case III -> say("III 较大（黄）", "III (yellow)");
            case IV -> say("IV 一般（蓝）", "IV (blue)");
            default -> severity.name();
        };
    }

    private String ruleText() {
        String named = alert.getRuleId() + ", " + say("版本 ", "version ") + alert.getRuleVersion();
        if (rules == null || rule == null) {
            return named
                    + say(
                            alert.getFeed().isEmpty() ? "：内置，不在规则文件中" : "：现行规则中已没有它",
                            alert.getFeed().isEmpty()
                                    ? ": built in, of no rule file"
                                    : ": the rules in force have it no more");
        }
        String file = say("，", " of ") + rules.file();
        return rules.version().equals(alert.getRuleVersion())
                ? named + file + say("，现行", ", in force")
                : named
                        + file
                        + say(
                                "；现行版本为 " + rules.version() + "，以下条件以现行版本为准",
                                "; version " + rules.version() + " is in force now, and the conditions below are its");
    }

    /** In words, where the signal had any. */
    private String readings() {
        if (!alert.getFigures().isEmpty()) {
            return alert.getFigures().stream()
                    .filter(figure -> !figure.getName().startsWith(PARAM))
                    .map(figure -> text(figure.getText()))
                    .collect(Collectors.joining(say("，", ", ")));
        }
        return new TreeMap<>(alert.getValues())
                .entrySet().stream()
                        .filter(value -> !value.getKey().startsWith(PARAM))
                        .map(value -> Printable.of(value.getKey() + " = " + value.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private void thresholds(List<String> lines) {
        if (rules == null || rule == null) {
            return;
        }
        String heading = say("阈值", "Thresholds");
        Matcher names = PARAMETERS.matcher(rule.conditionText() + " " + rule.severityText() + " " + rule.clearText());
        for (String name :
                names.results().map(found -> found.group(1)).distinct().toList()) {
            Param param = rules.params().get(name);
            if (param != null) {
                lines.add(Printable.pad(heading, 12) + threshold(param));
                heading = "";
            }
        }
    }

    private String threshold(Param param) {
        Parameter row = origin.find(param).orElse(null);
        String now = number(row == null ? param.defaultValue() : Double.valueOf(row.getValue()));
        String then = alert.getValues().get(PARAM + param.name());
        String from = row == null
                ? say(
                        param.defaultValue() == null ? "未设定" : "规则文件默认值",
                        param.defaultValue() == null ? "not set" : "default of the rule file")
                : scope(row) + (row.getSource().isBlank() ? "" : say("；来源：", "; source: ") + row.getSource());
        String value = then == null || then.equals(now)
                ? now + unit(param)
                : then + unit(param) + say("，现为 ", ", now ") + now + unit(param);
        return say(param.title().zh(), param.title().en()) + " (" + param.name() + "): " + value + "  [" + from + "]";
    }

    private String scope(Parameter row) {
        return switch (row.getScope()) {
            case DEVICE -> say("设备 ", "device ") + row.getId();
            case SITE -> say("场所 ", "site ") + row.getId();
            case UNIT -> say("区镇 ", "unit ") + row.getId();
            default -> say("全市", "city");
        };
    }

    private String event() {
        if (alert.getLastEventId() == null) {
            return say(
                    "无：到期时没有等到消息（" + Moment.shown(alert.getEventTime()) + "）",
                    "none: nothing came by the deadline (" + Moment.shown(alert.getEventTime()) + ")");
        }
        return Printable.of(alert.getLastEventId())
                + (alert.getReceivedAt() == null
                        ? ""
                        : say("，收到于 ", ", received ") + Moment.shown(alert.getReceivedAt()));
    }

    private String ends() {
        if (alert.getState() == AlertState.RESOLVED || alert.getState() == AlertState.CANCELLED) {
            return say("已经结束", "it has ended");
        }
        if (rule == null) {
            return say("由规则引擎或值班员结束", "by the streams app, or by people");
        }
        if (rule.trigger() instanceof Trigger.Report || rule.trigger() instanceof Trigger.Group) {
            return say("只能由值班员解除或取消", "only when a duty officer resolves or cancels it");
        }
        if (rule.trigger() instanceof Trigger.Absence) {
            return say("设备发来任何消息即结束", "with any message of the device");
        }
        String when = filled(rule.clearText());
        return say("当 " + when + " 时结束；也可由值班员解除", "when " + when + "; or by a duty officer");
    }

    /** A condition with the values that its parameters have now behind their names. */
    private String filled(String condition) {
        return PARAMETERS.matcher(condition).replaceAll(found -> {
            Param param = rules == null ? null : rules.params().get(found.group(1));
            Double value = param == null
                    ? null
                    : origin.find(param)
                            .map(row -> Double.valueOf(row.getValue()))
                            .orElse(param.defaultValue());
            return Matcher.quoteReplacement(
                    found.group() + (param == null ? "" : " (" + number(value) + unit(param) + ")"));
        });
    }

    private String number(@Nullable Double value) {
        return value == null
                ? say("未设定", "not set")
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String unit(Param param) {
        return param.unit().isEmpty() ? "" : " " + param.unit();
    }

    private String text(AlertText text) {
        return Printable.of(say(text.getZh(), text.getEn()));
    }

    private void line(List<String> lines, String zh, String en, String text) {
        if (!text.isEmpty()) {
            lines.add(Printable.pad(say(zh, en), 12) + text);
        }
    }

    private String say(String zh, String en) {
        return language.say(zh, en);
    }
}
