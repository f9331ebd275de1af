package io.fengsui.ingest.feed.dustsensor.hj212;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.schema.rejection.Rejection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Times of a packet, digits without separators, Asia/Shanghai (6.3.3). */
final class PacketTime {
    private static final String DATA_TIME = "uuuuMMddHHmmss";
    private static final DateTimeFormatter SECONDS = format(DATA_TIME);
    private static final DateTimeFormatter MILLISECONDS = format(DATA_TIME + "SSS");

    private PacketTime() {}

    /** @throws DecodeException BAD_TIME */
    static Instant dataTime(String text) {
        return parse("DataTime", text, SECONDS, "yyyyMMddHHmmss");
    }

    /** @throws DecodeException BAD_TIME */
    static void checkNumber(String text) {
        parse("QN", text, MILLISECONDS, "yyyyMMddHHmmssSSS");
    }

    private static Instant parse(String field, String text, DateTimeFormatter format, String form) {
        try {
            return LocalDateTime.parse(text, format).atZone(DeviceTime.SHANGHAI).toInstant();
        } catch (DateTimeException e) {
            throw new DecodeException(Rejection.BAD_TIME, field, "is no time of the form " + form);
        }
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }
}
