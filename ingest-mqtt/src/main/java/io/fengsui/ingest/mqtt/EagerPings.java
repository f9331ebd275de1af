package io.fengsui.ingest.mqtt;

import java.time.Duration;
import org.eclipse.paho.mqttv5.client.TimerPingSender;

/**
 * Paho's pings, checked often: by itself Paho looks again a keep alive after the last write, and may be silent for two of
 * them, so that a broker that hangs is noticed after as long. An answer has half a keep alive: Paho, which hears nothing but
 * such answers, would give a busy broker up at its first look behind the ping.
 */
final class EagerPings extends TimerPingSender {
    private final long keepAliveMillis;

    EagerPings(Duration keepAlive) {
        super(null);
        this.keepAliveMillis = keepAlive.toMillis();
    }

    /** @param delayMillis the whole keep alive behind a ping, else what is left of it */
    @Override
    public void schedule(long delayMillis) {
        super.schedule(
                Math.min(delayMillis, delayMillis < keepAliveMillis ? keepAliveMillis / 4 : keepAliveMillis / 2));
    }
}
