package io.fengsui.streams.absence;

/**
 * Whether the devices of a lane can be heard. The bridges send a pulse a second through the same broker and topics' host;
 * while no fresh pulse was processed, be it because a bridge, the MQTT broker or this app itself is behind, silence says
 * nothing about a device. When pulses are back, every clock starts anew. Not safe for use by many threads.
 */
public final class LaneClock {

    /** Before the first pulse a start takes longer than a pause: three times. */
    private static final int START_GRACE = 3;

    private final long startedAt;
    private final long blindAfter;
    private long lastPulse;
    private long sightedSince;

    /**
     * @param startedAt when the task started, epoch milliseconds
     * @param blindAfter a pulse older than this is not fresh, milliseconds
     */
    public LaneClock(long startedAt, long blindAfter) {
        this.startedAt = startedAt;
        this.blindAfter = blindAfter;
    }

    public void onPulse(long sentAt, long now) {
        if (now - sentAt > blindAfter) {
            return;
        }
        if (blind(now)) {
            sightedSince = now;
        }
        lastPulse = Math.max(lastPulse, Math.min(sentAt, now));
    }

    public boolean blind(long now) {
        return lastPulse == 0 || now - lastPulse > blindAfter;
    }

    /** Whether people should be told: blind, and not just because the app has started. */
    public boolean alarming(long now) {
        return blind(now) && (lastPulse > 0 || now - startedAt > START_GRACE * blindAfter);
    }

    /** Since when pulses have come without a gap, epoch milliseconds; 0 before the first. */
    public long sightedSince() {
        return sightedSince;
    }

    public long blindAfter() {
        return blindAfter;
    }
}
