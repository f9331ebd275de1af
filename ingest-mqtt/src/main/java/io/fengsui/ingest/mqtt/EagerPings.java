package io.fengsui.ingest.mqtt;

import java.time.Duration;
import org.eclipse.paho.mqttv5.client.TimerPingSender;

/**
 * Paho's pings, checked often: by itself Paho looks again a keep alive after the last write, and may be silent for two of
 * them, so that a broker that hangs is noticed after as long.
 */
final class EagerPings extends TimerPingSender {
    private final long limitMillis;

    /** @param limit longest time between two looks */
    EagerPings(Duration limit) {
        super(null);
        this.limitMillis = limit.toMillis();
    }

    @Override
    public void schedule(long delayMillis) {
        super.schedule(Math.min(delayMillis, limitMillis));
    }
}
