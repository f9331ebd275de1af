package io.fengsui.seeds.fleet;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.fleet.Destinations.Destination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What must come of each distinct message of a run, eight bytes a message; the ids are reckoned from the message's number.
 * A run without end keeps none of it. Safe for use by many threads.
 */
public final class Expectations {
    private static final int FIRST_SIZE = 1 << 12;
    private static final byte NONE = -1;
    private static final byte DRILL = 1;
    private static final byte LATE = 2;
    private static final byte LAST_WILL = 4;
    private static final byte POSSIBLE = 8;
    private static final List<Rejection> REASONS = List.of(Rejection.values());

    /** Where messages come from, and where they go. */
    record Origin(String vendor, Feed<?> feed, String deviceId, Destination live, Destination drill) {
        private static final Destination NOWHERE = new Destination(Outcome.DEAD_LETTER, List.of());

        /** @param divisionCode that the event names; null if it is where its device is */
        static Origin of(
                Device device,
                Feed<?> feed,
                @Nullable String divisionCode,
                Destinations destinations,
                Instant eventTime) {
            return new Origin(
                    device.getVendor(),
                    feed,
                    device.getDeviceId(),
                    destinations.of(Realm.LIVE, feed, device, divisionCode, eventTime),
                    destinations.of(Realm.DRILL, feed, device, divisionCode, eventTime));
        }

        /** Of messages that are refused. */
        static Origin refused(String vendor, Feed<?> feed, String deviceId) {
            return new Origin(vendor, feed, deviceId, NOWHERE, NOWHERE);
        }
    }

    private final String run;
    private final boolean kept;
    private final List<Origin> origins = new ArrayList<>();
    private final Map<Origin, Integer> numbers = new HashMap<>();
    private int[] origin = new int[FIRST_SIZE];
    /** Place of the dead letter's reason in REASONS, or NONE. */
    private byte[] reasons = new byte[FIRST_SIZE];

    private byte[] flags = new byte[FIRST_SIZE];
    private byte[] copies = new byte[FIRST_SIZE];
    private byte[] acknowledged = new byte[FIRST_SIZE];
    private int size;

    /**
     * @param run start of all message ids
     * @param kept false to give out numbers only
     */
    Expectations(String run, boolean kept) {
        this.run = run;
        this.kept = kept;
    }

    /** A new message that was not published yet; its number. */
    int add(Origin from, boolean exercise, boolean late) {
        return add(from, null, (exercise ? DRILL : 0) | (late ? LATE : 0));
    }

    int addRefused(Origin from, Rejection reason) {
        return add(from, reason, 0);
    }

    int addLastWill(Origin from) {
        return add(from, null, LAST_WILL);
    }

    private synchronized int add(Origin from, @Nullable Rejection reason, int traits) {
        int number = size++;
        if (!kept) {
            return number;
        }
        if (number == origin.length) {
            grow();
        }
        origin[number] = numbers.computeIfAbsent(from, o -> {
            origins.add(o);
            return origins.size() - 1;
        });
        reasons[number] = reason == null ? NONE : (byte) REASONS.indexOf(reason);
        flags[number] = (byte) traits;
        return number;
    }

    private void grow() {
        int larger = origin.length * 2;
        origin = Arrays.copyOf(origin, larger);
        reasons = Arrays.copyOf(reasons, larger);
        flags = Arrays.copyOf(flags, larger);
        copies = Arrays.copyOf(copies, larger);
        acknowledged = Arrays.copyOf(acknowledged, larger);
    }

    synchronized void published(int number) {
        if (kept) {
            copies[number]++;
        }
    }

    /** Was not published after all. */
    synchronized void withdrawn(int number) {
        if (kept) {
            copies[number]--;
        }
    }

    /** Nobody knows whether it was published. */
    synchronized void possible(int number) {
        if (kept) {
            flags[number] |= POSSIBLE;
        }
    }

    synchronized void acknowledged(int number) {
        if (kept) {
            acknowledged[number]++;
        }
    }

    /** Message id of a number: unique over runs, as the run is. */
    String messageId(int number) {
        return run + "-" + Integer.toString(number, Character.MAX_RADIX);
    }

    /** Calls back with every message that was or may have been published, in the order in which they were made. */
    public synchronized void forEach(Consumer<Expectation> action) {
        for (int number = 0; kept && number < size; number++) {
            if (copies[number] > 0 || (flags[number] & POSSIBLE) != 0) {
                action.accept(expectation(number));
            }
        }
    }

    /** Number of distinct messages that were published. */
    public synchronized int size() {
        int published = 0;
        for (int number = 0; kept && number < size; number++) {
            published += copies[number] > 0 ? 1 : 0;
        }
        return published;
    }

    private Expectation expectation(int number) {
        Origin from = origins.get(origin[number]);
        Realm realm = (flags[number] & DRILL) != 0 ? Realm.DRILL : Realm.LIVE;
        Destination to = realm == Realm.DRILL ? from.drill() : from.live();
        Rejection reason = reasons[number] == NONE ? null : REASONS.get(reasons[number]);
        return new Expectation(
                from.vendor() + "/" + from.deviceId() + "/" + messageId(number),
                from.feed(),
                realm,
                reason == null ? to.outcome() : Outcome.DEAD_LETTER,
                reason,
                reason == null
                        ? to.topics()
                        : List.of(Topics.deadLetter(from.feed()).name()),
                (flags[number] & LATE) != 0,
                (flags[number] & LAST_WILL) != 0,
                copies[number],
                acknowledged[number]);
    }
}
