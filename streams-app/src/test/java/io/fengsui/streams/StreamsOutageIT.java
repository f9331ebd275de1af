package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.event.VideoState;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The app while what it needs is away. */
class StreamsOutageIT extends StreamsOnKafka {

    @Test
    void shouldLoseNothingWhileTheRegistryIsDown() throws Exception {
        prepare();
        start();
        registry.down = true;
        send("cam-1", "a", VideoState.ON);
        await().atMost(Duration.ofSeconds(20)).until(() -> registry.refused.get() >= 2);
        registry.down = false;
        awaitRouted(1);

        assertThat(kafka.read(Topics.DEAD_LETTER)).isEmpty();
        assertThat(meters.get("fengsui.streams.threads.replaced").counters()).isNotEmpty();
    }

    @Test
    void shouldReplaceAThreadWhileTheBrokerIsDown() throws Exception {
        prepare();
        start();
        registry.down = true;
        send("cam-1", "a", VideoState.ON);
        // The fourth thread that dies of it is replaced after four seconds.
        await().atMost(Duration.ofSeconds(40)).until(() -> registry.refused.get() >= 4);
        kafka.stopBroker();
        await().atMost(Duration.ofSeconds(20)).until(StreamsOutageIT::warmingUp);
        await().atMost(Duration.ofSeconds(20)).until(() -> !warmingUp());
        registry.down = false;
        kafka.startBroker();

        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> kafka.read(READERS).size() == 1 && app.check().ready());
    }

    /** Whether a producer is being made and waits for Kafka. */
    private static boolean warmingUp() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("streams-warm-up"));
    }
}
