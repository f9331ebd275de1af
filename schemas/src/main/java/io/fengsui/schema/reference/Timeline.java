package io.fengsui.schema.reference;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one key stands for, day by day (days of the city, both ends included). The days of no two rows overlap. A time is looked
 * up without reckoning days: the one row without end that nearly every key has is simply there. Immutable.
 */
public final class Timeline<T> {
    /** The zone whose days count. */
    public static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    /** A row and its time, epoch milliseconds; {@code until} is the first that is no longer in it. */
    private record Span<T>(long from, long until, T row) {
        boolean holds(long at) {
            return at >= from && at < until;
        }
    }

    private final List<Span<T>> spans;
    private final Span<T> last;
    private final boolean always;

    private Timeline(List<Span<T>> spans) {
        this.spans = spans;
        this.last = spans.get(spans.size() - 1);
        this.always = last.from == Long.MIN_VALUE && last.until == Long.MAX_VALUE;
    }

    /** @param rows one or more, in any order */
    static <T> Timeline<T> of(
            List<T> rows, Function<T, @Nullable LocalDate> validFrom, Function<T, @Nullable LocalDate> validTo) {
        List<Span<T>> spans = new ArrayList<>(rows.size());
        for (T row : rows) {
            LocalDate from = validFrom.apply(row);
            LocalDate to = validTo.apply(row);
            spans.add(new Span<>(
                    from == null ? Long.MIN_VALUE : startOf(from),
                    to == null ? Long.MAX_VALUE : startOf(to.plusDays(1)),
                    row));
        }
        spans.sort(Comparator.comparingLong(Span::from));
        return new Timeline<>(List.copyOf(spans));
    }

    /** The row of a time, or null if there is none. */
    public @Nullable T at(Instant time) {
        return always ? last.row : at(time.toEpochMilli());
    }

    private @Nullable T at(long millis) {
        if (last.holds(millis)) {
            return last.row;
        }
        for (int i = spans.size() - 2; i >= 0; i--) {
            if (spans.get(i).holds(millis)) {
                return spans.get(i).row;
            }
        }
        return null;
    }

    /** The row of a day, or null if there is none. */
    public @Nullable T on(LocalDate day) {
        return at(startOf(day));
    }

    /** The row of the last days. */
    public T last() {
        return last.row;
    }

    /** All rows, in the order of their days. */
    public List<T> rows() {
        return spans.stream().map(Span::row).toList();
    }

    /**
     * Since when there has been a row without a gap up to a time, epoch milliseconds: a row that follows upon another's last
     * day is the same thing going on. {@link Long#MIN_VALUE} without a first day. If there is none at that time, since when
     * there will be next, or {@link Long#MAX_VALUE}.
     */
    public long since(Instant time) {
        long millis = time.toEpochMilli();
        int i = 0;
        while (i < spans.size() && spans.get(i).until <= millis) {
            i++;
        }
        if (i == spans.size()) {
            return Long.MAX_VALUE;
        }
        while (i > 0 && spans.get(i - 1).until == spans.get(i).from) {
            i--;
        }
        return spans.get(i).from;
    }

    /** When a row next begins or ends, epoch milliseconds; {@link Long#MAX_VALUE} if never. */
    public long nextChange(Instant after) {
        long millis = after.toEpochMilli();
        for (Span<T> span : spans) {
            if (span.from > millis) {
                return span.from;
            }
            if (span.until > millis) {
                return span.until;
            }
        }
        return Long.MAX_VALUE;
    }

    /** The same days with something else of each row. */
    public <R> Timeline<R> map(Function<T, R> of) {
        List<Span<R>> mapped = new ArrayList<>(spans.size());
        spans.forEach(span -> mapped.add(new Span<>(span.from, span.until, of.apply(span.row))));
        return new Timeline<>(List.copyOf(mapped));
    }

    private static long startOf(LocalDate day) {
        return day.atStartOfDay(CITY).toInstant().toEpochMilli();
    }
}
