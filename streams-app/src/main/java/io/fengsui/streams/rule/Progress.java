package io.fengsui.streams.rule;

import io.fengsui.event.Severity;
import java.util.Map;

/**
 * How far a case has come whose severity depends on time ({@code for}, {@code after}, {@code times}).
 *
 * @param from since when it has been so, our clock (arrival at the bridge), epoch milliseconds
 * @param due when to look at it again although nothing comes, our clock, epoch milliseconds; 0: not
 * @param holding the severities whose condition the newest event made true, a bit each ({@link #bit})
 * @param seen what the newest such event said, by name, for the words of a signal that no event makes
 */
public record Progress(long from, long due, int holding, Map<String, Object> seen) {

    /** Of a case that knows no time. */
    public static final Progress NONE = new Progress(0, 0, 0, Map.of());

    static int bit(Severity severity) {
        return switch (severity) {
            case UNKNOWN -> 0;
            case I -> 1;
            case II -> 2;
            case III -> 4;
            case IV -> 8;
        };
    }

    boolean holds(Severity severity) {
        return (holding & bit(severity)) != 0;
    }

    Progress with(long nextDue, int nowHolding, Map<String, Object> nowSeen) {
        return new Progress(from, nextDue, nowHolding, nowSeen);
    }
}
