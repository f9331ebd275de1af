package io.fengsui.alerting.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times and spans in words, as of one moment. Times are those of Asia/Shanghai and always have their date. */
public record Times(Words words, Instant now) {
    /** Of all times on pages. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZONE);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZONE);
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZONE);

    /** Date and time to the second; a dash for none. */
    public String full(@Nullable Instant time) {
        return time == null ? "—" : FULL.format(time);
    }

    /** The time of now, without date. */
    public String clock() {
        return CLOCK.format(now);
    }

    /** For machines. */
    public static String iso(Instant time) {
        return ISO.format(time);
    }

    /** How long ago, in at most two units. */
    public String age(Instant since) {
        Duration span = Duration.between(since, now);
        return span.toSeconds() < 10 ? words.of(Word.JUST_NOW) : span(span);
    }

    /** How long ago, as a phrase. */
    public String ago(Instant since) {
        Duration span = Duration.between(since, now);
        return span.toSeconds() < 10 ? words.of(Word.JUST_NOW) : words.of(Word.AGO, span(span));
    }

    /** A span in at most two units. */
    public String span(Duration span) {
        if (span.toMinutes() < 1) {
            return words.of(Word.SECONDS, span.toSeconds());
        }
        if (span.toHours() < 1) {
            return words.of(Word.MINUTES, span.toMinutes());
        }
        if (span.toDays() < 1) {
            return words.of(Word.HOURS_MINUTES, span.toHours(), span.toMinutesPart());
        }
        return words.of(Word.DAYS_HOURS, span.toDays(), span.toHoursPart());
    }
}
