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

/** Reads one rule of a file. */
final class RuleReader {
    static final Set<String> KEYS = RuleCompiler.ordered(
            "id",
            "subject",
            "title",
            "when",
            "severity",
            "clear",
            "absent",
            "overdue",
            "case",
            "explanation",
            "runbook");
    static final Set<String> FLAG_KEYS = RuleCompiler.ordered("id", "zh", "en", "when");
    private static final Set<String> STEP_KEYS = RuleCompiler.ordered("when", "until", "is");
    private static final Set<String> OVERDUE_KEYS = RuleCompiler.ordered("starts", "ends", "within");
    private static final Set<String> EXTRAS = Set.of("case", "since", "elapsed", "within");
    private static final Map<String, SubjectKind> SUBJECTS =
            Map.of("device", SubjectKind.DEVICE, "gateway", SubjectKind.GATEWAY, "incident", SubjectKind.INCIDENT);
    private static final Pattern SPAN =
            Pattern.compile("(?:param\\.(?<param>\\w+)|(?<number>\\d+(?:\\.\\d+)?))\\s+(?<unit>\\w+)");

    /** Value of {@code clear} for alerts that only people end. */
    private static final String MANUAL = "manual";

    private final RuleDocument document;
    private final Variables variables;
    private final Map<String, Words> words;
    private final Map<String, Param> params;
    private final ConditionCompiler expressions;

    RuleReader(RuleDocument document, Variables variables, Map<String, Words> words, Map<String, Param> params) {
        this.document = document;
        this.variables = variables;
        this.words = words;
        this.params = params;
        this.expressions = new ConditionCompiler(document, variables);
    }

    /** Null if it is wrong; the document has the problems then. */
    @Nullable
    Rule read(RuleSection rule) {
        ScalarNode id = id(rule);
        Words title = rule.requiredWords("title");
        Words runbook = rule.requiredWords("runbook");
        Trigger trigger = trigger(rule);
        Condition caseBy = expressions.text(rule.text("case"));
        boolean events = rule.get("absent") == null && rule.get("overdue") == null;
        RuleSection explanation = rule.requiredSection("explanation", RuleCompiler.ordered("zh", "en"));
        Template zh = template(explanation, "zh", Template.Language.ZH, events);
        Template en = template(explanation, "en", Template.Language.EN, events);
        SubjectKind subject = subject(rule);
        if (subject == SubjectKind.INCIDENT) {
            checkIncident(rule);
        }
        if (id == null || title == null || runbook == null || trigger == null || zh == null || en == null) {
            return null;
        }
        return new Rule(id.getValue(), subject, title, trigger, caseBy, zh, en, runbook);
    }

    /** Null if it is wrong; the document has the problems then. */
    @Nullable
    Flag readFlag(RuleSection flag) {
        ScalarNode id = id(flag);
        Words title = flag.words();
        Condition when = expressions.condition(flag.requiredText("when"));
        return id == null || title == null || when == null ? null : new Flag(id.getValue(), title, when);
    }

    private @Nullable ScalarNode id(RuleSection section) {
        ScalarNode id = section.requiredText("id");
        if (id != null && !id.getValue().matches("[a-z0-9][a-z0-9-]*")) {
            document.problem(id, "id: expected lower-case letters, digits and '-', found '" + id.getValue() + "'");
        }
        return id;
    }

    private SubjectKind subject(RuleSection rule) {
        ScalarNode text = rule.text("subject");
        if (text == null) {
            return SubjectKind.DEVICE;
        }
        SubjectKind kind = SUBJECTS.get(text.getValue());
        if (kind == null) {
            document.problem(text, "subject: expected device, gateway or incident, found '" + text.getValue() + "'");
            return SubjectKind.DEVICE;
        }
        return kind;
    }

    /** An incident is known by its number, and what ends it is a matter of people: no event stands for all of its sources. */
    private void checkIncident(RuleSection rule) {
        ScalarNode clear = rule.text("clear");
        if (clear == null || !clear.getValue().equals(MANUAL)) {
            document.problem(rule.node(), "subject: incident needs 'clear: manual'");
        }
        rule.requiredText("case");
    }

    private @Nullable Trigger trigger(RuleSection rule) {
        if (rule.get("absent") != null) {
            refuse(rule, "absent", "when", "clear", "overdue", "case");
            Span after = span(rule.text("absent"), "absent");
            List<Trigger.Step> steps = steps(rule, true);
            return after == null || steps.isEmpty() ? null : new Trigger.Absence(after, steps);
        }
        if (rule.get("overdue") != null) {
            refuse(rule, "overdue", "when", "clear");
            return overdue(rule);
        }
        List<Trigger.Step> steps = steps(rule, false);
        ScalarNode clear = rule.text("clear");
        if (clear != null && clear.getValue().equals(MANUAL)) {
            if (SUBJECTS.get(rule.textOr("subject", "device")) != SubjectKind.INCIDENT) {
                refuse(rule, "clear: manual", "case");
            }
            return steps.isEmpty() ? null : new Trigger.Report(steps);
        }
        Condition ends = expressions.condition(clear);
        return steps.isEmpty() ? null : new Trigger.Threshold(steps, ends);
    }

    private @Nullable Trigger overdue(RuleSection rule) {
        RuleSection overdue = rule.requiredSection("overdue", OVERDUE_KEYS);
        Severity severity = severity(rule.requiredText("severity"), "severity");
        if (overdue == null) {
            return null;
        }
        Condition starts = expressions.condition(overdue.requiredText("starts"));
        Condition ends = expressions.condition(overdue.requiredText("ends"));
        Span within = span(overdue.requiredText("within"), "within");
        if (starts == null || ends == null || within == null || severity == null) {
            return null;
        }
        if (within.unit() == Span.Unit.HEARTBEATS) {
            document.problem(rule.node(), "within: expected s, min or h");
        }
        return new Trigger.Overdue(starts, ends, within, severity);
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
            return steps;
        }
        Severity only = severity(rule.requiredText("severity"), "severity");
        Condition when =
                absence ? expressions.condition(always(rule)) : expressions.condition(rule.requiredText("when"));
        if (only != null && when != null) {
            steps.add(new Trigger.Step(when, null, only));
        }
        return steps;
    }

    private void add(List<Trigger.Step> steps, RuleSection section) {
        Condition when = expressions.condition(section.requiredText("when"));
        Condition until = expressions.condition(section.text("until"));
        Severity severity = severity(section.requiredText("is"), "is");
        if (when == null || severity == null) {
            return;
        }
        if (!steps.isEmpty() && steps.get(steps.size() - 1).severity().compareTo(severity) >= 0) {
            document.problem(section.node(), "severity: expected the gravest first and each severity once");
        }
        steps.add(new Trigger.Step(when, until, severity));
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
                key + ": expected a number or param.<name> and one of heartbeats, s, min, h, such as '30 min'; found '"
                        + text.getValue() + "'");
        return null;
    }

    private @Nullable Template template(
            @Nullable RuleSection section, String key, Template.Language language, boolean events) {
        ScalarNode text = section == null ? null : section.requiredText(key);
        if (text == null) {
            return null;
        }
        for (String name : Template.placeholders(text.getValue())) {
            int at = text.getValue().codePointCount(0, text.getValue().indexOf("{" + name + "}")) + 1;
            if (variables.isPersonal(name)) {
                document.problem(text, at, "{" + name + "}" + Variables.NO_PERSONAL_DATA);
            } else if (variables.find(name) == null && !EXTRAS.contains(name)) {
                document.problem(text, at, "there is no {" + name + "} to fill in");
            } else if (name.startsWith("event.") && !events) {
                document.problem(text, at, "{" + name + "}: there is no event when a deadline passes");
            }
        }
        return new Template(text.getValue().strip().replaceAll("\\s*\\n\\s*", ""), language, variables, words);
    }
}
