package io.fengsui.streams.rule;

import io.fengsui.alert.SubjectKind;
import io.fengsui.schema.feed.Feed;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

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
            "for",
            "times",
            "within",
            "across",
            "case",
            "applies",
            "schedule",
            "rise",
            "suppress",
            "explanation",
            "runbook");
    static final Set<String> FLAG_KEYS = RuleCompiler.ordered("id", "zh", "en", "when");
    private static final Set<String> EXTRAS = Set.of("case", "since", "elapsed", "within", "count", "devices", "group");
    static final Map<String, SubjectKind> SUBJECTS =
            Map.of("device", SubjectKind.DEVICE, "gateway", SubjectKind.GATEWAY, "incident", SubjectKind.INCIDENT);
    /** Value of {@code clear} for alerts that only people end. */
    static final String MANUAL = "manual";

    private final RuleDocument document;
    private final Variables variables;
    private final Map<String, Words> words;
    private final ConditionCompiler expressions;
    private final TriggerReader triggers;
    private final ScopeReader scopes;
    private final String version;

    RuleReader(
            RuleDocument document, Feed<?> feed, Map<String, Words> words, Map<String, Param> params, String version) {
        this.document = document;
        this.variables = Variables.of(feed, params.values());
        this.words = words;
        this.expressions = new ConditionCompiler(document, variables);
        this.triggers = new TriggerReader(document, variables, expressions, params);
        this.scopes = new ScopeReader(document, feed, variables, expressions, triggers);
        this.version = version;
    }

    /** Null if it is wrong; the document has the problems then. */
    @Nullable
    Rule read(RuleSection rule) {
        ScalarNode id = id(rule);
        Words title = rule.requiredWords("title");
        Words runbook = rule.requiredWords("runbook");
        Trigger trigger = triggers.read(rule);
        Condition caseBy = expressions.text(rule.text("case"));
        Scope scope = scopes.read(rule);
        boolean events = rule.get("absent") == null && rule.get("overdue") == null && rule.get("across") == null;
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
        Rule read = new Rule(id.getValue(), subject, title, trigger, caseBy, zh, en, runbook, scope, version);
        if (scope.rise() == null && read.names().contains(Variables.RISE)) {
            document.problem(rule.node(), "'rise' is missing: it says which reading rises, and within which time");
        }
        return read;
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
