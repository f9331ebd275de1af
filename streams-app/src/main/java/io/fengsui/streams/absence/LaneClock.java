package io.fengsui.streams.absence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Whether the devices of a lane can be heard: as far as each of its slots is, for which slot a device's messages take is the
 * bridges' matter. Which slots there are the newest pulse says. Not safe for use by many threads.
 */
public final class LaneClock {

    /** What is known of a slot, epoch milliseconds. */
    public record Sight(long sightedSince, long lastPulse) {}

    private final long startedAt;
    private final long blindAfter;
    private final Map<String, SlotClock> slots = new TreeMap<>();
    private long listedAt;

    /**
     * @param startedAt when the task started, epoch milliseconds
     * @param blindAfter longest gap between pulses of a slot, and a pulse older than this is not fresh; milliseconds
     */
    public LaneClock(long startedAt, long blindAfter) {
        this.startedAt = startedAt;
        this.blindAfter = blindAfter;
    }

    /** Goes on where a former task left off with a slot. */
    public void resume(String slot, Sight former) {
        clock(slot, startedAt).resume(former.sightedSince(), former.lastPulse());
        listedAt = Math.max(listedAt, former.lastPulse());
    }

    /**
     * @param slot that sent it
     * @param inForce all slots of the lane
     */
    public void onPulse(String slot, List<String> inForce, long sentAt, long now) {
        if (sentAt >= listedAt) {
            listedAt = Math.min(sentAt, now);
            slots.keySet().retainAll(inForce);
            inForce.forEach(listed -> clock(listed, now));
        }
        SlotClock known = slots.get(slot);
        if (known != null) {
            known.onPulse(sentAt, now);
        }
    }

    private SlotClock clock(String slot, long since) {
        return slots.computeIfAbsent(slot, unheard -> new SlotClock(since, blindAfter));
    }

    public boolean blind(long now) {
        return slots.isEmpty() || slots.values().stream().anyMatch(slot -> slot.blind(now));
    }

    /** Whether silence may be judged: nothing is blind, and all have been seen for a while. */
    public boolean judges(long now) {
        return !slots.isEmpty() && slots.values().stream().allMatch(slot -> slot.judges(now));
    }

    /** Whether people should be told: blind, and not just because the app has started. */
    public boolean alarming(long now) {
        return slots.isEmpty()
                ? new SlotClock(startedAt, blindAfter).alarming(now)
                : slots.values().stream().anyMatch(slot -> slot.alarming(now));
    }

    /** Slots of which nothing is heard. */
    public List<String> blindSlots(long now) {
        return slots.entrySet().stream()
                .filter(slot -> slot.getValue().blind(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Up to when all that came has been heard, epoch milliseconds: silence is judged as of then, and not while blind. */
    public long heardUntil(long now) {
        return least(slot -> slot.heardUntil(now));
    }

    /** Since when pulses of every slot have come without a gap, epoch milliseconds; 0 before the first. */
    public long sightedSince() {
        return slots.values().stream().mapToLong(SlotClock::sightedSince).max().orElse(0);
    }

    private long least(ToLongFunction<SlotClock> of) {
        return slots.values().stream().mapToLong(of).min().orElse(0);
    }

    /** What is known of each slot, to be kept. */
    public Map<String, Sight> sights() {
        Map<String, Sight> sights = new TreeMap<>();
        slots.forEach((slot, clock) -> sights.put(slot, new Sight(clock.sightedSince(), clock.lastPulse())));
        return sights;
    }

    public long blindAfter() {
        return blindAfter;
    }
}
