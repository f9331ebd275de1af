package io.fengsui.standalone.ledger;

import io.fengsui.alerting.board.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The ledger of one feed: for each hour accepted + in flight before = routed + dead-lettered + unrouted + duplicates + in
 * flight after. What is on its way at the end of an hour is accounted for in a later one; what never is, is missing since the
 * hour in which it was accepted. Pure.
 */
final class FeedLedger {
    private static final Duration HOUR = Duration.ofHours(1);

    private final String feed;
    private final NavigableMap<Instant, Long> writtenUntil;
    private final NavigableMap<Instant, Counts> byHour;
    private final long unaccounted;

    /**
     * @param writtenUntil records in the feed's topics at the start of each hour that is asked for, of each one after it, and
     *     now (the last key)
     * @param byHour accounts by start of the hour, from the beginning
     * @param unaccounted what is missing now (above 0) or doubled (below 0), of all time
     */
    FeedLedger(
            String feed,
            NavigableMap<Instant, Long> writtenUntil,
            NavigableMap<Instant, Counts> byHour,
            long unaccounted) {
        this.feed = feed;
        this.writtenUntil = new TreeMap<>(writtenUntil);
        this.byHour = new TreeMap<>(byHour);
        this.unaccounted = unaccounted;
    }

    String feed() {
        return feed;
    }

    /** An entry for each hour until now. */
    List<HourEntry> entries() {
        List<Instant> starts =
                List.copyOf(writtenUntil.headMap(writtenUntil.lastKey(), false).keySet());
        long[] open = new long[starts.size() + 1];
        open[0] = openAt(starts.isEmpty() ? writtenUntil.lastKey() : starts.get(0));
        for (int i = 0; i < starts.size(); i++) {
            boolean last = i == starts.size() - 1;
            open[i + 1] = last ? unaccounted : openAt(starts.get(i).plus(HOUR));
        }
        long[] lasting = lasting(open);
        List<HourEntry> entries = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            Instant start = starts.get(i);
            Instant end = i + 1 < starts.size() ? starts.get(i + 1) : writtenUntil.lastKey();
            Counts counts = byHour.getOrDefault(start, Counts.NONE);
            long written = written(end) - written(start);
            boolean last = i == starts.size() - 1;
            long inFlight = last ? openAt(end) - unaccounted : open[i + 1] - lasting[i + 1];
            entries.add(new HourEntry(
                    feed,
                    start,
                    written + counts.deadLetteredByBridge(),
                    counts,
                    inFlight,
                    lasting[i + 1] - lasting[i]));
        }
        return entries;
    }

    /** What differs since before the first hour that is asked for. */
    long differenceBefore() {
        List<HourEntry> entries = entries();
        return unaccounted - entries.stream().mapToLong(HourEntry::difference).sum();
    }

    /** Written before then and not accounted for in an hour before. */
    private long openAt(Instant time) {
        long settled = byHour.headMap(time, false).values().stream()
                .mapToLong(Counts::settledRecords)
                .sum();
        return written(time) - settled;
    }

    private long written(Instant time) {
        return writtenUntil.getOrDefault(time, 0L);
    }

    /** Of what was open at each time, what stays so for ever: the least of all that follow; below 0, the most. */
    private static long[] lasting(long[] open) {
        long[] lasting = new long[open.length];
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = open.length - 1; i >= 0; i--) {
            least = Math.min(least, open[i]);
            most = Math.max(most, open[i]);
            lasting[i] = least > 0 ? least : Math.min(0, most);
        }
        return lasting;
    }
}
