package io.fengsui.streams.rehearsal;

import io.fengsui.alert.SignalAction;
import io.fengsui.event.Severity;
import io.fengsui.streams.rehearsal.RuleTest.Expected;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleDocument;
import io.fengsui.streams.rule.RuleSection;
import io.fengsui.streams.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads which signals a step expects. */
final class ExpectedReader {
    private static final Pattern SIGNAL = Pattern.compile("(I|II|III|IV|clear) ([a-z0-9-]+)(?:@(.+))?");
    private static final Set<String> KEYS = Set.of("signal", "says");
    private static final String NOTHING = "nothing";

    private final RuleDocument document;
    private final RuleSet rules;

    ExpectedReader(RuleDocument document, RuleSet rules) {
        this.document = document;
        this.rules = rules;
    }

    /** Without an expectation nothing may be signalled. */
    List<Expected> read(@Nullable Node node) {
        List<Expected> expected = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> add(item, expected));
        } else if (node != null
                && !(node instanceof ScalarNode text && text.getValue().equals(NOTHING))) {
            add(node, expected);
        }
        return List.copyOf(expected);
    }

    private void add(Node node, List<Expected> expected) {
        Expected read = null;
        if (node instanceof ScalarNode text) {
            read = signal(text, List.of());
        } else if (node instanceof MappingNode mapping) {
            RuleSection section = new RuleSection(document, mapping, KEYS);
            ScalarNode signal = section.requiredText("signal");
            read = signal == null ? null : signal(signal, texts(section.get("says")));
        } else {
            document.problem(node, "expect: expected signals such as 'III dust-spark'");
        }
        if (read != null) {
            expected.add(read);
        }
    }

    private @Nullable Expected signal(ScalarNode text, List<String> says) {
        Matcher matcher = SIGNAL.matcher(text.getValue());
        if (!matcher.matches()) {
            document.problem(
                    text,
                    "expect: expected '<severity> <rule>', 'clear <rule>' or 'nothing', perhaps with @<device or"
                            + " incident> behind the rule, found '" + text.getValue() + "'");
            return null;
        }
        String id = matcher.group(2);
        Rule rule = rules.rule(id).orElse(null);
        if (rule == null) {
            document.problem(
                    text,
                    "expect: there is no rule '" + id + "' in " + rules.file() + "; there is "
                            + rules.rules().stream().map(Rule::id).collect(Collectors.joining(", ")));
            return null;
        }
        boolean clears = matcher.group(1).equals("clear");
        Severity severity = clears ? null : Severity.valueOf(matcher.group(1));
        if (severity != null && !rule.severities().contains(severity)) {
            document.problem(text, "expect: " + id + " has " + rule.severities() + " only");
        }
        return new Expected(
                TestFileReader.line(text),
                clears ? SignalAction.CLEAR : SignalAction.RAISE,
                severity,
                id,
                matcher.group(3),
                says);
    }

    private List<String> texts(@Nullable Node node) {
        List<String> texts = new ArrayList<>();
        if (node instanceof ScalarNode text) {
            texts.add(text.getValue());
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> texts.addAll(texts(item)));
        } else if (node != null) {
            document.problem(node, "says: expected a text or a list of texts");
        }
        return texts;
    }
}
