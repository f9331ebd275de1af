package io.fengsui.standalone.bridge.fault;

import java.time.Duration;

/**
 * How long faults last and how much is published.
 *
 * @param perSecond messages a second
 * @param quiet load before a fault and after it
 * @param down how long something is stopped
 * @param hung how long Kafka hangs
 * @param backlog messages that wait for a bridge that comes back
 * @param settled limit for all to arrive after the load
 */
public record Pace(double perSecond, Duration quiet, Duration down, Duration hung, int backlog, Duration settled) {

    /** As the reliability report is made. */
    public static Pace full() {
        return new Pace(
                500,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                200_000,
                Duration.ofSeconds(300));
    }

    /** The same in short, to see that it runs. */
    public static Pace brief() {
        return new Pace(
                200,
                Duration.ofSeconds(2),
                Duration.ofSeconds(8),
                Duration.ofSeconds(12),
                10_000,
                Duration.ofSeconds(120));
    }
}
