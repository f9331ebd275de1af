package io.fengsui.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.kafka.InMemoryRecordSink.Sent;
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
                new PulseWriter.Heart("flows", Lane.LIFE_SAFETY, kafka, () -> true),
                new PulseWriter.Heart("mute", Lane.TELEMETRY, kafka, () -> {
                    asked.countDown();
                    return false;
                }));
        try (PulseWriter pulses =
                new PulseWriter(hearts, Duration.ofMillis(5), () -> Instant.parse("2026-11-23T00:00:00Z"))) {
            pulses.start();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(kafka.written())
                .extracting(Sent::key)
                .hasSizeGreaterThanOrEqualTo(4)
                .containsOnly("flows");
    }
}
