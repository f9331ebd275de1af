package io.fengsui.streams.rehearsal;

import io.fengsui.event.SiteKind;
import io.fengsui.streams.rehearsal.RuleTest.Act;
import io.fengsui.streams.rehearsal.RuleTest.Step;
import io.fengsui.streams.rule.RuleDocument;
import io.fengsui.streams.rule.RuleException;
import io.fengsui.streams.rule.RuleSection;
import io.fengsui.streams.rule.RuleSet;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a file of tests. */
final class TestFileReader {
    private static final Set<String> FILE_KEYS = keys("feed", "start", "device", "params", "tests");
    private static final Set<String> TEST_KEYS = keys("name", "start", "device", "params", "steps");
    private static final Set<String> DEVICE_KEYS = keys("heartbeatSeconds", "type", "site");
    private static final Set<String> SITE_KEYS = keys("kind", "grade");
    private static final Set<String> STEP_KEYS =
            keys("event", "wait", "blind", "change", "after", "age", "device", "flags", "expect");
    private static final Set<String> CHANGE_KEYS = keys("device", "params");
    private static final List<String> ACTS = List.of("event", "wait", "blind", "change");
    private static final Pattern SPAN = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ms|s|min|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDateTime START = LocalDateTime.parse("2026-11-23T08:00");
    static final String DEVICE = "device-1";

    /** Between events, if the test does not say. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RuleDocument document;
    private final String file;
    private final RuleSet rules;
    private final EventValues events;
    private final ExpectedReader expectations;
    private int sent;

    TestFileReader(String file, String yaml, RuleSet rules) {
        this.document = new RuleDocument(file, yaml);
        this.file = file;
        this.rules = rules;
        this.events = new EventValues(document, rules.feed());
        this.expectations = new ExpectedReader(document, rules);
    }

    TestFile read() throws RuleException {
        RuleSection root = document.root(FILE_KEYS);
        List<RuleTest> tests = new ArrayList<>();
        if (root != null) {
            ScalarNode feed = root.requiredText("feed");
            if (feed != null && !feed.getValue().equals(rules.feed().id())) {
                document.problem(feed, "feed: the rules beside it are of " + rules.feed());
            }
            TestCity city = city(root, new TestCity(null, "test", null, null, Map.of()));
            Instant start = start(root, START.atZone(ZONE).toInstant());
            Set<String> names = new HashSet<>();
            for (RuleSection section : root.requiredSections("tests", TEST_KEYS)) {
                RuleTest test = test(section, city, start);
                if (test != null && !names.add(test.name())) {
                    document.problem(section.node(), "name: there is another test '" + test.name() + "'");
                }
                if (test != null) {
                    tests.add(test);
                }
            }
        }
        if (!document.clean()) {
            throw document.refused();
        }
        return new TestFile(file, List.copyOf(tests));
    }

    private @Nullable RuleTest test(RuleSection section, TestCity ofFile, Instant ofFileStart) {
        ScalarNode name = section.requiredText("name");
        TestCity city = city(section, ofFile);
        Instant start = start(section, ofFileStart);
        List<Step> steps = new ArrayList<>();
        TestCity now = city;
        for (RuleSection step : section.requiredSections("steps", STEP_KEYS)) {
            Act act = act(step, now);
            if (act instanceof RuleTest.Change change) {
                now = change.city();
            }
            if (act != null) {
                steps.add(new Step(line(step.node()), act, expectations.read(step.get("expect"))));
            }
        }
        return name == null
                ? null
                : new RuleTest(name.getValue(), line(section.node()), start, city, List.copyOf(steps));
    }

    private @Nullable Act act(RuleSection step, TestCity city) {
        List<String> acts = ACTS.stream().filter(step.keys()::contains).toList();
        if (acts.size() != 1) {
            document.problem(step.node(), "expected one of " + String.join(", ", ACTS) + " in each step");
            return null;
        }
        String act = acts.get(0);
        if (!act.equals("event")) {
            for (String key : List.of("after", "age", "device", "flags")) {
                Node misplaced = step.get(key);
                if (misplaced != null) {
                    document.problem(misplaced, "'" + key + "' has its place beside 'event' only");
                }
            }
        }
        return switch (act) {
            case "event" -> send(step);
            case "wait" -> new RuleTest.Wait(span(step.text(act), Duration.ZERO));
            case "blind" -> new RuleTest.Blind(span(step.text(act), Duration.ZERO));
            default -> {
                RuleSection change = step.section(act, CHANGE_KEYS);
                yield change == null ? null : new RuleTest.Change(city(change, city));
            }
        };
    }

    private @Nullable Act send(RuleSection step) {
        RuleSection values = step.section("event", Set.of());
        if (values == null) {
            return null;
        }
        String device = step.textOr("device", DEVICE);
        sent++;
        return new RuleTest.Send(
                device,
                span(step.text("after"), PAUSE),
                span(step.text("age"), Duration.ZERO),
                events.read(values, device, TestCity.VENDOR + "/" + device + "/" + sent),
                flags(step.get("flags")));
    }

    private @Nullable List<String> flags(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        List<String> flags = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> flags.add(item instanceof ScalarNode text ? text.getValue() : ""));
        } else {
            document.problem(node, "flags: expected a list, such as [no-limits]");
        }
        return List.copyOf(flags);
    }

    private TestCity city(RuleSection section, TestCity otherwise) {
        Map<String, Double> params = new TreeMap<>(otherwise.params());
        RuleSection set = section.section(
                "params", rules.params().isEmpty() ? Set.of() : rules.params().keySet());
        if (set != null) {
            for (String name : set.keys()) {
                Double value = set.number(name);
                if (value != null && rules.params().containsKey(name)) {
                    params.put(name, value);
                }
            }
            rules.problemsOf(params).forEach(problem -> document.problem(set.node(), "params: " + problem));
        }
        RuleSection device = section.section("device", DEVICE_KEYS);
        if (device == null) {
            return new TestCity(
                    otherwise.heartbeatSeconds(), otherwise.type(), otherwise.siteKind(), otherwise.grade(), params);
        }
        Double heartbeat = device.number("heartbeatSeconds");
        RuleSection site = device.section("site", SITE_KEYS);
        return new TestCity(
                heartbeat == null ? otherwise.heartbeatSeconds() : Integer.valueOf(heartbeat.intValue()),
                device.textOr("type", otherwise.type()),
                site == null ? otherwise.siteKind() : kind(site),
                site == null ? otherwise.grade() : grade(site),
                params);
    }

    private @Nullable SiteKind kind(RuleSection site) {
        ScalarNode kind = site.requiredText("kind");
        for (SiteKind known : SiteKind.values()) {
            if (kind != null && known.name().equals(kind.getValue())) {
                return known == SiteKind.NONE ? null : known;
            }
        }
        if (kind != null) {
            document.problem(kind, "kind: expected one of " + List.of(SiteKind.values()));
        }
        return null;
    }

    private static @Nullable String grade(RuleSection site) {
        ScalarNode grade = site.text("grade");
        return grade == null ? null : grade.getValue();
    }

    private Instant start(RuleSection section, Instant otherwise) {
        ScalarNode text = section.text("start");
        if (text == null) {
            return otherwise;
        }
        try {
            return LocalDateTime.parse(text.getValue().replace(' ', 'T'))
                    .atZone(ZONE)
                    .toInstant();
        } catch (DateTimeException e) {
            document.problem(text, "start: expected a time of the city such as 2026-11-23T08:00");
            return otherwise;
        }
    }

    private Duration span(@Nullable ScalarNode text, Duration otherwise) {
        if (text == null) {
            return otherwise;
        }
        Matcher matcher = SPAN.matcher(text.getValue().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long unit = MILLIS.getOrDefault(matcher.group(2), 1L);
            return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * unit));
        }
        document.problem(
                text, "expected a time such as 500 ms, 90 s, 30 min, 2 h or 3 d, found '" + text.getValue() + "'");
        return otherwise;
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static Set<String> keys(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }
}
