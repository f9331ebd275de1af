package io.fengsui.alerting.incident;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.incident.CorrelationRules.Group;
import io.fengsui.alerting.incident.CorrelationRules.Joining;
import io.fengsui.alerting.incident.CorrelationRules.Outage;
import io.fengsui.alerting.incident.CorrelationRules.Pattern;
import io.fengsui.alerting.incident.CorrelationRules.Supplier;
import io.fengsui.alerting.yaml.YamlFile;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.alerting.yaml.YamlSection;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    private final YamlFile source;
    private final String yaml;
    private final Predicate<String> isRule;
    private final Set<String> ids = new HashSet<>();

    private CorrelationFile(String file, String yaml, Predicate<String> isRule) {
        this.source = new YamlFile(file, yaml);
        this.yaml = yaml;
        this.isRule = isRule;
    }

    /**
     * Compiles a file as a whole.
     *
     * @param file name for messages
     * @param isRule whether a feed's rule has this id
     * @throws YamlFileException with everything that is wrong
     */
    public static CorrelationRules compile(String file, String yaml, Predicate<String> isRule)
            throws YamlFileException {
        return new CorrelationFile(file, yaml, isRule).compile();
    }

    private static Set<String> ordered(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }

    private CorrelationRules compile() throws YamlFileException {
        YamlSection top = source.top(KEYS);
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
        source.refuseIfWrong();
        return new CorrelationRules(YamlFile.version(yaml), joining, List.copyOf(outages), List.copyOf(patterns));
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
                section.choice("of", Supplier.class, Supplier.GATEWAY),
                section.number("devices", 2, 1_000_000),
                Map.copyOf(exceptions),
                minutes(section, "minutes"),
                section.choice("severity", Severity.class, Severity.III),
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
                section.choice("severity", Severity.class, Severity.III),
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
            Set<String> rules = group.names("rules", isRule, "a rule of rules/*.yaml");
            Set<String> feeds = group.names(
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

    private String id(YamlSection section) {
        String id = section.text("id");
        if (!id.isEmpty() && !id.matches("[a-z][a-z0-9-]{0,63}")) {
            problem(section.place("id"), "id: found '" + id + "', expected small letters, digits and '-'");
        } else if (!id.isEmpty() && !ids.add(id)) {
            problem(section.place("id"), "id '" + id + "' is there twice");
        }
        return id;
    }

    private static Duration minutes(YamlSection section, String key) {
        return Duration.ofMinutes(section.number(key, 1, MOST_MINUTES));
    }

    private void problem(Node node, String message) {
        source.problem(node, message);
    }
}
