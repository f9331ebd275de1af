package io.fengsui.streams.rule;

import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads what makes a rule speak: steps, clocks, repetitions. */
final class TriggerReader {
    private static final Set<String> STEP_KEYS = RuleCompiler.ordered("when", "after", "until", "is");
    private static final Set<String> OVERDUE_KEYS = RuleCompiler.ordered("starts", "ends", "within");
    private static final Pattern SPAN =
            Pattern.compile("(?:param\\.(?<param>\\w+)|(?<number>\\d+(?:\\.\\d+)?))\\s+(?<unit>\\w+)");
    private static final Pattern TIMES = Pattern.compile("param\\.(?<param>\\w+)|(?<number>\\d{1,4})");

    private final RuleDocument document;
    private final ConditionCompiler expressions;
    private final Map<String, Param> params;
    private final Contradictions contradictions;

    TriggerReader(
            RuleDocument document, Variables variables, ConditionCompiler expressions, Map<String, Param> params) {
        this.document = document;
        this.expressions = expressions;
        this.params = params;
        this.contradictions = new Contradictions(variables, params);
    }

    /** Null if it is wrong; the document has the problems then. */
    @Nullable
    Trigger read(RuleSection rule) {
        if (rule.get("absent") != null) {
            refuse(rule, "absent", "when", "clear", "overdue", "case", "for", "times", "within", "across");
            Span after = span(rule.text("absent"), "absent");
            List<Trigger.Step> steps = steps(rule, true);
            return after == null || steps.isEmpty() ? null : new Trigger.Absence(after, steps);
        }
        if (rule.get("overdue") != null) {
            refuse(rule, "overdue", "when", "clear", "for", "times", "within", "across");
            return overdue(rule);
        }
        List<Trigger.Step> steps = steps(rule, false);
        Repetition repetition = repetition(rule);
        ScalarNode clear = rule.text("clear");
        if (clear != null && clear.getValue().equals(RuleReader.MANUAL)) {
            if (rule.get("across") != null) {
                return group(rule, steps, repetition);
            }
            boolean incident = RuleReader.SUBJECTS.get(rule.textOr("subject", "device")) == SubjectKind.INCIDENT;
            if (!incident && repetition == null) {
                refuse(rule, "clear: manual", "case");
            }
            refuse(rule, "clear: manual", "for");
            if (incident) {
                refuse(rule, "subject: incident", "times");
            }
            refuseAfter(rule, "clear: manual", steps);
            return steps.isEmpty() ? null : new Trigger.Report(steps, repetition);
        }
        if (rule.get("across") != null) {
            document.problem(rule.node(), "across needs 'clear: manual'");
            return null;
        }
        if (repetition != null) {
            refuse(rule, "times", "for", "case");
            refuseAfter(rule, "times", steps);
        }
        Condition ends = expressions.condition(clear);
        if (clear != null && ends != null) {
            List<Condition> begins = steps.stream()
                    .filter(step -> step.after() == null)
                    .map(Trigger.Step::when)
                    .toList();
            contradictions
                    .overlap(ends, begins)
                    .ifPresent(found -> document.problem(
                            clear, "clear: is true where the alert begins, for example where " + found));
        }
        Span held = clock(rule.text("for"), "for");
        return steps.isEmpty() ? null : new Trigger.Threshold(steps, ends, held, repetition);
    }

    private @Nullable Trigger overdue(RuleSection rule) {
        RuleSection overdue = rule.requiredSection("overdue", OVERDUE_KEYS);
        Severity severity = severity(rule.requiredText("severity"), "severity");
        if (overdue == null) {
            return null;
        }
        Condition starts = expressions.condition(overdue.requiredText("starts"));
        Condition ends = expressions.condition(overdue.requiredText("ends"));
        Span within = clock(overdue.requiredText("within"), "within");
        if (starts == null || ends == null || within == null || severity == null) {
            return null;
        }
        return new Trigger.Overdue(starts, ends, within, severity);
    }

    private @Nullable Trigger group(RuleSection rule, List<Trigger.Step> steps, @Nullable Repetition repetition) {
        ScalarNode text = rule.text("across");
        refuse(rule, "across", "for", "subject");
        refuseAfter(rule, "across", steps);
        if (rule.get("times") == null) {
            rule.requiredText("times");
        }
        if (text == null || repetition == null || steps.isEmpty()) {
            return null;
        }
        Across across =
                switch (text.getValue()) {
                    case "unit" -> new Across(SubjectKind.UNIT, null);
                    case "site" -> new Across(SubjectKind.SITE, null);
                    default -> {
                        Condition expression = expressions.text(text);
                        yield expression == null ? null : new Across(SubjectKind.GROUP, expression);
                    }
                };
        return across == null ? null : new Trigger.Group(steps, repetition, across);
    }

    /** Null without {@code times}, or if it is wrong. */
    private @Nullable Repetition repetition(RuleSection rule) {
        if (rule.get("times") == null) {
            if (rule.get("within") != null) {
                rule.requiredText("times");
            }
            return null;
        }
        ScalarNode times = rule.text("times");
        Span within = clock(rule.requiredText("within"), "within");
        Matcher matcher = times == null ? null : TIMES.matcher(times.getValue());
        if (times == null || matcher == null || within == null) {
            return null;
        }
        String name = matcher.matches() ? matcher.group("param") : null;
        Param param = name == null ? null : params.get(name);
        if (name != null && param == null) {
            document.problem(times, "times: there is no param." + name);
            return null;
        }
        double least =
                !matcher.matches() ? 0 : param == null ? Double.parseDouble(matcher.group("number")) : param.min();
        double most = !matcher.matches() ? 0 : param == null ? least : param.max();
        if (least < 2 || most > Repetition.LIMIT) {
            document.problem(
                    times,
                    "times: expected a number or a param.<name> whose range is from 2 to " + Repetition.LIMIT
                            + ", found '" + times.getValue() + "'");
            return null;
        }
        return new Repetition(param == null ? least : null, param, within);
    }

    private void refuseAfter(RuleSection rule, String beside, List<Trigger.Step> steps) {
        if (steps.stream().anyMatch(step -> step.after() != null)) {
            Node severity = rule.get("severity");
            document.problem(severity == null ? rule.node() : severity, "'after' has no place beside '" + beside + "'");
        }
    }

    private void refuse(RuleSection rule, String beside, String... keys) {
        for (String key : keys) {
            Node value = rule.get(key);
            if (value != null) {
                document.problem(value, "'" + key + "' has no place beside '" + beside + "'");
            }
        }
    }

    private List<Trigger.Step> steps(RuleSection rule, boolean absence) {
        Node severity = rule.get("severity");
        List<Trigger.Step> steps = new ArrayList<>();
        if (severity instanceof SequenceNode) {
            refuse(rule, "severity steps", "when");
            for (RuleSection step : rule.requiredSections("severity", STEP_KEYS)) {
                add(steps, step);
            }
            checkReachable(rule, steps);
            if (absence) {
                refuseAfter(rule, "absent", steps);
            } else if (!steps.isEmpty() && steps.get(steps.size() - 1).after() != null) {
                document.problem(severity, "severity: the last step has no 'after', since an alert begins with it");
            }
            return steps;
        }
        Severity only = severity(rule.requiredText("severity"), "severity");
        Condition when =
                absence ? expressions.condition(always(rule)) : expressions.condition(rule.requiredText("when"));
        if (only != null && when != null) {
            steps.add(new Trigger.Step(when, null, null, only));
        }
        return steps;
    }

    private void checkReachable(RuleSection rule, List<Trigger.Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            List<Condition> graver = steps.subList(0, i).stream()
                    .filter(step -> step.after() == null)
                    .map(Trigger.Step::when)
                    .toList();
            Node severity = rule.get("severity");
            if (severity != null && contradictions.isHidden(steps.get(i).when(), graver)) {
                document.problem(
                        severity,
                        "severity: step " + steps.get(i).severity()
                                + (i == 0
                                        ? " is never true"
                                        : " is never reached: a graver one is true wherever it is"));
            }
        }
    }

    private void add(List<Trigger.Step> steps, RuleSection section) {
        Condition when = expressions.condition(section.requiredText("when"));
        Condition until = expressions.condition(section.text("until"));
        Span after = clock(section.text("after"), "after");
        Severity severity = severity(section.requiredText("is"), "is");
        if (when == null || severity == null) {
            return;
        }
        if (!steps.isEmpty() && steps.get(steps.size() - 1).severity().compareTo(severity) >= 0) {
            document.problem(section.node(), "severity: expected the gravest first and each severity once");
        }
        steps.add(new Trigger.Step(when, until, after, severity));
    }

    /** A node that stands for "true" at the place of the rule. */
    private static ScalarNode always(RuleSection rule) {
        return new ScalarNode(
                Tag.STR, "true", rule.node().getStartMark(), rule.node().getEndMark(), ScalarStyle.PLAIN);
    }

    private @Nullable Severity severity(@Nullable ScalarNode text, String key) {
        if (text == null) {
            return null;
        }
        for (Severity severity : Severity.values()) {
            if (severity != Severity.UNKNOWN && severity.name().equals(text.getValue())) {
                return severity;
            }
        }
        document.problem(text, key + ": expected I, II, III or IV, found '" + text.getValue() + "'");
        return null;
    }

    /** A length of time that counts no heartbeats. */
    @Nullable
    Span clock(@Nullable ScalarNode text, String key) {
        Span span = span(text, key);
        if (text != null && span != null && span.unit() == Span.Unit.HEARTBEATS) {
            document.problem(text, key + ": expected s, min, h or d");
        }
        return span;
    }

    private @Nullable Span span(@Nullable ScalarNode text, String key) {
        if (text == null) {
            return null;
        }
        Matcher matcher = SPAN.matcher(text.getValue());
        if (matcher.matches()) {
            String name = matcher.group("param");
            Param param = name == null ? null : params.get(name);
            if (name != null && param == null) {
                document.problem(text, key + ": there is no param." + name);
                return null;
            }
            for (Span.Unit unit : Span.Unit.values()) {
                if (unit.word().equals(matcher.group("unit"))) {
                    return new Span(name == null ? Double.valueOf(matcher.group("number")) : null, param, unit);
                }
            }
        }
        document.problem(
                text,
                key
                        + ": expected a number or param.<name> and one of heartbeats, s, min, h, d, such as '30 min'; found '"
                        + text.getValue() + "'");
        return null;
    }
}
