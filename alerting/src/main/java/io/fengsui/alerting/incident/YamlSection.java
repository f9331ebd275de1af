package io.fengsui.alerting.incident;

import io.fengsui.alert.AlertText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a YAML file. What is missing or wrong is told with its place, and something harmless returned. */
final class YamlSection {
    private static final AlertText NO_TEXT = new AlertText("", "");

    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final BiConsumer<Node, String> problems;

    /** @param keys the keys it may have; empty: any */
    YamlSection(Node node, Set<String> keys, BiConsumer<Node, String> problems) {
        this.node = node;
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problems.accept(node, "expected a mapping" + (keys.isEmpty() ? "" : " with " + String.join(", ", keys)));
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.accept(entry.getKeyNode(), "expected a plain key");
            } else if (!keys.isEmpty() && !keys.contains(key.getValue())) {
                problems.accept(
                        key, "no such key '" + key.getValue() + "'; expected one of " + String.join(", ", keys));
            } else if (values.put(key.getValue(), entry.getValueNode()) != null) {
                problems.accept(key, "'" + key.getValue() + "' is there twice");
            }
        }
    }

    Set<String> keys() {
        return values.keySet();
    }

    Node place(String key) {
        return values.getOrDefault(key, node);
    }

    /** Empty, and a problem, if it is not there. */
    String text(String key) {
        Node value = values.get(key);
        if (value == null) {
            problems.accept(node, "'" + key + "' is missing");
            return "";
        }
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        problems.accept(value, key + ": expected a text");
        return "";
    }

    /** The two languages under a key. */
    AlertText words(String key) {
        if (!values.containsKey(key)) {
            problems.accept(node, "'" + key + "' is missing");
            return NO_TEXT;
        }
        YamlSection section = new YamlSection(place(key), Set.of("zh", "en"), problems);
        return new AlertText(section.text("zh"), section.text("en"));
    }

    /** A whole number between two; the smaller, and a problem, if it is none. */
    int number(String key, int least, int most) {
        String text = text(key);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        if (!text.isEmpty()) {
            problems.accept(
                    place(key), key + ": found '" + text + "', expected a whole number of " + least + " to " + most);
        }
        return least;
    }

    Optional<YamlSection> section(String key, Set<String> keys) {
        return Optional.ofNullable(values.get(key)).map(value -> new YamlSection(value, keys, problems));
    }

    /** The entries of a list; none if the key is missing. */
    List<Node> items(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SequenceNode list) {
            return list.getValue();
        }
        problems.accept(value, key + ": expected a list");
        return List.of();
    }

    List<YamlSection> sections(String key, Set<String> keys) {
        List<YamlSection> sections = new ArrayList<>();
        items(key).forEach(item -> sections.add(new YamlSection(item, keys, problems)));
        return sections;
    }

    static @Nullable String plain(Node item) {
        return item instanceof ScalarNode scalar ? scalar.getValue() : null;
    }
}
