package io.fengsui.seeds.scenario;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.csv.Problems;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a scenario strictly: a key it does not know, a value out of range and a key given twice are errors. */
final class ScenarioReader {
    private static final int MOST_DEVICES = 1_000_000;
    private static final int MOST_MESSAGES = 100_000_000;
    private static final double HIGHEST_RATE = 100_000;
    private static final double LOWEST_RATE = 0.001;

    private static final Set<String> ROOT = ordered(
            "name",
            "description",
            "seed",
            "total",
            "duration",
            "exercise-name",
            "rate",
            "faults",
            "feeds",
            "silences",
            "gateway-losses");
    private static final Set<String> FAULTS =
            Arrays.stream(Fault.values()).map(Fault::key).collect(Collectors.toCollection(LinkedHashSet::new));
    private static final Set<String> FEED = Stream.concat(
                    Stream.of("devices", "rate", "alarm", "native"), FAULTS.stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    private static final Set<String> FEEDS =
            Feeds.all().stream().map(Feed::id).collect(Collectors.toCollection(LinkedHashSet::new));
    private static final Set<String> SILENCE = ordered("feed", "devices", "at", "for", "every");
    private static final Set<String> LOSS = ordered("gateways", "at", "for", "every");

    private final YamlSection root;

    private ScenarioReader(YamlSection root) {
        this.root = root;
    }

    static Optional<Scenario> read(String file, String yaml, Problems problems) {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (!(node instanceof MappingNode mapping)) {
                problems.error(file, 1, "", "found no scenario, expected key: value pairs");
                return Optional.empty();
            }
            return Optional.of(new ScenarioReader(new YamlSection(file, "", mapping, ROOT, problems)).scenario());
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.error(file, line, "", "this is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.error(file, 1, "", "this is no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Scenario scenario() {
        String name = root.required("name");
        if (!name.matches("[a-z0-9-]{1,40}")) {
            root.error("name", "found " + Problems.shown(name) + ", expected lower-case letters, digits and '-'");
        }
        Integer seed = root.integer("seed", 0, 999_999_999);
        Integer total = root.integer("total", 1, MOST_MESSAGES);
        Optional<Duration> duration = root.duration("duration", false);
        if (root.has("total") && root.has("duration")) {
            root.error("duration", "found a duration beside a total, expected one of the two, or neither");
        }
        return new Scenario(
                name,
                root.text("description").orElse(""),
                seed == null ? 1 : seed,
                total == null ? OptionalInt.empty() : OptionalInt.of(total),
                duration,
                root.text("exercise-name").orElse(name),
                feeds(),
                silences(),
                losses());
    }

    private List<FeedPlan> feeds() {
        Map<Fault, Double> defaults = root.section("faults", FAULTS)
                .map(section -> faults(section, Map.of()))
                .orElse(Map.of());
        List<FeedPlan> plans = new ArrayList<>();
        Optional<YamlSection> feeds = root.section("feeds", FEEDS);
        if (feeds.isEmpty() || feeds.get().keys().isEmpty()) {
            root.error("feeds", "found no feed, expected at least one of " + String.join(", ", FEEDS));
        }
        feeds.ifPresent(section -> section.keys().forEach(id -> {
            Feed<?> feed = Feeds.byId(id).orElseThrow();
            section.section(id, FEED).ifPresent(plan -> plans.add(plan(feed, plan, defaults)));
        }));
        return scaled(plans);
    }

    /** A rate of the whole makes the feeds' rates their shares in it. */
    private List<FeedPlan> scaled(List<FeedPlan> plans) {
        double sum = plans.stream().mapToDouble(FeedPlan::rate).sum();
        double whole = root.number("rate", LOWEST_RATE, HIGHEST_RATE, sum);
        return plans.stream()
                .map(plan -> new FeedPlan(
                        plan.feed(),
                        plan.devices(),
                        plan.rate() * whole / sum,
                        plan.alarm(),
                        plan.nativeFormat(),
                        plan.faults()))
                .toList();
    }

    private static FeedPlan plan(Feed<?> feed, YamlSection section, Map<Fault, Double> defaults) {
        section.required("devices");
        section.required("rate");
        boolean all = section.text("devices").equals(Optional.of("all"));
        Integer devices = all ? null : section.integer("devices", 1, MOST_DEVICES);
        Map<Fault, Double> faults = faults(section, defaults);
        double sum = faults.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1) {
            section.error("rate", "the shares of all faults add up to " + sum + ", expected 1 at most");
        }
        return new FeedPlan(
                feed,
                devices == null ? OptionalInt.empty() : OptionalInt.of(devices),
                section.number("rate", LOWEST_RATE, HIGHEST_RATE, 1),
                section.number("alarm", 0, 1, 0),
                section.number("native", 0, 1, 0),
                faults);
    }

    private static Map<Fault, Double> faults(YamlSection section, Map<Fault, Double> defaults) {
        Map<Fault, Double> faults = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            faults.put(fault, section.number(fault.key(), 0, 1, defaults.getOrDefault(fault, 0.0)));
        }
        return faults;
    }

    private List<Silence> silences() {
        List<Silence> silences = new ArrayList<>();
        for (YamlSection section : root.sections("silences", SILENCE)) {
            String id = section.required("feed");
            Optional<Feed<?>> feed = Feeds.byId(id);
            if (feed.isEmpty()) {
                section.error(
                        "feed",
                        "found " + Problems.shown(id) + ", expected one of " + String.join(", ", FEEDS)
                                + Problems.suggestion(id, FEEDS));
            }
            section.required("devices");
            Integer devices = section.integer("devices", 1, MOST_DEVICES);
            Outage outage = outage(section);
            feed.ifPresent(f -> silences.add(new Silence(f, devices == null ? 1 : devices, outage)));
        }
        return List.copyOf(silences);
    }

    private List<GatewayLoss> losses() {
        List<GatewayLoss> losses = new ArrayList<>();
        for (YamlSection section : root.sections("gateway-losses", LOSS)) {
            Integer gateways = section.integer("gateways", 1, MOST_DEVICES);
            losses.add(new GatewayLoss(gateways == null ? 1 : gateways, outage(section)));
        }
        return List.copyOf(losses);
    }

    private static Outage outage(YamlSection section) {
        section.required("at");
        Optional<Duration> at = section.duration("at", true);
        Optional<Duration> lasts = section.duration("for", false);
        Optional<Duration> every = section.duration("every", false);
        if (every.isPresent() && (lasts.isEmpty() || lasts.get().compareTo(every.get()) >= 0)) {
            section.error("every", "found a period without a shorter for, expected for < every");
        }
        return new Outage(at.orElse(Duration.ZERO), lasts, every);
    }

    private static Set<String> ordered(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }
}
