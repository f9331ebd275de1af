package io.fengsui.standalone.letters;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as people give it: an age such as 2h, or ISO 8601, without zone in the city's. */
public final class Moment {
    public static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smhd])");

    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    /** A date, perhaps with a time, perhaps with an offset. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(CITY);

    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(CITY);

    private Moment() {}

    /** @throws IllegalArgumentException if it is neither; says what is understood */
    public static Instant parse(String text, Instant now) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            Duration unit = UNITS.getOrDefault(age.group(2), Duration.ZERO);
            return now.minus(unit.multipliedBy(Long.parseLong(age.group(1))));
        }
        try {
            TemporalAccessor time = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (time instanceof OffsetDateTime exact) {
                return exact.toInstant();
            }
            return time instanceof LocalDateTime local
                    ? local.atZone(CITY).toInstant()
                    : LocalDate.from(time).atStartOfDay(CITY).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no time; give an age such as 30m, 2h or 7d, or 2026-03-02T08:30 (Asia/Shanghai) or"
                            + " 2026-03-02T00:30:00Z",
                    e);
        }
    }

    /** To the millisecond, in the city's zone. */
    public static String exact(Instant time) {
        return EXACT.format(time);
    }

    /** To the second, in the city's zone. */
    public static String shown(Instant time) {
        return SHOWN.format(time);
    }
}
