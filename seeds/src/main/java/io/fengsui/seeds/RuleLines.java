package io.fengsui.seeds;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Where a rule file that compiles names what must be its own among all files. Lines from 1.
 *
 * @param rules by rule id
 * @param params by name
 */
record RuleLines(int feed, Map<String, Integer> rules, Map<String, Integer> params) {

    static RuleLines of(String yaml) {
        Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        Map<String, Integer> rules = new HashMap<>();
        Map<String, Integer> params = new HashMap<>();
        if (value(root, "rules").orElse(null) instanceof SequenceNode list) {
            list.getValue().forEach(rule -> value(rule, "id").ifPresent(id -> rules.put(text(id), line(id))));
        }
        if (value(root, "params").orElse(null) instanceof MappingNode mapping) {
            mapping.getValue().forEach(param -> params.put(text(param.getKeyNode()), line(param.getKeyNode())));
        }
        return new RuleLines(value(root, "feed").map(RuleLines::line).orElse(1), rules, params);
    }

    private static Optional<Node> value(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> text(tuple.getKeyNode()).equals(key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
