package io.fengsui.standalone.observe;

import io.fengsui.standalone.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules of deploy/prometheus, read. */
final class ShippedRules {

    /** A rule that records a figure, or alerts. */
    record Rule(
            String name,
            boolean alerts,
            String expression,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations) {

        @Override
        public String toString() {
            return name;
        }
    }

    private ShippedRules() {}

    static Path directory() {
        return Home.locate().directory().resolve("deploy").resolve("prometheus");
    }

    static List<Rule> all() {
        List<Rule> rules = new ArrayList<>();
        for (Map<String, Object> file : files(directory().resolve("rules"))) {
            for (Map<String, Object> group : maps(file.get("groups"))) {
                for (Map<String, Object> rule : maps(group.get("rules"))) {
                    boolean alerts = rule.containsKey("alert");
                    rules.add(new Rule(
                            String.valueOf(rule.get(alerts ? "alert" : "record")),
                            alerts,
                            String.valueOf(rule.get("expr")),
                            texts(rule.get("labels")),
                            texts(rule.get("annotations"))));
                }
            }
        }
        return rules;
    }

    static List<Rule> alerts() {
        return all().stream().filter(Rule::alerts).toList();
    }

    /** The files of promtool's tests. */
    static List<Map<String, Object>> tests() {
        return files(directory().resolve("tests"));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(@Nullable Object list) {
        return list == null ? List.of() : (List<Map<String, Object>>) list;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, String> texts(@Nullable Object map) {
        return (Map<String, String>) map;
    }

    static Map<String, Object> yaml(Path file) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<String, Object>> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .map(ShippedRules::yaml)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
