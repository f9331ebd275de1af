package io.fengsui.standalone.drill;

import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Waits until all that was acknowledged has come to its end: nothing is in flight, and no topic has moved for a while.
 * One thread.
 */
final class Settlement {
    /** Nothing has moved for so long, and nothing is missing. */
    private static final Duration STILL = Duration.ofSeconds(1);

    /**
     * Nothing has moved for so long, and something is missing: longer than the transaction of a killed process hides what
     * is behind it.
     */
    private static final Duration STILL_BUT_SHORT = Duration.ofSeconds(25);

    private final GroupLag lag;
    private final TopicScan scan;
    private final String streamsApplicationId;
    private final String alertingApplicationId;

    Settlement(Admin admin, TopicScan scan, String streamsApplicationId, String alertingApplicationId) {
        this.lag = new GroupLag(admin);
        this.scan = scan;
        this.streamsApplicationId = streamsApplicationId;
        this.alertingApplicationId = alertingApplicationId;
    }

    /**
     * @param acknowledged messages that must be found
     * @param progress hears, about once a second, how many messages are in flight
     * @throws StartException if it has not come to rest by then
     */
    void await(long acknowledged, Duration timeout, LongConsumer progress) throws InterruptedException {
        long begun = System.nanoTime();
        long lastMove = begun;
        long lastTold = begun;
        long inFlight = inFlight();
        while (System.nanoTime() - begun < timeout.toNanos()) {
            if (scan.advance()) {
                lastMove = System.nanoTime();
            }
            long now = System.nanoTime();
            if (now - lastTold > STILL.toNanos()) {
                lastTold = now;
                long before = inFlight;
                inFlight = inFlight();
                if (inFlight != before) {
                    lastMove = now;
                }
                progress.accept(inFlight);
            }
            boolean complete = scan.observations().accountedFor() >= acknowledged && inFlight == 0;
            Duration still = complete ? STILL : STILL_BUT_SHORT;
            if (now - lastMove > still.toNanos() && scan.atEnd()) {
                return;
            }
        }
        throw new StartException("The pipeline did not come to rest within " + timeout.toSeconds() + " s: " + inFlight
                + " events and signals in flight, " + scan.observations().accountedFor() + " of " + acknowledged
                + " messages found. The log in the data directory may say why");
    }

    /** Events that the streams app has not committed, in both lanes, and signals that the alerting app has not. */
    private long inFlight() throws InterruptedException {
        List<String> signals = Stream.of(Realm.values())
                .flatMap(realm -> Topics.alertSignals(realm).stream())
                .map(Topic::name)
                .toList();
        return lag.of(alertingApplicationId, signals) + lag.ofEvents(streamsApplicationId);
    }
}
