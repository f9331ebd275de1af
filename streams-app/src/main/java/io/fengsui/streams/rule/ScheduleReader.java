package io.fengsui.streams.rule;

import io.fengsui.streams.rule.Schedule.Dates;
import io.fengsui.streams.rule.Schedule.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code schedule}: a window, or a list of them. */
final class ScheduleReader {
    private static final Set<String> KEYS = RuleCompiler.ordered("days", "hours", "dates", "except");
    private static final int DAY_LETTERS = 3;

    private final RuleDocument document;

    ScheduleReader(RuleDocument document) {
        this.document = document;
    }

    /** Null without one, or if it is wrong; the document has the problems then. */
    @Nullable
    Schedule read(RuleSection rule) {
        Node node = rule.get("schedule");
        if (node == null) {
            return null;
        }
        List<RuleSection> sections = new ArrayList<>();
        if (node instanceof SequenceNode) {
            sections.addAll(rule.requiredSections("schedule", KEYS));
        } else {
            RuleSection only = rule.requiredSection("schedule", KEYS);
            if (only != null) {
                sections.add(only);
            }
        }
        List<Window> windows = sections.stream().map(this::window).toList();
        String text = sections.stream().map(ScheduleReader::text).collect(Collectors.joining(" or "));
        return windows.isEmpty() ? null : new Schedule(windows, text);
    }

    private Window window(RuleSection section) {
        if (section.keys().isEmpty()) {
            document.problem(section.node(), "schedule: expected days, hours or dates");
        }
        LocalTime[] hours = hours(section.text("hours"));
        return new Window(
                days(section.text("days")), hours[0], hours[1], dates(section, "dates"), dates(section, "except"));
    }

    private Set<DayOfWeek> days(@Nullable ScalarNode text) {
        if (text == null) {
            return Schedule.everyDay();
        }
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.getValue().split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            DayOfWeek first = day(ends[0]);
            DayOfWeek last = day(ends[ends.length - 1]);
            if (first == null || last == null || ends.length > 2) {
                document.problem(
                        text, "days: expected days such as mon-fri or sat,sun, found '" + text.getValue() + "'");
                return Schedule.everyDay();
            }
            for (DayOfWeek day = first; day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static @Nullable DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, DAY_LETTERS).toLowerCase(Locale.ROOT).equals(name.strip())) {
                return day;
            }
        }
        return null;
    }

    private LocalTime[] hours(@Nullable ScalarNode text) {
        if (text != null) {
            String[] ends = text.getValue().split("-", -1);
            try {
                if (ends.length == 2) {
                    return new LocalTime[] {time(ends[0].strip()), time(ends[1].strip())};
                }
            } catch (DateTimeException e) {
                // told below
            }
            document.problem(
                    text,
                    "hours: expected a time of day to another such as 08:30-17:30, found '" + text.getValue() + "'");
        }
        return new LocalTime[] {LocalTime.MIDNIGHT, LocalTime.MIDNIGHT};
    }

    private static LocalTime time(String text) {
        return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    private List<Dates> dates(RuleSection section, String key) {
        Node node = section.get(key);
        List<Dates> dates = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            for (Node entry : list.getValue()) {
                if (entry instanceof ScalarNode text) {
                    add(dates, text, key);
                } else {
                    document.problem(entry, key + ": expected dates such as 05-01..09-30");
                }
            }
        } else if (node != null) {
            ScalarNode text = section.text(key);
            if (text != null) {
                add(dates, text, key);
            }
        }
        return List.copyOf(dates);
    }

    private void add(List<Dates> dates, ScalarNode text, String key) {
        String[] ends = text.getValue().split("\\.\\.", -1);
        String first = ends[0].strip();
        String last = ends[ends.length - 1].strip();
        try {
            if (ends.length <= 2 && first.length() == "MM-dd".length()) {
                dates.add(new Dates(MonthDay.parse("--" + first), MonthDay.parse("--" + last), null, null));
                return;
            }
            if (ends.length <= 2 && !LocalDate.parse(last).isBefore(LocalDate.parse(first))) {
                dates.add(new Dates(null, null, LocalDate.parse(first), LocalDate.parse(last)));
                return;
            }
        } catch (DateTimeException e) {
            // told below
        }
        document.problem(
                text,
                key + ": expected dates such as 05-01..09-30 of every year, or 2026-10-01..2026-10-08, found '"
                        + text.getValue() + "'");
    }

    private static String text(RuleSection section) {
        return section.keys().stream()
                .map(key -> key + " "
                        + (section.get(key) instanceof ScalarNode scalar ? scalar.getValue() : plain(section.get(key))))
                .collect(Collectors.joining(", "));
    }

    private static String plain(@Nullable Node node) {
        return node instanceof SequenceNode list
                ? list.getValue().stream()
                        .map(entry -> entry instanceof ScalarNode scalar ? scalar.getValue() : "")
                        .collect(Collectors.joining(", "))
                : "";
    }
}
