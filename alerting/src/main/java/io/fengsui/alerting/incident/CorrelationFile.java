package io.fengsui.alerting.incident;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.incident.CorrelationRules.Group;
import io.fengsui.alerting.incident.CorrelationRules.Joining;
import io.fengsui.alerting.incident.CorrelationRules.Outage;
import io.fengsui.alerting.incident.CorrelationRules.Pattern;
import io.fengsui.alerting.incident.CorrelationRules.Supplier;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code incidents.yaml}; alerting/docs/incident-format.md describes it. Pure. */
public final class CorrelationFile {
    private static final Set<String> KEYS = ordered("join", "dark", "patterns");
    private static final Set<String> JOIN_KEYS = ordered("metres", "minutes", "reopenMinutes", "extentMetres");
    private static final Set<String> DARK_KEYS =
            ordered("id", "of", "devices", "exceptions", "minutes", "severity", "title", "explanation", "runbook");
    private static final Set<String> PATTERN_KEYS =
            ordered("id", "severity", "title", "runbook", "metres", "minutes", "needs", "may");
    private static final Set<String> GROUP_KEYS = ordered("rules", "feeds");
    private static final int MOST_METRES = 5_000;
    private static final int MOST_MINUTES = 24 * 60;

    private record Problem(int line, int column, String message) {}

    private final String file;
    private final String yaml;
    private final Predicate<String> isRule;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private CorrelationFile(String file, String yaml, Predicate<String> isRule) {
        this.file = file;
        this.yaml = yaml;
        this.isRule = isRule;
    }

    /**
     * Compiles a file as a whole.
     *
     * @param file name for messages
     * @param isRule whether a feed's rule has this id
     * @throws CorrelationFileException with everything that is wrong
     */
    public static CorrelationRules compile(String file, String yaml, Predicate<String> isRule)
            throws CorrelationFileException {
        return new CorrelationFile(file, yaml, isRule).compile();
    }

    /** First 12 hex digits of the SHA-256 of a file's text. */
    public static String version(String yaml) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> ordered(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }

    private CorrelationRules compile() throws CorrelationFileException {
        Node root = root();
        YamlSection top = new YamlSection(root, KEYS, this::problem);
        Joining joining = joining(top);
        List<Outage> outages = new ArrayList<>();
        for (YamlSection section : top.sections("dark", DARK_KEYS)) {
            outages.add(outage(section));
        }
        if (outages.stream().map(Outage::of).distinct().count() < outages.size()) {
            problem(top.place("dark"), "dark: expected at most one for gateway and one for vendor");
        }
        List<Pattern> patterns = new ArrayList<>();
        for (YamlSection section : top.sections("patterns", PATTERN_KEYS)) {
            patterns.add(pattern(section, joining));
        }
        if (!problems.isEmpty()) {
            throw refused();
        }
        return new CorrelationRules(version(yaml), joining, List.copyOf(outages), List.copyOf(patterns));
    }

    private Node root() throws CorrelationFileException {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root != null) {
                return root;
            }
            problems.add(new Problem(1, 1, "the file is empty; expected " + String.join(", ", KEYS)));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(new Problem(
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "is no YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new Problem(1, 1, "is no YAML: " + e.getMessage()));
        }
        throw refused();
    }

    private Joining joining(YamlSection top) {
        Optional<YamlSection> join = top.section("join", JOIN_KEYS);
        if (join.isEmpty()) {
            problem(top.place("join"), "'join' is missing");
            return CorrelationRules.DEFAULT.joining();
        }
        YamlSection section = join.get();
        Joining joining = new Joining(
                section.number("metres", 1, MOST_METRES),
                minutes(section, "minutes"),
                minutes(section, "reopenMinutes"),
                section.number("extentMetres", 1, 20_000));
        if (joining.extentMetres() < joining.metres()) {
            problem(section.place("extentMetres"), "extentMetres: expected at least as much as metres");
        }
        return joining;
    }

    private Outage outage(YamlSection section) {
        Map<String, Integer> exceptions = new HashMap<>();
        section.section("exceptions", Set.of())
                .ifPresent(of -> of.keys().forEach(id -> exceptions.put(id, of.number(id, 2, 1_000_000))));
        return new Outage(
                id(section),
                choice(section, "of", Supplier.class, Supplier.GATEWAY),
                section.number("devices", 2, 1_000_000),
                Map.copyOf(exceptions),
                minutes(section, "minutes"),
                severity(section),
                section.words("title"),
                explanation(section),
                section.words("runbook"));
    }

    private AlertText explanation(YamlSection section) {
        AlertText words = section.words("explanation");
        for (String text : List.of(words.getZh(), words.getEn())) {
            if (!text.isEmpty() && !(text.contains("{devices}") && text.contains("{id}"))) {
                problem(section.place("explanation"), "explanation: expected {id} and {devices} in both languages");
                break;
            }
        }
        return words;
    }

    private Pattern pattern(YamlSection section, Joining joining) {
        List<Group> needs = groups(section, "needs");
        if (needs.size() < 2) {
            problem(section.place("needs"), "needs: expected at least two groups of alerts");
        }
        List<Group> may = groups(section, "may");
        Pattern pattern = new Pattern(
                id(section),
                severity(section),
                section.words("title"),
                section.words("runbook"),
                section.number("metres", 1, MOST_METRES),
                minutes(section, "minutes"),
                needs,
                may);
        if (pattern.metres() > joining.extentMetres()) {
            problem(section.place("metres"), "metres: expected at most extentMetres of join");
        }
        Set<String> seen = new HashSet<>();
        for (Group group : needs) {
            refuseTwice(section.place("needs"), group, seen);
        }
        for (Group group : may) {
            refuseTwice(section.place("may"), group, seen);
        }
        return pattern;
    }

    /** An alert plays one part in a pattern. */
    private void refuseTwice(Node place, Group group, Set<String> seen) {
        for (Set<String> names : List.of(group.rules(), group.feeds())) {
            for (String name : names) {
                if (!seen.add(name)) {
                    problem(place, "'" + name + "' is in two groups of the pattern; expected one");
                }
            }
        }
    }

    private List<Group> groups(YamlSection section, String key) {
        List<Group> groups = new ArrayList<>();
        for (YamlSection group : section.sections(key, GROUP_KEYS)) {
            Set<String> rules = names(group, "rules", isRule, "a rule of rules/*.yaml");
            Set<String> feeds = names(
                    group,
                    "feeds",
                    id -> Feeds.byId(id).isPresent(),
                    Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", ")));
            if (rules.isEmpty() && feeds.isEmpty()) {
                problem(group.place(""), key + ": expected rules or feeds");
            }
            groups.add(new Group(rules, feeds));
        }
        return List.copyOf(groups);
    }

    private Set<String> names(YamlSection group, String key, Predicate<String> known, String expected) {
        Set<String> names = new LinkedHashSet<>();
        for (Node item : group.items(key)) {
            String name = YamlSection.plain(item);
            if (name == null || !known.test(name)) {
                problem(item, key + ": found '" + name + "', expected " + expected);
            } else {
                names.add(name);
            }
        }
        return Set.copyOf(names);
    }

    private String id(YamlSection section) {
        String id = section.text("id");
        if (!id.isEmpty() && !id.matches("[a-z][a-z0-9-]{0,63}")) {
            problem(section.place("id"), "id: found '" + id + "', expected small letters, digits and '-'");
        } else if (!id.isEmpty() && !ids.add(id)) {
            problem(section.place("id"), "id '" + id + "' is there twice");
        }
        return id;
    }

    private Severity severity(YamlSection section) {
        Severity severity = choice(section, "severity", Severity.class, Severity.III);
        if (severity == Severity.UNKNOWN) {
            problem(section.place("severity"), "severity: expected I, II, III or IV");
        }
        return severity;
    }

    private <E extends Enum<E>> E choice(YamlSection section, String key, Class<E> type, E otherwise) {
        String text = section.text(key);
        for (E symbol : type.getEnumConstants()) {
            if (symbol.name().equals(text.toUpperCase(Locale.ROOT))) {
                return symbol;
            }
        }
        if (!text.isEmpty()) {
            problem(section.place(key), key + ": found '" + text + "', expected one of " + symbols(type));
        }
        return otherwise;
    }

    private static <E extends Enum<E>> String symbols(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Enum::name)
                .filter(name -> !name.equals("UNKNOWN"))
                .map(name -> type == Supplier.class ? name.toLowerCase(Locale.ROOT) : name)
                .collect(Collectors.joining(", "));
    }

    private static Duration minutes(YamlSection section, String key) {
        return Duration.ofMinutes(section.number(key, 1, MOST_MINUTES));
    }

    private void problem(Node node, String message) {
        problems.add(new Problem(
                node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, message));
    }

    private CorrelationFileException refused() {
        return new CorrelationFileException(problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .map(p -> file + ":" + p.line + ":" + p.column + ": " + p.message)
                .distinct()
                .toList());
    }
}
