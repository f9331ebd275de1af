package io.fengsui.streams.rule;

import dev.cel.common.types.SimpleType;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads where and when a rule is in force, and what suppresses it. */
final class ScopeReader {
    private static final Set<String> RISE_KEYS = RuleCompiler.ordered("of", "within");

    private final RuleDocument document;
    private final Feed<?> feed;
    private final Variables variables;
    private final ConditionCompiler expressions;
    private final TriggerReader triggers;
    private final ScheduleReader schedules;

    ScopeReader(
            RuleDocument document,
            Feed<?> feed,
            Variables variables,
            ConditionCompiler expressions,
            TriggerReader triggers) {
        this.document = document;
        this.feed = feed;
        this.variables = variables;
        this.expressions = expressions;
        this.triggers = triggers;
        this.schedules = new ScheduleReader(document);
    }

    Scope read(RuleSection rule) {
        return new Scope(applies(rule), schedules.read(rule), rise(rule), suppressions(rule));
    }

    private @Nullable Condition applies(RuleSection rule) {
        ScalarNode text = rule.text("applies");
        Condition applies = expressions.condition(text);
        if (text != null && applies != null) {
            applies.names().stream()
                    .filter(name -> name.startsWith("event.") || name.equals(Variables.RISE))
                    .forEach(name ->
                            document.problem(text, "applies: looks at device, site and param alone, found " + name));
        }
        return applies;
    }

    private @Nullable Rise rise(RuleSection rule) {
        RuleSection rise = rule.section("rise", RISE_KEYS);
        if (rise == null) {
            return null;
        }
        ScalarNode of = rise.requiredText("of");
        Span within = triggers.clock(rise.requiredText("within"), "within");
        if (of == null || within == null) {
            return null;
        }
        Variables.Variable reading = variables.find(of.getValue());
        boolean number = reading != null
                && (reading.type().equals(SimpleType.DOUBLE) || reading.type().equals(SimpleType.INT));
        if (!number || !of.getValue().startsWith("event.")) {
            document.problem(of, "of: expected event.<field> of a number, found '" + of.getValue() + "'");
            return null;
        }
        if (rule.get("times") != null) {
            document.problem(rise.node(), "'rise' has no place beside 'times'");
        }
        return new Rise(of.getValue(), within);
    }

    private List<String> suppressions(RuleSection rule) {
        Node node = rule.get("suppress");
        if (node == null) {
            return List.of();
        }
        if (feed.lane() == Lane.LIFE_SAFETY) {
            document.problem(node, "suppress: alerts of the life-safety feed " + feed.id() + " are never suppressed");
        }
        if (!(node instanceof SequenceNode list)) {
            document.problem(node, "suppress: expected a list");
            return List.of();
        }
        List<String> suppressions = new ArrayList<>();
        for (Node entry : list.getValue()) {
            String text = entry instanceof ScalarNode scalar ? scalar.getValue() : "";
            boolean other = text.matches("(device|site):[a-z0-9][a-z0-9-]*");
            if (!other && !text.equals(Suppression.MAINTENANCE) && !text.equals(Suppression.GATEWAY)) {
                document.problem(
                        entry,
                        "suppress: expected maintenance, gateway, 'device:<rule id>' or 'site:<rule id>', found '"
                                + text + "'");
            } else if (text.substring(text.indexOf(':') + 1).equals(rule.textOr("id", ""))) {
                document.problem(entry, "suppress: an alert cannot suppress itself");
            } else {
                suppressions.add(text);
            }
        }
        return List.copyOf(suppressions);
    }
}
