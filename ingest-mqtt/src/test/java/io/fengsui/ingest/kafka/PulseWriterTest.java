package io.fengsui.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.ingest.kafka.InMemoryRecordSink.Sent;
import io.fengsui.schema.feed.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PulseWriterTest {

    @Test
    void shouldBeatOnlyWhileMessagesWouldCome() {
        InMemoryRecordSink kafka = new InMemoryRecordSink();
        AtomicBoolean flowing = new AtomicBoolean();
        List<PulseWriter.Heart> hearts = List.of(
                new PulseWriter.Heart("a", Lane.LIFE_SAFETY, kafka, () -> true),
                new PulseWriter.Heart("b", Lane.TELEMETRY, kafka, flowing::get));
        try (PulseWriter pulses =
                new PulseWriter(hearts, Duration.ofMillis(5), () -> Instant.parse("2026-11-23T00:00:00Z"))) {
            pulses.start();
            await().until(() -> kafka.written().size() >= 3);
            assertThat(kafka.written()).extracting(Sent::key).containsOnly("a");

            flowing.set(true);
            await().until(() ->
                    kafka.written().stream().anyMatch(sent -> sent.key().equals("b")));
        }
    }
}
