package io.fengsui.streams.rule;

/**
 * Something that a rule remembers of an event: what it counts ({@code times}) or a reading that it compares with
 * ({@code rise}).
 *
 * @param at device clock, epoch milliseconds
 * @param bits what it was: a hash of what is counted, or the bits of the reading
 */
public record Mark(long at, long bits) {

    static Mark of(long at, double reading) {
        return new Mark(at, Double.doubleToLongBits(reading));
    }

    double reading() {
        return Double.longBitsToDouble(bits);
    }
}
