package io.fengsui.streams.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a file of rules, or of their tests. What is missing or of the wrong kind becomes a problem of the document, and null here. */
public final class RuleSection {
    private final RuleDocument document;
    private final MappingNode node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /** @param keys the keys it may have; empty: any */
    public RuleSection(RuleDocument document, MappingNode node, Set<String> keys) {
        this.document = document;
        this.node = node;
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                document.problem(entry.getKeyNode(), "expected a plain key");
            } else if (!keys.isEmpty() && !keys.contains(key.getValue())) {
                document.problem(
                        key, "no such key '" + key.getValue() + "'; expected one of " + String.join(", ", keys));
            } else if (values.put(key.getValue(), entry.getValueNode()) != null) {
                document.problem(key, "'" + key.getValue() + "' is there twice");
            }
        }
    }

    public MappingNode node() {
        return node;
    }

    public Set<String> keys() {
        return values.keySet();
    }

    public @Nullable Node get(String key) {
        return values.get(key);
    }

    public @Nullable ScalarNode text(String key) {
        Node value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar;
        }
        document.problem(value, key + ": expected a text");
        return null;
    }

    public @Nullable ScalarNode requiredText(String key) {
        return present(key) ? text(key) : null;
    }

    public String textOr(String key, String otherwise) {
        ScalarNode text = text(key);
        return text == null ? otherwise : text.getValue();
    }

    double requiredNumber(String key) {
        Double number = present(key) ? number(key) : null;
        return number == null ? 0 : number;
    }

    public @Nullable Double number(String key) {
        ScalarNode text = text(key);
        if (text == null) {
            return null;
        }
        try {
            double number = Double.parseDouble(text.getValue());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        document.problem(text, key + ": expected a number, found '" + text.getValue() + "'");
        return null;
    }

    /** The two languages under a key; both must be there. */
    @Nullable
    Words requiredWords(String key) {
        RuleSection section = requiredSection(key, Set.of("zh", "en"));
        return section == null ? null : section.words();
    }

    /** This section as the two languages. */
    @Nullable
    Words words() {
        ScalarNode zh = requiredText("zh");
        ScalarNode en = requiredText("en");
        return zh == null || en == null
                ? null
                : new Words(zh.getValue().strip(), en.getValue().strip());
    }

    @Nullable
    RuleSection requiredSection(String key, Set<String> keys) {
        return present(key) ? section(key, keys) : null;
    }

    public @Nullable RuleSection section(String key, Set<String> keys) {
        Node value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof MappingNode mapping) {
            return new RuleSection(document, mapping, keys);
        }
        document.problem(value, key + ": expected " + (keys.isEmpty() ? "a mapping" : String.join(", ", keys)));
        return null;
    }

    public List<RuleSection> requiredSections(String key, Set<String> keys) {
        List<RuleSection> sections = new ArrayList<>();
        if (!present(key)) {
            return sections;
        }
        if (!(values.get(key) instanceof SequenceNode list) || list.getValue().isEmpty()) {
            document.problem(node(key), key + ": expected a list with at least one entry");
            return sections;
        }
        for (Node item : list.getValue()) {
            if (item instanceof MappingNode mapping) {
                sections.add(new RuleSection(document, mapping, keys));
            } else {
                document.problem(item, key + ": expected entries with the keys " + String.join(", ", keys));
            }
        }
        return sections;
    }

    private Node node(String key) {
        Node value = values.get(key);
        return value == null ? node : value;
    }

    private boolean present(String key) {
        if (values.containsKey(key)) {
            return true;
        }
        document.problem(node, "'" + key + "' is missing");
        return false;
    }
}
