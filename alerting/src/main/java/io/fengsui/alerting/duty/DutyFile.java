package io.fengsui.alerting.duty;

import io.fengsui.alerting.duty.DutyPlan.Escalation;
import io.fengsui.alerting.duty.DutyPlan.FigureName;
import io.fengsui.alerting.duty.DutyPlan.Flapping;
import io.fengsui.alerting.duty.DutyPlan.Report;
import io.fengsui.alerting.duty.DutyPlan.Revisions;
import io.fengsui.alerting.duty.DutyPlan.Stage;
import io.fengsui.alerting.duty.DutyPlan.Start;
import io.fengsui.alerting.duty.DutyPlan.Way;
import io.fengsui.alerting.duty.DutyPlan.Which;
import io.fengsui.alerting.yaml.YamlFile;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.alerting.yaml.YamlSection;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads {@code duty.yaml}; alerting/docs/duty-format.md describes it. Pure. */
public final class DutyFile {
    private static final Set<String> KEYS = ordered("cityCommand", "escalation", "flapping", "reports", "revisions");
    private static final List<String> WHICH = List.of("severities", "rules", "feeds", "lifeSafety");
    private static final Set<String> ESCALATION_KEYS =
            withWhich("departmentMinutes", "cityMinutes", "departments", "source");
    private static final Set<String> FLAPPING_KEYS = withWhich("times", "minutes", "quietMinutes", "source");
    private static final Set<String> REPORT_KEYS =
            withWhich("id", "title", "by", "stage", "to", "from", "minutes", "repeats", "source");
    private static final Set<String> REVISION_KEYS = ordered("days", "figures", "source");
    private static final Set<String> FIGURE_KEYS = ordered("id", "name");
    private static final int MOST_MINUTES = 30 * 24 * 60;
    /** Fewer than changes are kept in an alert's history, from which they are counted. */
    private static final int MOST_TIMES = 20;

    private final YamlFile source;
    private final String yaml;
    private final Predicate<String> isRule;
    private final Predicate<String> isDepartment;
    private final Set<String> reportIds = new LinkedHashSet<>();

    private DutyFile(String file, String yaml, Predicate<String> isRule, Predicate<String> isDepartment) {
        this.source = new YamlFile(file, yaml);
        this.yaml = yaml;
        this.isRule = isRule;
        this.isDepartment = isDepartment;
    }

    /**
     * Compiles a file as a whole.
     *
     * @param file name for messages
     * @param isRule whether a feed's rule, or a pattern, has this id
     * @param isDepartment whether a unit of kind DEPARTMENT has this id
     * @throws YamlFileException with everything that is wrong
     */
    public static DutyPlan compile(String file, String yaml, Predicate<String> isRule, Predicate<String> isDepartment)
            throws YamlFileException {
        return new DutyFile(file, yaml, isRule, isDepartment).compile();
    }

    private DutyPlan compile() throws YamlFileException {
        YamlSection top = source.top(KEYS);
        Optional<String> cityCommand = cityCommand(top);
        List<Escalation> escalations = new ArrayList<>();
        for (YamlSection section : top.sections("escalation", ESCALATION_KEYS)) {
            escalations.add(escalation(section, cityCommand.isPresent()));
        }
        List<Flapping> flappings = new ArrayList<>();
        for (YamlSection section : top.sections("flapping", FLAPPING_KEYS)) {
            flappings.add(new Flapping(
                    which(section),
                    section.number("times", 3, MOST_TIMES),
                    minutes(section, "minutes"),
                    minutes(section, "quietMinutes")));
        }
        List<Report> reports = new ArrayList<>();
        for (YamlSection section : top.sections("reports", REPORT_KEYS)) {
            reports.add(report(section));
        }
        Revisions revisions = revisions(top);
        source.refuseIfWrong();
        return new DutyPlan(
                YamlFile.version(yaml),
                cityCommand,
                List.copyOf(escalations),
                List.copyOf(flappings),
                List.copyOf(reports),
                revisions);
    }

    private Optional<String> cityCommand(YamlSection top) {
        if (!top.has("cityCommand")) {
            return Optional.empty();
        }
        String unit = top.text("cityCommand");
        if (!unit.isEmpty() && !isDepartment.test(unit)) {
            source.problem(
                    top.place("cityCommand"),
                    "cityCommand: found '" + unit + "', expected a unit of kind DEPARTMENT in units.csv");
        }
        return Optional.of(unit);
    }

    private Escalation escalation(YamlSection section, boolean cityIsThere) {
        Optional<Duration> department = optionalMinutes(section, "departmentMinutes");
        Optional<Duration> city = optionalMinutes(section, "cityMinutes");
        if (department.isEmpty() && city.isEmpty()) {
            source.problem(section.place(""), "expected departmentMinutes, cityMinutes or both");
        }
        if (department.isPresent() && city.isPresent() && city.get().compareTo(department.get()) <= 0) {
            source.problem(section.place("cityMinutes"), "cityMinutes: expected more than departmentMinutes");
        }
        if (city.isPresent() && !cityIsThere) {
            source.problem(
                    section.place("cityMinutes"),
                    "cityMinutes: expected cityCommand at the top of the file to say whose");
        }
        Set<String> departments = section.names("departments", isDepartment, "a unit of kind DEPARTMENT in units.csv");
        return new Escalation(
                which(section), department, city, departments.stream().sorted().toList());
    }

    private Report report(YamlSection section) {
        String id = section.text("id");
        if (!id.isEmpty() && !id.matches("[a-z][a-z0-9-]{0,63}")) {
            source.problem(section.place("id"), "id: found '" + id + "', expected small letters, digits and '-'");
        } else if (reportIds.contains(id)) {
            source.problem(section.place("id"), "id '" + id + "' is there twice");
        }
        Start from = Start.REPORT;
        Optional<String> after = Optional.empty();
        String start = section.text("from");
        if (start.equals("occurrence") || start.equals("receipt")) {
            from = start.equals("receipt") ? Start.RECEIPT : Start.OCCURRENCE;
        } else if (reportIds.contains(start)) {
            after = Optional.of(start);
        } else if (!start.isEmpty()) {
            source.problem(
                    section.place("from"),
                    "from: found '" + start + "', expected occurrence, receipt or the id of a report above");
        }
        reportIds.add(id);
        return new Report(
                id,
                section.words("title"),
                section.choice("by", Way.class, Way.WRITTEN),
                section.choice("stage", Stage.class, Stage.FIRST),
                section.words("to"),
                which(section),
                from,
                after,
                minutes(section, "minutes"),
                flag(section, "repeats"),
                section.text("source"));
    }

    private Revisions revisions(YamlSection top) {
        Optional<YamlSection> found = top.section("revisions", REVISION_KEYS);
        if (found.isEmpty()) {
            return DutyPlan.NONE.revisions();
        }
        List<FigureName> figures = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlSection figure : found.get().sections("figures", FIGURE_KEYS)) {
            String id = figure.text("id");
            if (!id.isEmpty() && !id.matches("[a-zA-Z][a-zA-Z0-9]{0,63}")) {
                source.problem(figure.place("id"), "id: found '" + id + "', expected letters and digits");
            } else if (!ids.add(id)) {
                source.problem(figure.place("id"), "id '" + id + "' is there twice");
            }
            figures.add(new FigureName(id, figure.words("name")));
        }
        return new Revisions(Duration.ofDays(found.get().number("days", 1, 366)), List.copyOf(figures));
    }

    private Which which(YamlSection section) {
        return new Which(
                Set.copyOf(section.choices("severities", Severity.class)),
                section.names("rules", isRule, "a rule of rules/*.yaml or a pattern of incidents.yaml"),
                section.names(
                        "feeds",
                        id -> Feeds.byId(id).isPresent(),
                        Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", "))),
                flag(section, "lifeSafety"));
    }

    private boolean flag(YamlSection section, String key) {
        if (!section.has(key)) {
            return false;
        }
        String text = section.text(key);
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            source.problem(section.place(key), key + ": found '" + text + "', expected true or false");
        }
        return text.equals("true");
    }

    private static Optional<Duration> optionalMinutes(YamlSection section, String key) {
        return section.has(key) ? Optional.of(minutes(section, key)) : Optional.empty();
    }

    private static Duration minutes(YamlSection section, String key) {
        return Duration.ofMinutes(section.number(key, 1, MOST_MINUTES));
    }

    private static Set<String> withWhich(String... keys) {
        Set<String> all = new LinkedHashSet<>(WHICH);
        all.addAll(List.of(keys));
        return all;
    }

    private static Set<String> ordered(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }
}
