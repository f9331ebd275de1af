package io.fengsui.alerting.yaml;

import io.fengsui.alert.AlertText;
import io.fengsui.event.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a YAML file. What is missing or wrong is told with its place, and something harmless returned. */
public final class YamlSection {
    private static final AlertText NO_TEXT = new AlertText("", "");

    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final BiConsumer<Node, String> problems;

    /** @param keys the keys it may have; empty: any */
    public YamlSection(Node node, Set<String> keys, BiConsumer<Node, String> problems) {
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

    public Set<String> keys() {
        return values.keySet();
    }

    public Node place(String key) {
        return values.getOrDefault(key, node);
    }

    /** Empty, and a problem, if it is not there. */
    public String text(String key) {
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
    public AlertText words(String key) {
        if (!values.containsKey(key)) {
            problems.accept(node, "'" + key + "' is missing");
            return NO_TEXT;
        }
        YamlSection section = new YamlSection(place(key), Set.of("zh", "en"), problems);
        return new AlertText(section.text("zh"), section.text("en"));
    }

    /** Whether there is anything under a key. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** A whole number between two; the smaller, and a problem, if it is none. */
    public int number(String key, int least, int most) {
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

    public Optional<YamlSection> section(String key, Set<String> keys) {
        return Optional.ofNullable(values.get(key)).map(value -> new YamlSection(value, keys, problems));
    }

    /** The entries of a list; none if the key is missing. */
    public List<Node> items(String key) {
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

    public List<YamlSection> sections(String key, Set<String> keys) {
        List<YamlSection> sections = new ArrayList<>();
        items(key).forEach(item -> sections.add(new YamlSection(item, keys, problems)));
        return sections;
    }

    /** One of an enum's symbols but UNKNOWN, whatever their case; the given one, and a problem, if it is none. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        String text = text(key);
        return text.isEmpty() ? otherwise : symbol(place(key), key, text, type).orElse(otherwise);
    }

    /** The same of each entry of a list. */
    public <E extends Enum<E>> Set<E> choices(String key, Class<E> type) {
        Set<E> symbols = EnumSet.noneOf(type);
        for (Node item : items(key)) {
            symbol(item, key, String.valueOf(plain(item)), type).ifPresent(symbols::add);
        }
        return symbols;
    }

    private <E extends Enum<E>> Optional<E> symbol(Node place, String key, String text, Class<E> type) {
        List<E> symbols = Arrays.stream(type.getEnumConstants())
                .filter(symbol -> !symbol.name().equals("UNKNOWN"))
                .toList();
        Optional<E> found = symbols.stream()
                .filter(symbol -> shown(symbol).equalsIgnoreCase(text))
                .findFirst();
        if (found.isEmpty()) {
            String expected = symbols.stream().map(YamlSection::shown).collect(Collectors.joining(", "));
            problems.accept(place, key + ": found '" + text + "', expected one of " + expected);
        }
        return found;
    }

    /** Severities as they are; other symbols as people write them. */
    private static String shown(Enum<?> symbol) {
        return symbol instanceof Severity
                ? symbol.name()
                : symbol.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names in a list that are known; the others are problems. */
    public Set<String> names(String key, Predicate<String> known, String expected) {
        Set<String> names = new LinkedHashSet<>();
        for (Node item : items(key)) {
            String name = plain(item);
            if (name == null || !known.test(name)) {
                problems.accept(item, key + ": found '" + name + "', expected " + expected);
            } else {
                names.add(name);
            }
        }
        return Set.copyOf(names);
    }

    public static @Nullable String plain(Node item) {
        return item instanceof ScalarNode scalar ? scalar.getValue() : null;
    }
}
