package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.BoardEntry;
import io.fengsui.alerting.console.page.BoardPage.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is counted of the open alerts that nothing inhibits: each page shows some of it. One thread adds, then any may read.
 */
public final class OpenCounts {
    private static final Level[] LEVELS = Level.values();
    private static final List<String> NO_UNIT = List.of("");

    private final Count city = new Count();
    private final Map<String, Count> units = new HashMap<>();
    private final List<Alert> blind = new ArrayList<>();
    private int urgent;
    private long latestUrgent;

    void add(BoardEntry entry) {
        Level level = Level.of(entry.severity());
        city.add(level, entry);
        for (String unitId : entry.unitIds().isEmpty() ? NO_UNIT : entry.unitIds()) {
            units.computeIfAbsent(unitId, id -> new Count()).add(level, entry);
        }
        if (entry.urgentSince() > 0) {
            urgent++;
            latestUrgent = Math.max(latestUrgent, entry.urgentSince());
        }
        if (entry.blind()) {
            blind.add(entry.alert());
        }
    }

    /** By severity, gravest first. What is ungraded is shown only where there is some. */
    List<Cell> all() {
        return cells(city);
    }

    /** Ids of units with open alerts, that with the most urgent one first; an empty id for alerts without a unit. */
    List<String> units() {
        return units.entrySet().stream()
                .sorted(Map.Entry.<String, Count>comparingByValue(Comparator.comparingLong(count -> count.worst))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** As {@link #all}, of one of the {@link #units}. */
    List<Cell> of(String unitId) {
        return cells(units.getOrDefault(unitId, new Count()));
    }

    /** How many wait for somebody and cannot wait long. */
    public int urgent() {
        return urgent;
    }

    /** Milliseconds since the epoch of the latest news of such alerts, 0 if there are none: it grows with each that comes. */
    public long latestUrgent() {
        return latestUrgent;
    }

    /** Alerts that say that data no longer comes in; one that flaps only while it does not. */
    public List<Alert> blind() {
        return List.copyOf(blind);
    }

    private List<Cell> cells(Count count) {
        return Arrays.stream(LEVELS)
                .filter(level -> level != Level.UNKNOWN || city.open[Level.UNKNOWN.place()] > 0)
                .map(level -> new Cell(level, count.open[level.place()], count.waiting[level.place()]))
                .toList();
    }

    private static final class Count {
        private final int[] open = new int[LEVELS.length];
        private final int[] waiting = new int[LEVELS.length];
        private long worst = Long.MAX_VALUE;

        void add(Level level, BoardEntry entry) {
            open[level.place()]++;
            waiting[level.place()] += entry.waiting() ? 1 : 0;
            worst = Math.min(worst, entry.rank());
        }
    }
}
