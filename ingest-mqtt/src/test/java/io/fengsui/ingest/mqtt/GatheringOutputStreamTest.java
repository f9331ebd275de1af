package io.fengsui.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatheringOutputStreamTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofHours(1);

    /** Each write below as one text. */
    private final BlockingQueue<String> writes = new LinkedBlockingQueue<>();

    private final OutputStream below = new OutputStream() {
        @Override
        public void write(int b) {
            throw new AssertionError("bytes must come in bulk");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            writes.add("closed");
        }
    };

    @Test
    void shouldSendWhatWasFlushedWhenNothingFollows() throws Exception {
        try (GatheringOutputStream out = new GatheringOutputStream(below, SOON, "test-flush")) {
            out.write(bytes("ack"));
            out.flush();

            assertThat(writes.poll(5, TimeUnit.SECONDS)).isEqualTo("ack");
        }
    }

    @Test
    void shouldGatherFlushesIntoOneWrite() throws Exception {
        try (GatheringOutputStream out = new GatheringOutputStream(below, NEVER, "test-flush")) {
            for (int i = 0; i < 5; i++) {
                out.write(bytes("ack"));
                out.flush();
            }
            assertThat(writes).isEmpty();
        }

        assertThat(writes).containsExactly("ackackackackack", "closed");
    }

    @Test
    void shouldFlushAgainAfterAFlush() throws Exception {
        try (GatheringOutputStream out = new GatheringOutputStream(below, SOON, "test-flush")) {
            for (int i = 0; i < 20; i++) {
                out.write(bytes("ack" + i));
                out.flush();
                assertThat(writes.poll(5, TimeUnit.SECONDS)).isEqualTo("ack" + i);
            }
        }
    }

    @Test
    void shouldSendWhatIsLeftWhenClosed() throws Exception {
        GatheringOutputStream out = new GatheringOutputStream(below, NEVER, "test-flush");
        out.write(bytes("DISCONNECT"));
        out.flush();
        out.close();
        out.close();

        assertThat(writes).containsExactly("DISCONNECT", "closed");
        assertThatThrownBy(() -> out.write(bytes("late"))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldWriteAtOnceWhenTheBufferIsFull() throws Exception {
        try (GatheringOutputStream out = new GatheringOutputStream(below, NEVER, "test-flush")) {
            out.write(bytes("a"));
            out.write(new byte[20_000]);

            assertThat(writes.poll()).isEqualTo("a");
            assertThat(writes.poll()).hasSize(20_000);
        }
    }

    @Test
    void shouldKeepAFailureToItselfSoThatWhatCameInIsReadToTheEnd() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                writes.add("tried");
                throw new IOException("reset by peer");
            }
        };
        GatheringOutputStream out = new GatheringOutputStream(broken, SOON, "test-flush");
        out.write(bytes("a"));
        out.flush();
        assertThat(writes.poll(5, TimeUnit.SECONDS)).isEqualTo("tried");

        out.write(bytes("b"));
        out.flush();
        out.close();

        assertThat(writes).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
