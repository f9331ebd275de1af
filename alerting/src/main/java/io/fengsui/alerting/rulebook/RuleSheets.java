package io.fengsui.alerting.rulebook;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.rulebook.RuleSheet.Kind;
import io.fengsui.alerting.rulebook.RuleSheet.Param;
import io.fengsui.alerting.rulebook.RuleSheet.Part;
import io.fengsui.alerting.rulebook.RuleSheet.Rule;
import io.fengsui.alerting.rulebook.RuleSheet.Step;
import io.fengsui.reference.RuleFile;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads published rule files for people. What it does not know is left out: a file of a newer version is shown all the same. */
public final class RuleSheets {

    private RuleSheets() {}

    /** @param publishedAt when the record was written */
    public static RuleSheet read(RuleFile file, Instant publishedAt) {
        List<Param> params = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        String problem = null;
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(file.getYaml()));
            Map<String, Object> top = mapping(root == null ? null : plain(root));
            mapping(top.get("params")).forEach((name, param) -> params.add(param(name, mapping(param))));
            for (Object rule : list(top.get("rules"))) {
                rules.add(rule(mapping(rule)));
            }
        } catch (YAMLException e) {
            problem = String.valueOf(e.getMessage());
        }
        return new RuleSheet(
                file.getFeed(),
                file.getFile(),
                file.getVersion(),
                publishedAt,
                List.copyOf(params),
                List.copyOf(rules),
                Optional.ofNullable(file.getTests()),
                Optional.ofNullable(problem));
    }

    /** Mappings, lists and texts; a number or date stays as it is written. */
    private static Object plain(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> entries = new LinkedHashMap<>();
            mapping.getValue()
                    .forEach(entry ->
                            entries.put(Objects.toString(plain(entry.getKeyNode())), plain(entry.getValueNode())));
            return entries;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(RuleSheets::plain).toList();
        }
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static Param param(String name, Map<String, Object> of) {
        return new Param(
                name,
                words(of),
                text(of.get("unit")),
                text(of.get("default")),
                text(of.get("min")),
                text(of.get("max")),
                text(of.get("atLeast")));
    }

    private static Rule rule(Map<String, Object> of) {
        List<Part> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String text = text(of.get(kind.key()));
            if (!text.isEmpty()) {
                parts.add(new Part(kind, text));
            }
        }
        return new Rule(
                text(of.get("id")),
                words(mapping(of.get("title"))),
                text(of.get("subject")),
                steps(of),
                List.copyOf(parts),
                words(mapping(of.get("runbook"))));
    }

    /** A list of steps; or one severity with its condition beside it. */
    private static List<Step> steps(Map<String, Object> rule) {
        Object severity = rule.get("severity");
        if (!(severity instanceof List<?> steps)) {
            return List.of(new Step(text(severity), text(rule.get("when")), "", ""));
        }
        return steps.stream()
                .map(RuleSheets::mapping)
                .map(step -> new Step(
                        text(step.get("is")), text(step.get("when")), text(step.get("until")), text(step.get("after"))))
                .toList();
    }

    private static AlertText words(Map<String, Object> of) {
        return new AlertText(text(of.get("zh")), text(of.get("en")));
    }

    /** In the order of the file; empty for what is none. */
    private static Map<String, Object> mapping(@Nullable Object value) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, of) -> entries.put(String.valueOf(key), of));
        }
        return entries;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RuleSheets::text).collect(Collectors.joining("; "));
        }
        return Objects.toString(value, "").strip();
    }
}
