package io.fengsui.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.kafka.InMemoryRecordSink.Sent;
import io.fengsui.ingest.mqtt.Slot;
import io.fengsui.ops.Pulse;
import io.fengsui.schema.feed.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PulseWriterTest {

    @Test
    void shouldBeatOnlyWhileMessagesWouldCome() throws InterruptedException {
        InMemoryRecordSink kafka = new InMemoryRecordSink();
        CountDownLatch asked = new CountDownLatch(4);
        List<PulseWriter.Heart> hearts = List.of(
                new PulseWriter.Heart(slot("flows"), List.of("flows", "mute"), kafka, () -> true),
                new PulseWriter.Heart(slot("mute"), List.of("flows", "mute"), kafka, () -> {
                    asked.countDown();
                    return false;
                }));
        try (PulseWriter pulses =
                new PulseWriter(() -> hearts, Duration.ofMillis(5), () -> Instant.parse("2026-11-23T00:00:00Z"))) {
            pulses.start();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(kafka.written())
                .extracting(Sent::key)
                .hasSizeGreaterThanOrEqualTo(4)
                .containsOnly("b-flows");
        Pulse pulse = (Pulse) kafka.written().get(0).value();
        assertThat(pulse.getLane()).isEqualTo("telemetry");
        assertThat(pulse.getSlot()).isEqualTo("flows");
        assertThat(pulse.getSlots()).containsExactly("flows", "mute");
    }

    private static Slot slot(String name) {
        return new Slot(name, "b-" + name, Lane.TELEMETRY, List.of());
    }
}
