package io.fengsui.seeds.scenario;

import io.fengsui.seeds.csv.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of a YAML document. Reading a key tells what is wrong with it and goes on; unknown and repeated keys are told
 * when the section is opened.
 */
final class YamlSection {
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ms|s|m|h)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Problems problems;

    YamlSection(String file, String path, MappingNode node, Set<String> keys, Problems problems) {
        this.file = file;
        this.path = path;
        this.line = lineOf(node);
        this.problems = problems;
        for (NodeTuple tuple : node.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            int keyLine = lineOf(tuple.getKeyNode());
            if (!keys.contains(key)) {
                problems.error(
                        file,
                        keyLine,
                        path + key,
                        "found this key, expected one of " + String.join(", ", keys) + Problems.suggestion(key, keys));
            } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                problems.error(file, keyLine, path + key, "found the key again, expected it once");
            }
            lines.putIfAbsent(key, keyLine);
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Set<String> keys() {
        return values.keySet();
    }

    void error(String key, String message) {
        problems.error(file, lines.getOrDefault(key, line), path + key, message);
    }

    Optional<String> text(String key) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        error(key, "found a list or mapping, expected a single value");
        return Optional.empty();
    }

    String required(String key) {
        if (!has(key)) {
            error(key, "the key is missing, expected a value");
        }
        return text(key).orElse("");
    }

    /** A number in a range, or the default if the key is not there. */
    double number(String key, double least, double most, double byDefault) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return byDefault;
        }
        double value = NUMBER.matcher(text.get()).matches() ? Double.parseDouble(text.get()) : Double.NaN;
        if (!(value >= least && value <= most)) {
            error(key, "found " + Problems.shown(text.get()) + ", expected a number from " + least + " to " + most);
            return byDefault;
        }
        return value;
    }

    /** A whole number in a range, or null if the key is not there. */
    @Nullable
    Integer integer(String key, int least, int most) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return null;
        }
        String digits = text.get();
        boolean whole = digits.matches("[0-9]{1,9}");
        if (!whole || Integer.parseInt(digits) < least || Integer.parseInt(digits) > most) {
            error(key, "found " + Problems.shown(digits) + ", expected a whole number from " + least + " to " + most);
            return null;
        }
        return Integer.valueOf(digits);
    }

    /** A time such as 500ms, 90s, 5m or 2h, longer than nothing unless zero is allowed. */
    Optional<Duration> duration(String key, boolean zeroAllowed) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(text.get());
        if (matcher.matches() && matcher.group(1).length() <= 6) {
            long amount = Long.parseLong(matcher.group(1));
            if (amount > 0 || zeroAllowed) {
                return Optional.of(
                        switch (matcher.group(2)) {
                            case "ms" -> Duration.ofMillis(amount);
                            case "s" -> Duration.ofSeconds(amount);
                            case "m" -> Duration.ofMinutes(amount);
                            default -> Duration.ofHours(amount);
                        });
            }
        }
        error(key, "found " + Problems.shown(text.get()) + ", expected a time such as 500ms, 90s, 5m or 2h");
        return Optional.empty();
    }

    /** A mapping of any keys to texts, numbers, truth values, lists and mappings; empty if it is none. */
    Map<String, Object> plain(String key) {
        Node node = values.get(key);
        if (!(node instanceof MappingNode mapping)) {
            error(key, "found no mapping, expected key: value pairs");
            return Map.of();
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        try {
            new Plain().map(mapping).forEach((name, value) -> plain.put(String.valueOf(name), value));
        } catch (YAMLException e) {
            error(key, "found what is no text, number, truth value, list or mapping");
        }
        return plain;
    }

    /** Builds values of the plain kinds alone: no class is named in a script. */
    private static final class Plain extends SafeConstructor {
        Plain() {
            super(new LoaderOptions());
        }

        Map<Object, Object> map(MappingNode node) {
            return constructMapping(node);
        }
    }

    Optional<YamlSection> section(String key, Set<String> keys) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        return section(node, key, path + key + ".", keys);
    }

    /** Sections of a list; empty if the key is not there. */
    List<YamlSection> sections(String key, Set<String> keys) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            error(key, "found no list, expected one");
            return List.of();
        }
        List<YamlSection> sections = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            String itemPath = path + key + "[" + (sections.size() + 1) + "].";
            section(item, key, itemPath, keys).ifPresent(sections::add);
        }
        return sections;
    }

    private Optional<YamlSection> section(Node node, String key, String sectionPath, Set<String> keys) {
        if (node instanceof MappingNode mapping) {
            return Optional.of(new YamlSection(file, sectionPath, mapping, keys, problems));
        }
        problems.error(file, lineOf(node), path + key, "found no mapping, expected key: value pairs");
        return Optional.empty();
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
