package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.console.page.BoardPage.Cell;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is counted of the open alerts that nothing inhibits, in one pass over them: in a flood they lie all over the memory, and
 * each page shows the counts. One thread adds, then any may read.
 */
public final class OpenCounts {
    private static final Level[] LEVELS = Level.values();

    private final Count city = new Count();
    private final Map<String, Count> units = new HashMap<>();
    private final List<Alert> blind = new ArrayList<>();
    private int urgent;
    private long latestUrgent;

    /** @param rank less for what is more urgent */
    void add(Alert alert, long rank) {
        Level level = Level.of(alert.getSeverity());
        boolean waiting = Stage.of(alert.getState()).waiting();
        city.add(level, waiting, rank);
        List<String> unitIds = alert.getSubject().getUnitIds();
        for (String unitId : unitIds.isEmpty() ? List.of("") : unitIds) {
            units.computeIfAbsent(unitId, id -> new Count()).add(level, waiting, rank);
        }
        if (waiting && (Situation.isGrave(alert) || Escalation.hasRisen(alert))) {
            urgent++;
            latestUrgent = Math.max(latestUrgent, History.newsOf(alert).toEpochMilli());
        }
        if (alert.getSubject().getKind() == SubjectKind.INGEST && alert.getQuietSince() == null) {
            blind.add(alert);
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

        void add(Level level, boolean isWaiting, long rank) {
            open[level.place()]++;
            waiting[level.place()] += isWaiting ? 1 : 0;
            worst = Math.min(worst, rank);
        }
    }
}
