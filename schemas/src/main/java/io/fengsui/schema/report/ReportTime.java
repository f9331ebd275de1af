package io.fengsui.schema.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Year;
import java.time.ZoneId;

/** A time without year, Asia/Shanghai, to the minute. */
public record ReportTime(MonthDay day, LocalTime time) {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** A reporter's clock may be ahead by a day. */
    private static final int SECONDS_AHEAD = 24 * 60 * 60;

    /** The 29th of February comes again within so many years. */
    private static final int YEARS = 8;

    /** @throws DateTimeException if there is no such time */
    static ReportTime of(int month, int day, int hour, int minute) {
        return new ReportTime(MonthDay.of(month, day), LocalTime.of(hour, minute));
    }

    /** The newest time of that day and hour that is not more than a day after the report's arrival. */
    public Instant before(Instant arrival) {
        Instant latest = arrival.plusSeconds(SECONDS_AHEAD);
        int year = latest.atZone(SHANGHAI).getYear();
        for (int back = 0; back <= YEARS; back++) {
            if (day.isValidYear(year - back)) {
                Instant at = Year.of(year - back)
                        .atMonthDay(day)
                        .atTime(time)
                        .atZone(SHANGHAI)
                        .toInstant();
                if (!at.isAfter(latest)) {
                    return at;
                }
            }
        }
        throw new IllegalStateException("no such day within " + YEARS + " years");
    }

    @Override
    public String toString() {
        return String.format(
                "%02d%02d%02d%02d", day.getMonthValue(), day.getDayOfMonth(), time.getHour(), time.getMinute());
    }
}
