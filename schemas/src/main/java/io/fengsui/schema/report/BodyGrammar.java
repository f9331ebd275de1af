package io.fengsui.schema.report;

import io.fengsui.event.DisasterKind;
import io.fengsui.event.ReportPhase;
import io.fengsui.event.Severity;
import java.time.DateTimeException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of a compact text, both ways; the package tells the grammar. */
final class BodyGrammar {
    private static final char WORDS = '/';

    private static final Map<String, ReportPhase> PHASES = Map.of(
            "初", ReportPhase.FIRST,
            "续", ReportPhase.FOLLOW_UP,
            "核", ReportPhase.VERIFIED);

    /** The short name first: that is what is written. Names are those of 应急〔2020〕19号. */
    private static final Map<String, DisasterKind> DISASTERS = disasters();

    private static final Map<String, Severity> LEVELS = Map.of(
            "I", Severity.I,
            "II", Severity.II,
            "III", Severity.III,
            "IV", Severity.IV,
            "Ⅰ", Severity.I,
            "Ⅱ", Severity.II,
            "Ⅲ", Severity.III,
            "Ⅳ", Severity.IV);

    private static final Pattern HEAD =
            Pattern.compile("([初续核])报?(" + longestFirst(DISASTERS) + ")(" + longestFirst(LEVELS) + ")?");
    private static final Pattern FIGURE = Pattern.compile("([亡失灾转倒损])([0-9]{1,8})");
    /** Possessive: the other repetitions call themselves for each figure, and a text of thousands overflows the stack. */
    private static final Pattern FIGURES = Pattern.compile("(?:" + FIGURE.pattern() + ")++");

    private static final Pattern PLACE =
            Pattern.compile("@([0-9]{12}|[0-9]{9}|[0-9]{6})?([\\p{IsHan}A-Za-z()·-]{1,40})?");
    private static final Pattern TIME = Pattern.compile("时([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})");
    private static final Pattern SEPARATOR = Pattern.compile("[,;]");

    private @Nullable Map<Figure, Integer> figures;
    private @Nullable Matcher place;
    private @Nullable ReportTime time;

    private BodyGrammar() {}

    /** @throws UnreadableReportException with what is wrong, for people */
    static CompactReport read(String body) throws UnreadableReportException {
        int slash = FullWidth.fold(body).indexOf(WORDS);
        String structure = FullWidth.fold(slash < 0 ? body : body.substring(0, slash));
        String words = slash < 0 ? "" : body.substring(slash + 1).strip();
        String[] items = SEPARATOR.split(structure, -1);
        Matcher head = HEAD.matcher(items[0]);
        if (!head.matches()) {
            throw unreadable("“" + shown(items[0]) + "”不是阶段、灾种和级别", "no phase, disaster and level", items[0]);
        }
        BodyGrammar read = new BodyGrammar();
        for (int i = 1; i < items.length; i++) {
            read.item(items[i]);
        }
        return new CompactReport(
                PHASES.getOrDefault(head.group(1), ReportPhase.UNKNOWN),
                DISASTERS.getOrDefault(head.group(2), DisasterKind.UNKNOWN),
                head.group(3) == null ? Severity.UNKNOWN : LEVELS.getOrDefault(head.group(3), Severity.UNKNOWN),
                read.figures == null ? Map.of() : read.figures,
                read.place == null ? null : read.place.group(1),
                read.place == null ? null : read.place.group(2),
                read.time,
                words.isEmpty() ? null : words);
    }

    private void item(String item) throws UnreadableReportException {
        Matcher placed = PLACE.matcher(item);
        Matcher timed = TIME.matcher(item);
        if (FIGURES.matcher(item).matches() && figures == null) {
            figures = figures(item);
        } else if (placed.matches() && item.length() > 1 && place == null) {
            place = placed;
        } else if (timed.matches() && time == null) {
            time = time(timed);
        } else {
            throw unreadable("“" + shown(item) + "”不是数字、地点或时间，或重复", "no figures, place or time, or given twice", item);
        }
    }

    private static Map<Figure, Integer> figures(String item) throws UnreadableReportException {
        Map<Figure, Integer> told = new EnumMap<>(Figure.class);
        Matcher figure = FIGURE.matcher(item);
        while (figure.find()) {
            int count = Integer.parseInt(figure.group(2));
            if (count > Figure.MAX) {
                throw unreadable("“" + shown(item) + "”数字过大", "a figure above " + Figure.MAX, item);
            }
            if (told.put(Figure.of(figure.group(1).charAt(0)), count) != null) {
                throw unreadable("“" + shown(item) + "”数字重复", "a figure given twice", item);
            }
        }
        return told;
    }

    private static ReportTime time(Matcher parts) throws UnreadableReportException {
        try {
            return ReportTime.of(number(parts, 1), number(parts, 2), number(parts, 3), number(parts, 4));
        } catch (DateTimeException e) {
            throw unreadable("“" + parts.group() + "”不是月日时分", "no month, day, hour and minute", parts.group());
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    static String write(CompactReport report) {
        StringBuilder body =
                new StringBuilder(64).append(keyOf(PHASES, report.phase())).append(keyOf(DISASTERS, report.disaster()));
        if (report.severity() != Severity.UNKNOWN) {
            body.append(report.severity().name());
        }
        if (!report.figures().isEmpty()) {
            body.append(',');
            for (Figure figure : Figure.values()) {
                Integer count = report.figures().get(figure);
                if (count != null) {
                    body.append(figure.letter()).append(count.intValue());
                }
            }
        }
        if (report.divisionCode() != null || report.divisionName() != null) {
            body.append(",@").append(orEmpty(report.divisionCode())).append(orEmpty(report.divisionName()));
        }
        if (report.occurredAt() != null) {
            body.append(",时").append(report.occurredAt());
        }
        if (report.words() != null) {
            body.append(WORDS).append(report.words());
        }
        return body.toString();
    }

    private static <V> String keyOf(Map<String, V> map, V value) {
        return map.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a report tells no " + value));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String longestFirst(Map<String, ?> words) {
        return words.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .collect(Collectors.joining("|"));
    }

    private static UnreadableReportException unreadable(String zh, String en, String found) {
        return new UnreadableReportException(zh, en + ": '" + shown(found) + "'");
    }

    private static String shown(String text) {
        return text.length() <= 30 ? text : text.substring(0, 30) + "…";
    }

    private static Map<String, DisasterKind> disasters() {
        Map<String, DisasterKind> names = new LinkedHashMap<>();
        names.put("涝", DisasterKind.FLOOD);
        names.put("旱", DisasterKind.DROUGHT);
        names.put("台", DisasterKind.TYPHOON);
        names.put("雹", DisasterKind.WIND_HAIL);
        names.put("冻", DisasterKind.COLD);
        names.put("雪", DisasterKind.SNOW);
        names.put("沙", DisasterKind.SANDSTORM);
        names.put("震", DisasterKind.EARTHQUAKE);
        names.put("崩", DisasterKind.COLLAPSE);
        names.put("滑", DisasterKind.LANDSLIDE);
        names.put("泥", DisasterKind.MUDFLOW);
        names.put("潮", DisasterKind.STORM_SURGE);
        names.put("啸", DisasterKind.TSUNAMI);
        names.put("火", DisasterKind.WILDFIRE);
        names.put("虫", DisasterKind.BIOLOGICAL);
        names.put("他", DisasterKind.OTHER);
        names.put("洪涝", DisasterKind.FLOOD);
        names.put("干旱", DisasterKind.DROUGHT);
        names.put("台风", DisasterKind.TYPHOON);
        names.put("风雹", DisasterKind.WIND_HAIL);
        names.put("低温冷冻", DisasterKind.COLD);
        names.put("雪灾", DisasterKind.SNOW);
        names.put("沙尘暴", DisasterKind.SANDSTORM);
        names.put("地震", DisasterKind.EARTHQUAKE);
        names.put("崩塌", DisasterKind.COLLAPSE);
        names.put("滑坡", DisasterKind.LANDSLIDE);
        names.put("泥石流", DisasterKind.MUDFLOW);
        names.put("风暴潮", DisasterKind.STORM_SURGE);
        names.put("海啸", DisasterKind.TSUNAMI);
        names.put("森林草原火灾", DisasterKind.WILDFIRE);
        names.put("生物灾害", DisasterKind.BIOLOGICAL);
        names.put("其他", DisasterKind.OTHER);
        return names;
    }
}
