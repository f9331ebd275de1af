package io.fengsui.streams.group;

import io.fengsui.event.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a rule has counted of one group, the newest at most. Mutable, for one thread. */
public final class GroupCount {

    /** Most that is remembered: more than twice as often as a rule may ask for. */
    static final int LIMIT = 256;

    /**
     * Something that happened.
     *
     * @param at device clock, epoch milliseconds
     * @param what hash of what counts once
     */
    public record Entry(long at, long what, String deviceId, Severity severity) {}

    private final List<Entry> entries;
    private int told;

    /** Of a group that nothing happened to yet. */
    public GroupCount() {
        this(List.of(), 0);
    }

    GroupCount(List<Entry> entries, int told) {
        this.entries = new ArrayList<>(entries);
        this.told = told;
    }

    /** In the order of their times. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many there were when it was news last; 0: it never was, or they have been fewer since. */
    int told() {
        return told;
    }

    /**
     * Counts what happened; the same thing counts once.
     *
     * @param times how often it must happen to be worth telling
     * @return false if it was counted before or is too old to count
     */
    public boolean add(Entry entry, Duration within, int times) {
        if (entries.stream().anyMatch(known -> known.what() == entry.what())) {
            return false;
        }
        entries.add(entry);
        entries.sort(Comparator.comparingLong(Entry::at));
        long newest = entries.get(entries.size() - 1).at();
        entries.removeIf(old -> newest - old.at() > within.toMillis());
        while (entries.size() > LIMIT) {
            entries.remove(0);
        }
        if (entries.size() <= times) {
            told = 0;
        }
        return entries.contains(entry);
    }

    /** Whether it is news that there are so many now: at the first time, and then whenever they have doubled. */
    public boolean news() {
        if (told != 0 && entries.size() < 2 * told) {
            return false;
        }
        told = entries.size();
        return true;
    }

    public Severity gravest() {
        return entries.stream()
                .map(Entry::severity)
                .min(Comparator.naturalOrder())
                .orElse(Severity.UNKNOWN);
    }

    public long devices() {
        return entries.stream().map(Entry::deviceId).distinct().count();
    }
}
