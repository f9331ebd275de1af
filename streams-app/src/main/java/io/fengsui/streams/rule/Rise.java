package io.fengsui.streams.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much a reading has risen above its lowest within a time, by the device's clock. Of each quarter of that time the lowest
 * reading is kept, so that a device's state holds five at most.
 *
 * @param of the reading, {@code event.<field>}
 */
public record Rise(String of, Span within) {
    private static final int PARTS = 4;

    /** The facts with {@code rise}, where the event has the reading. */
    Facts measured(Rule rule, Facts facts, Instant at, OpenCases open) {
        Object value = rule.explanationEn().valueOf(of, facts);
        Duration window = within.of(facts);
        if (!(value instanceof Number number) || window == null || window.isZero()) {
            return facts;
        }
        double reading = number.doubleValue();
        long now = at.toEpochMilli();
        long part = Math.max(1, window.toMillis() / PARTS);
        List<Mark> lows = new ArrayList<>(open.marks(rule.id()));
        lows.removeIf(low -> now - low.at() > window.toMillis());
        Mark last = lows.isEmpty() ? null : lows.get(lows.size() - 1);
        if (last == null || last.at() / part != now / part) {
            lows.add(Mark.of(now, reading));
        } else if (reading < last.reading()) {
            lows.set(lows.size() - 1, Mark.of(now, reading));
        }
        open.mark(rule.id(), lows);
        double lowest = lows.stream().mapToDouble(Mark::reading).min().orElse(reading);
        return facts.with(Map.of(Variables.RISE, Math.max(0, reading - lowest)));
    }

    @Override
    public String toString() {
        return of + " within " + within;
    }
}
