package io.fengsui.streams.device;

import java.time.Duration;
import java.util.Arrays;

/**
 * The event ids a device used lately, as 64-bit hashes in order of arrival: at least the last {@link #AT_LEAST}, and all that
 * arrived within {@link #WINDOW} before the newest, up to {@link #AT_MOST}. A repetition is recent by nature, so duplicates
 * are bounded by devices and not by rate times time. Two ids of one device share a hash once in 10^16 messages.
 */
public final class RecentIds {
    public static final int AT_LEAST = 16;
    public static final int AT_MOST = 1024;
    public static final Duration WINDOW = Duration.ofMinutes(10);

    private long[] hashes;
    private long[] arrivals;
    private int size;

    public RecentIds() {
        this(new long[AT_LEAST], new long[AT_LEAST], 0);
    }

    RecentIds(long[] hashes, long[] arrivals, int size) {
        this.hashes = hashes;
        this.arrivals = arrivals;
        this.size = size;
    }

    /** Spreads an id over 64 bits: FNV-1a over its UTF-16 units, then the finisher of MurmurHash3. */
    public static long hash(CharSequence id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    public boolean contains(long hash) {
        return containsSince(hash, Long.MIN_VALUE);
    }

    /** @param since arrived then or later, our clock, epoch milliseconds */
    boolean containsSince(long hash, long since) {
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash && arrivals[i] >= since) {
                return true;
            }
        }
        return false;
    }

    /** @param arrivedAt our clock, epoch milliseconds */
    public void add(long hash, long arrivedAt) {
        long newest = size == 0 ? arrivedAt : Math.max(arrivedAt, newestArrival());
        int drop = 0;
        while (size - drop >= AT_MOST || (size - drop >= AT_LEAST && arrivals[drop] < newest - WINDOW.toMillis())) {
            drop++;
        }
        makeRoom(drop);
        hashes[size] = hash;
        arrivals[size] = arrivedAt;
        size++;
    }

    public int size() {
        return size;
    }

    long hashAt(int index) {
        return hashes[index];
    }

    long arrivalAt(int index) {
        return arrivals[index];
    }

    private long newestArrival() {
        long newest = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            newest = Math.max(newest, arrivals[i]);
        }
        return newest;
    }

    private void makeRoom(int drop) {
        int kept = size - drop;
        if (kept + 1 > hashes.length) {
            int capacity = Math.min(AT_MOST, Math.max(AT_LEAST, (kept + 1) * 2));
            hashes = Arrays.copyOf(hashes, capacity);
            arrivals = Arrays.copyOf(arrivals, capacity);
        }
        System.arraycopy(hashes, drop, hashes, 0, kept);
        System.arraycopy(arrivals, drop, arrivals, 0, kept);
        size = kept;
    }
}
