package io.fengsui.streams.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a rule is in force, by the city's calendar: within any of its windows.
 *
 * @param text as written, for documents
 */
public record Schedule(List<Window> windows, String text) {
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    /** A window that opens at all does so within four years, a leap day included; half a year more does no harm. */
    private static final int DAYS_AHEAD = 4 * 366 + 183;

    /**
     * A time of day on some days.
     *
     * @param days of the week
     * @param from first minute
     * @param to first minute that is no more in it; not after {@code from}: on the next day, and the same: the whole day
     * @param dates on which it opens; empty: all
     * @param except dates on which it does not open
     */
    public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, List<Dates> dates, List<Dates> except) {

        private boolean opensOn(LocalDate day) {
            return days.contains(day.getDayOfWeek())
                    && (dates.isEmpty() || dates.stream().anyMatch(some -> some.contains(day)))
                    && except.stream().noneMatch(some -> some.contains(day));
        }

        private boolean contains(LocalDateTime time) {
            LocalDate day = time.toLocalDate();
            LocalTime at = time.toLocalTime();
            boolean overnight = !to.isAfter(from);
            if (opensOn(day) && !at.isBefore(from) && (overnight || at.isBefore(to))) {
                return true;
            }
            return overnight && at.isBefore(to) && opensOn(day.minusDays(1));
        }

        private @Nullable LocalDateTime next(LocalDateTime after) {
            LocalDate day = after.toLocalDate();
            for (int i = 0; i < DAYS_AHEAD; i++) {
                LocalDateTime opening = day.plusDays(i).atTime(from);
                if (opening.isAfter(after) && opensOn(day.plusDays(i))) {
                    return opening;
                }
            }
            return null;
        }
    }

    /**
     * Days from one to another, both included: of every year, over New Year too, or of one.
     *
     * @param first of every year; null if the years are given
     * @param last of every year; null if the years are given
     */
    public record Dates(
            @Nullable MonthDay first,
            @Nullable MonthDay last,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {

        boolean contains(LocalDate day) {
            if (first != null && last != null) {
                MonthDay of = MonthDay.from(day);
                boolean begun = !of.isBefore(first);
                boolean goesOn = !of.isAfter(last);
                return first.isAfter(last) ? begun || goesOn : begun && goesOn;
            }
            return from != null && to != null && !day.isBefore(from) && !day.isAfter(to);
        }
    }

    boolean contains(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, CITY);
        return windows.stream().anyMatch(window -> window.contains(local));
    }

    /** The time itself if it is in force then, else when it is next; {@link Long#MAX_VALUE} if never. Epoch milliseconds. */
    public long nextFrom(long time) {
        Instant at = Instant.ofEpochMilli(time);
        if (contains(at)) {
            return time;
        }
        LocalDateTime local = LocalDateTime.ofInstant(at, CITY);
        long next = Long.MAX_VALUE;
        for (Window window : windows) {
            LocalDateTime opening = window.next(local);
            if (opening != null) {
                next = Math.min(next, opening.atZone(CITY).toInstant().toEpochMilli());
            }
        }
        return next;
    }

    /** Every day of the week. */
    static Set<DayOfWeek> everyDay() {
        return Set.of(DayOfWeek.values());
    }

    @Override
    public String toString() {
        return text;
    }
}
