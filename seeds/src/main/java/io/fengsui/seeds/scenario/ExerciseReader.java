package io.fengsui.seeds.scenario;

import io.fengsui.alert.AlertText;
import io.fengsui.seeds.csv.Problems;
import io.fengsui.seeds.scenario.ExerciseScript.Deed;
import io.fengsui.seeds.scenario.ExerciseScript.Reaction;
import io.fengsui.seeds.scenario.ExerciseScript.Step;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads an exercise strictly: a key it does not know, a value out of range and a key given twice are errors. */
final class ExerciseReader {
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Set<String> ROOT =
            ordered("name", "title", "about", "participants", "lasts", "steps", "closing", "expected");
    private static final Set<String> TEXT = ordered("zh", "en");
    private static final Set<String> STEP = ordered("at", "device", "message", "tells");
    private static final Set<String> CLOSING = ordered("device", "message", "tells");
    private static final Set<String> EXPECTED = ordered("words", "rule", "subject", "deed", "report", "within");
    /** What the player puts in itself: nobody can make a real event of an exercise by its script. */
    private static final Set<String> OURS = ordered("messageId", "time", "status", "exercise");

    private final YamlSection root;

    private ExerciseReader(YamlSection root) {
        this.root = root;
    }

    static Optional<ExerciseScript> read(String file, String yaml, Problems problems) {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (node instanceof MappingNode mapping) {
                return Optional.of(new ExerciseReader(new YamlSection(file, "", mapping, ROOT, problems)).script());
            }
            problems.error(file, 1, "", "found no exercise, expected key: value pairs");
        } catch (YAMLException e) {
            problems.error(file, 1, "", "this is no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private ExerciseScript script() {
        String name = root.required("name");
        if (!name.matches("[a-z0-9-]{1,40}")) {
            root.error("name", "found " + Problems.shown(name) + ", expected lower-case letters, digits and '-'");
        }
        root.required("lasts");
        Duration lasts = time(root, "lasts", false);
        List<Step> steps = steps("steps", STEP, true);
        if (steps.isEmpty()) {
            root.error("steps", "found no step, expected at least one");
        }
        for (int i = 0; i < steps.size(); i++) {
            Duration at = steps.get(i).at();
            if (at.compareTo(lasts) > 0
                    || (i > 0 && at.compareTo(steps.get(i - 1).at()) < 0)) {
                root.error("steps", "step " + (i + 1) + " is before the one above it, or after the end");
            }
        }
        return new ExerciseScript(
                name,
                words(root, "title"),
                words(root, "about"),
                words(root, "participants"),
                lasts,
                steps,
                steps("closing", CLOSING, false),
                reactions());
    }

    private List<Step> steps(String key, Set<String> keys, boolean timed) {
        List<Step> steps = new ArrayList<>();
        for (YamlSection section : root.sections(key, keys)) {
            Map<String, Object> message = section.plain("message");
            for (String ours : OURS) {
                if (message.containsKey(ours)) {
                    section.error("message", "found " + ours + ", which is put in when it is played");
                }
            }
            steps.add(new Step(
                    timed ? time(section, "at", true) : Duration.ZERO,
                    section.required("device"),
                    message,
                    words(section, "tells")));
        }
        return List.copyOf(steps);
    }

    private List<Reaction> reactions() {
        List<Reaction> reactions = new ArrayList<>();
        for (YamlSection section : root.sections("expected", EXPECTED)) {
            Optional<Deed> deed = deed(section);
            Optional<String> report = section.text("report");
            if (report.isPresent() != deed.equals(Optional.of(Deed.REPORT))) {
                section.error("report", "a report is named where the deed is 'report', and nowhere else");
            }
            reactions.add(new Reaction(
                    words(section, "words"),
                    section.required("rule"),
                    section.text("subject"),
                    deed.orElse(Deed.ACKNOWLEDGE),
                    report,
                    time(section, "within", false)));
        }
        return List.copyOf(reactions);
    }

    private static Optional<Deed> deed(YamlSection section) {
        String text = section.required("deed");
        Optional<Deed> deed = Arrays.stream(Deed.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
        if (deed.isEmpty()) {
            section.error(
                    "deed",
                    "found " + Problems.shown(text) + ", expected one of "
                            + Arrays.stream(Deed.values())
                                    .map(one -> one.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")));
        }
        return deed;
    }

    private static Duration time(YamlSection section, String key, boolean zeroAllowed) {
        section.required(key);
        Duration time = section.duration(key, zeroAllowed).orElse(Duration.ofSeconds(1));
        if (time.compareTo(LONGEST) > 0) {
            section.error(key, "found a time of more than 12 h");
        }
        return time;
    }

    private static AlertText words(YamlSection section, String key) {
        Optional<YamlSection> words = section.section(key, TEXT);
        if (words.isEmpty()) {
            section.error(key, "the key is missing, expected {zh: …, en: …}");
        }
        return AlertText.newBuilder()
                .setZh(words.map(text -> text.required("zh")).orElse(""))
                .setEn(words.map(text -> text.required("en")).orElse(""))
                .build();
    }

    private static Set<String> ordered(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }
}
