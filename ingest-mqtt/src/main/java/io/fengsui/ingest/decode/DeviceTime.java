package io.fengsui.ingest.decode;

import io.fengsui.schema.rejection.Rejection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Times as devices write them; without zone they are Asia/Shanghai. */
public final class DeviceTime {
    public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** ISO 8601 with T or a blank between date and time, seconds and fraction optional, offset optional. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final int DATE_LENGTH = "2026-11-23".length();

    /** 9999-12-31T23:59:59.999Z. */
    private static final long MAX_EPOCH_MILLIS = 253_402_300_799_999L;

    private DeviceTime() {}

    /** @throws DecodeException BAD_TIME */
    public static Instant parse(String field, String text) {
        try {
            TemporalAccessor parsed = FORMAT.parseBest(
                    withT(text.strip()), OffsetDateTime::from, ZonedDateTime::from, LocalDateTime::from);
            return parsed instanceof LocalDateTime local
                    ? local.atZone(SHANGHAI).toInstant()
                    : Instant.ofEpochSecond(
                            parsed.getLong(ChronoField.INSTANT_SECONDS), parsed.get(ChronoField.NANO_OF_SECOND));
        } catch (DateTimeException e) {
            String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
            throw new DecodeException(
                    Rejection.BAD_TIME, field, "'" + shown + "' is not of the form 2026-11-23T08:00:00+08:00");
        }
    }

    private static String withT(String text) {
        return text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                : text;
    }

    /** @throws DecodeException BAD_TIME for a time before 1970 or after the year 9999 */
    static Instant ofEpochMillis(String field, long millis) {
        if (millis < 0 || millis > MAX_EPOCH_MILLIS) {
            throw new DecodeException(
                    Rejection.BAD_TIME, field, millis + " is no time in milliseconds since the epoch");
        }
        return Instant.ofEpochMilli(millis);
    }
}
