package io.fengsui.standalone.letters;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Those of many letters that are looked at, and how many there are by reason. Holds no more than its limit. */
public final class Selection {
    private final int limit;
    private final PriorityQueue<Letter> kept;
    private final Map<String, Long> byReason = new TreeMap<>();
    private long total;

    private Selection(int limit, Comparator<Letter> leastWantedFirst) {
        this.limit = limit;
        this.kept = new PriorityQueue<>(leastWantedFirst);
    }

    /** @param limit most letters; 1 or more */
    public static Selection newest(int limit) {
        return new Selection(limit, Letter.BY_ARRIVAL);
    }

    /** @param limit most letters; 1 or more */
    public static Selection oldest(int limit) {
        return new Selection(limit, Letter.BY_ARRIVAL.reversed());
    }

    public void add(Letter letter) {
        total++;
        byReason.merge(letter.content().getReason(), 1L, Long::sum);
        kept.add(letter);
        if (kept.size() > limit) {
            kept.poll();
        }
    }

    /** In order of arrival. */
    public List<Letter> letters() {
        return kept.stream().sorted(Letter.BY_ARRIVAL).toList();
    }

    /** Of all that were added. */
    public Map<String, Long> byReason() {
        return byReason;
    }

    /** All that were added, kept or not. */
    public long total() {
        return total;
    }
}
