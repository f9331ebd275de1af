package io.fengsui.alerting.notify.cap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The published messages of a realm, in the order of the log. The first of an identifier counts: two instances may have written the
 * same one.
 *
 * <p>Of the newest, which the feed lists, the entries are in memory; of all others only where they are in the log, and they are read
 * from there when somebody asks. Beyond a bound the oldest are forgotten, but never those of an alert that is held. For any thread;
 * what asks for one message or for those of an alert may wait for the log.
 */
public final class CapIndex {
    /** A list of references without end would make each message larger than the one before. */
    static final int MOST_REFERENCES = 200;

    /** An alert's former messages are asked for again with its next one. */
    private static final int MOST_RECALLED = 5_000;

    private final int listed;
    private final int most;
    private final Predicate<String> isHeld;
    private final Recall recall;
    private final NavigableMap<Long, CapEntry> newest = new TreeMap<>();
    private final Map<Long, CapEntry> recalled = new LinkedHashMap<>();
    private final Map<Long, Place> byIdentifier = new HashMap<>();
    private final Map<Long, Place> byNational = new HashMap<>();
    private final Map<String, Place> lastOf = new HashMap<>();
    private int forgetAt;

    /** Reads from the log what is no longer in memory. */
    @FunctionalInterface
    public interface Recall {

        /**
         * Empty if the log has let go of it.
         *
         * @throws CapUnreadableException if it cannot be read now
         */
        Optional<CapEntry> at(long offset);
    }

    /**
     * @param listed how many messages a feed can list
     * @param most of how many it is known where they are
     * @param isHeld by alert id: whether its messages are needed still, whatever their number
     */
    public CapIndex(int listed, int most, Predicate<String> isHeld, Recall recall) {
        this.listed = listed;
        this.most = most;
        this.isHeld = isHeld;
        this.recall = recall;
        this.forgetAt = most;
    }

    /**
     * Where a message is. Names are kept as a hash of 64 bits: of a million, two are the same in one of 10^7 cities.
     *
     * @param before the former one of the same alert
     */
    private record Place(
            long identifier,
            long national,
            long offset,
            int occurrence,
            @Nullable Place before) {}

    /** False if there is one of that identifier. */
    public synchronized boolean add(CapEntry entry, long offset) {
        long identifier = hash(entry.identifier());
        if (byIdentifier.containsKey(identifier)) {
            return false;
        }
        String nationalName = entry.nationalIdentifier();
        long national = nationalName == null ? 0 : hash(nationalName);
        Place place = new Place(identifier, national, offset, entry.occurrence(), lastOf.get(entry.alertId()));
        byIdentifier.put(identifier, place);
        if (nationalName != null) {
            byNational.put(national, place);
        }
        lastOf.put(entry.alertId(), place);
        newest.put(offset, entry);
        if (newest.size() > listed) {
            newest.pollFirstEntry();
        }
        if (byIdentifier.size() > forgetAt) {
            forgetOldest();
        }
        return true;
    }

    /** Those of the alerts that were told of longest ago. */
    private void forgetOldest() {
        List<Map.Entry<String, Place>> alerts = new ArrayList<>(lastOf.entrySet());
        alerts.sort(Comparator.comparing(alert -> alert.getValue().offset()));
        int room = most - most / 10;
        for (Map.Entry<String, Place> alert : alerts) {
            if (byIdentifier.size() <= room) {
                break;
            }
            if (!isHeld.test(alert.getKey())) {
                lastOf.remove(alert.getKey());
                for (Place place = alert.getValue(); place != null; place = place.before()) {
                    byIdentifier.remove(place.identifier());
                    byNational.remove(place.national());
                    newest.remove(place.offset());
                }
            }
        }
        forgetAt = Math.max(most, byIdentifier.size() + most / 10);
    }

    public Optional<CapEntry> get(String identifier) {
        OptionalLong offset = offset(identifier);
        return offset.isEmpty()
                ? Optional.empty()
                : at(offset.getAsLong()).filter(entry -> entry.identifier().equals(identifier));
    }

    /** Where in the log a message is. */
    public synchronized OptionalLong offset(String identifier) {
        Place place = byIdentifier.get(hash(identifier));
        return place == null ? OptionalLong.empty() : OptionalLong.of(place.offset());
    }

    public Optional<CapEntry> byNational(String nationalIdentifier) {
        Place place;
        synchronized (this) {
            place = byNational.get(hash(nationalIdentifier));
        }
        return place == null
                ? Optional.empty()
                : at(place.offset()).filter(entry -> nationalIdentifier.equals(entry.nationalIdentifier()));
    }

    /** Messages of an occurrence, the oldest first; of more than {@value #MOST_REFERENCES} the first and the newest. */
    public List<CapEntry> of(String alertId, int occurrence) {
        List<Long> offsets = new ArrayList<>();
        synchronized (this) {
            for (Place place = lastOf.get(alertId); place != null; place = place.before()) {
                if (place.occurrence() == occurrence) {
                    offsets.add(place.offset());
                }
            }
        }
        offsets.sort(null);
        List<CapEntry> entries = new ArrayList<>();
        for (int i = 0; i < offsets.size(); i++) {
            if (i == 0 || i > offsets.size() - MOST_REFERENCES) {
                at(offsets.get(i)).ifPresent(entries::add);
            }
        }
        return List.copyOf(entries);
    }

    private Optional<CapEntry> at(long offset) {
        synchronized (this) {
            CapEntry known = newest.get(offset);
            if (known == null) {
                known = recalled.get(offset);
            }
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<CapEntry> read = recall.at(offset);
        synchronized (this) {
            read.ifPresent(entry -> recalled.put(offset, entry));
            if (recalled.size() > MOST_RECALLED) {
                recalled.remove(recalled.keySet().iterator().next());
            }
        }
        return read;
    }

    /**
     * Some of the messages that are listed, the newest first.
     *
     * @param before only those that were published before this one; null: from the newest
     */
    public synchronized List<CapEntry> page(Predicate<CapEntry> wanted, @Nullable String before, int limit) {
        Place bound = before == null ? null : byIdentifier.get(hash(before));
        NavigableMap<Long, CapEntry> older = bound == null ? newest : newest.headMap(bound.offset(), false);
        List<CapEntry> page = new ArrayList<>();
        for (CapEntry entry : older.descendingMap().values()) {
            if (page.size() == limit) {
                break;
            }
            if (wanted.test(entry)) {
                page.add(entry);
            }
        }
        return List.copyOf(page);
    }

    /** FNV-1a, mixed as MurmurHash3 does in the end. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
