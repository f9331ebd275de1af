package io.fengsui.streams.rule;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Compiles rule files. docs/rule-format.md of this module describes the format. Pure. */
public final class RuleCompiler {
    private static final Set<String> FILE_KEYS = ordered("feed", "words", "params", "flags", "rules");
    private static final Set<String> PARAM_KEYS = ordered("zh", "en", "default", "unit", "min", "max", "atLeast");

    /** Rules of a file. The largest shipped file has about a dozen. */
    private static final int MOST_RULES = 64;

    private final RuleDocument document;
    private final String file;
    private final String yaml;

    private RuleCompiler(String file, String yaml) {
        this.document = new RuleDocument(file, yaml);
        this.file = file;
        this.yaml = yaml;
    }

    /**
     * Compiles a file as a whole.
     *
     * @param file name for messages
     * @throws RuleException with everything that is wrong
     */
    public static RuleSet compile(String file, String yaml) throws RuleException {
        return new RuleCompiler(file, yaml).compile();
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

    static Set<String> ordered(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }

    private RuleSet compile() throws RuleException {
        RuleSection root = document.root(FILE_KEYS);
        if (root == null) {
            throw document.refused();
        }
        Feed<?> feed = feed(root);
        Map<String, Words> words = words(root, feed);
        Map<String, Param> params = params(root);
        RuleReader reader = feed == null ? null : new RuleReader(document, feed, words, params, version(yaml));
        List<Flag> flags = reader == null ? List.of() : flags(root, reader);
        List<Rule> rules = reader == null ? List.of() : rules(root, reader);
        if (feed == null || !document.clean()) {
            throw document.refused();
        }
        return new RuleSet(feed, file, version(yaml), params, words, List.copyOf(flags), List.copyOf(rules));
    }

    private @Nullable Feed<?> feed(RuleSection root) {
        ScalarNode id = root.requiredText("feed");
        if (id == null) {
            return null;
        }
        Optional<Feed<?>> feed = Feeds.byId(id.getValue());
        if (feed.isEmpty()) {
            document.problem(
                    id,
                    "feed: there is no feed '" + id.getValue() + "'; expected one of "
                            + Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", ")));
        }
        return feed.orElse(null);
    }

    /** The feed's schema has words for its symbols; the file may have others, or more. */
    private Map<String, Words> words(RuleSection root, @Nullable Feed<?> feed) {
        Map<String, Words> words = new LinkedHashMap<>();
        words.put("UNKNOWN", new Words("未注明", "not stated"));
        if (feed != null) {
            feed.fields().forEach(field -> field.symbols()
                    .forEach(symbol -> words.put(symbol, new Words(field.zh(symbol), field.en(symbol)))));
        }
        RuleSection section = root.section("words", Set.of());
        if (section != null) {
            for (String symbol : section.keys()) {
                Words word = section.requiredWords(symbol);
                if (word != null) {
                    words.put(symbol, word);
                }
            }
        }
        return words;
    }

    private Map<String, Param> params(RuleSection root) {
        Map<String, Param> params = new LinkedHashMap<>();
        RuleSection section = root.section("params", Set.of());
        if (section == null) {
            return params;
        }
        for (String name : section.keys()) {
            RuleSection entry = section.requiredSection(name, PARAM_KEYS);
            if (entry != null) {
                params.put(name, param(name, entry));
            }
        }
        for (Param param : params.values()) {
            check(param, params, section);
        }
        return params;
    }

    private static Param param(String name, RuleSection entry) {
        return new Param(
                name,
                new Words(entry.textOr("zh", name), entry.textOr("en", name)),
                entry.number("default"),
                entry.textOr("unit", ""),
                entry.requiredNumber("min"),
                entry.requiredNumber("max"),
                entry.get("atLeast") == null ? null : entry.textOr("atLeast", ""));
    }

    private void check(Param param, Map<String, Param> params, RuleSection section) {
        var at = section.get(param.name());
        if (at == null) {
            return;
        }
        if (!param.name().matches("[a-z][A-Za-z0-9]*")) {
            document.problem(at, param.name() + ": expected a name of letters and digits, such as hopperAlarmCelsius");
        }
        Double value = param.defaultValue();
        if (value != null && !param.takes(value)) {
            document.problem(
                    at,
                    param.name() + ": the default " + Template.number(value) + " is not between min "
                            + Template.number(param.min()) + " and max " + Template.number(param.max()));
        }
        if (param.atLeast() == null) {
            return;
        }
        Param floor = params.get(param.atLeast());
        if (floor == null) {
            document.problem(at, param.name() + ": atLeast names '" + param.atLeast() + "', which is not declared");
            return;
        }
        Double least = floor.defaultValue();
        if (value != null && least != null && value < least) {
            document.problem(
                    at,
                    param.name() + ": the default " + Template.number(value) + " is below " + floor.name() + ", "
                            + Template.number(least));
        }
    }

    private List<Flag> flags(RuleSection root, RuleReader reader) {
        List<Flag> flags = new ArrayList<>();
        if (root.get("flags") == null) {
            return flags;
        }
        Set<String> ids = new HashSet<>();
        for (RuleSection section : root.requiredSections("flags", RuleReader.FLAG_KEYS)) {
            Flag flag = reader.readFlag(section);
            if (flag != null && !ids.add(flag.id())) {
                document.problem(section.node(), "flag id '" + flag.id() + "' is there twice");
            }
            if (flag != null) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private List<Rule> rules(RuleSection root, RuleReader reader) {
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        boolean absence = false;
        for (RuleSection section : root.requiredSections("rules", RuleReader.KEYS)) {
            Rule rule = reader.read(section);
            if (rule == null) {
                continue;
            }
            if (!ids.add(rule.id())) {
                document.problem(section.node(), "rule id '" + rule.id() + "' is there twice");
            }
            if (rule.trigger() instanceof Trigger.Absence) {
                if (absence) {
                    document.problem(section.node(), "a file can have one rule with 'absent'");
                }
                absence = true;
            }
            rules.add(rule);
        }
        if (rules.size() > MOST_RULES) {
            document.problem(
                    root.node(),
                    "costs too much: " + rules.size() + " rules, at most " + MOST_RULES
                            + "; every event asks each of them");
        }
        checkSuppressions(rules, root);
        return rules;
    }

    /** Rules that suppress each other in a circle would be told by nobody. */
    private void checkSuppressions(List<Rule> rules, RuleSection root) {
        Map<String, Set<String>> suppressors = new LinkedHashMap<>();
        for (Rule rule : rules) {
            suppressors.put(
                    rule.id(),
                    rule.scope().suppressions().stream()
                            .filter(suppression -> suppression.contains(":"))
                            .map(suppression -> suppression.substring(suppression.indexOf(':') + 1))
                            .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        for (String id : suppressors.keySet()) {
            Set<String> reached = new LinkedHashSet<>(suppressors.getOrDefault(id, Set.of()));
            int before = -1;
            while (before != reached.size()) {
                before = reached.size();
                List.copyOf(reached).forEach(next -> reached.addAll(suppressors.getOrDefault(next, Set.of())));
            }
            if (reached.contains(id)) {
                document.problem(root.node(), "suppress: the rule '" + id + "' would suppress itself through others");
            }
        }
    }
}
