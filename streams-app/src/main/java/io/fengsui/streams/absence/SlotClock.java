package io.fengsui.streams.absence;

/**
 * Whether the devices of a slot can be heard. The bridges send a pulse a second through the same broker and topics' host. A gap
 * between the times of pulses says that a bridge or the MQTT broker stood still, and every device has its full time anew; how
 * late a pulse is processed says only that this app is behind, and while it is, nothing is judged. What the clock knows outlives
 * a restart, so that a restart is no gap. A wall clock that was set forward or back is one. Not safe for use by many threads.
 */
final class SlotClock {

    /** Right after a start the alert takes longer than a pause: three times. */
    private static final int START_GRACE = 3;

    /** Settling takes half as long as a gap may be. */
    private static final int SETTLING_PART = 2;

    /** Two pulses: who is not further behind than that has heard all there is. */
    private static final long CLOSE = 2_000;

    private final long startedAt;
    private final long blindAfter;
    private long lastPulse;
    private long sightedSince;
    private boolean sightedHere;

    /** Since when, our clock, pulses have been fresh, or the task has run. */
    private long freshSince;

    /**
     * @param startedAt when the task started, epoch milliseconds
     * @param blindAfter longest gap between pulses, and a pulse older than this is not fresh; milliseconds
     */
    SlotClock(long startedAt, long blindAfter) {
        this.startedAt = startedAt;
        this.blindAfter = blindAfter;
        this.freshSince = startedAt;
    }

    /** Goes on where a former task left off. */
    void resume(long formerSightedSince, long formerLastPulse) {
        sightedSince = formerSightedSince;
        lastPulse = formerLastPulse;
    }

    void onPulse(long sentAt, long now) {
        long sent = Math.min(sentAt, now);
        boolean wasBlind = blind(now);
        boolean setBack = lastPulse - now > blindAfter;
        if (setBack || sent - lastPulse > blindAfter) {
            sightedSince = sent;
        }
        lastPulse = setBack ? sent : Math.max(lastPulse, sent);
        sightedHere |= !blind(now);
        if (wasBlind && !blind(now)) {
            freshSince = now;
        }
    }

    /** Also until the first pulse after the wall clock was set back. */
    boolean blind(long now) {
        return Math.abs(now - lastPulse) > blindAfter;
    }

    /**
     * Whether silence may be judged. Whoever has just started, or was behind, may read pulses of now while heartbeats of before are still
     * on their way, for Kafka Streams waits only for what it knows to be there.
     */
    boolean judges(long now) {
        return !blind(now) && now - freshSince >= blindAfter / SETTLING_PART;
    }

    /** Whether people should be told: blind, and not just because the app has started. */
    boolean alarming(long now) {
        return blind(now) && (sightedHere || now - startedAt > START_GRACE * blindAfter);
    }

    /** Up to when all that came has been heard, epoch milliseconds: silence is judged as of then, and not while blind. */
    long heardUntil(long now) {
        return now - lastPulse <= CLOSE ? now : lastPulse;
    }

    /** Since when pulses have come without a gap, epoch milliseconds; 0 before the first. */
    long sightedSince() {
        return sightedSince;
    }

    /** When the newest pulse was sent, epoch milliseconds; 0 before the first. */
    long lastPulse() {
        return lastPulse;
    }
}
