package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.event.BeidouReport;
import io.fengsui.ingest.Cost;
import io.fengsui.ingest.partial.PendingParts;
import io.fengsui.ingest.partial.Taken;
import io.fengsui.ops.PartialMessage;
import io.fengsui.schema.feed.Feeds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a terminal sends in pieces: the first byte tells their size, the others are frames or sentences, and are cut. */
class PendingPartsFuzzTest {
    private static final int MOST_PIECES = 8;
    private static final int LONGEST = 4096;

    static Stream<Arguments> seeds() {
        return Seeds.of("beidou-report/.*\\.(bin|txt)", PendingPartsFuzzTest::inPiecesOfTwelve);
    }

    private static byte[] inPiecesOfTwelve(byte[] payload) {
        return ByteBuffer.allocate(1 + payload.length)
                .put((byte) 11)
                .put(payload)
                .array();
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldJoinOrRefuse(byte[] input) {
        if (input.length < 2) {
            return;
        }
        byte[] frames = BeidouFrames.mended(Arrays.copyOfRange(input, 1, input.length));
        int size = Math.max(1 + (input[0] & 0xFF), frames.length / MOST_PIECES + 1);
        // Each piece may be read alone and behind what waits.
        List<BeidouReport> events = Cost.little(2 * MOST_PIECES * frames.length, () -> taken(frames, size));
        events.forEach(event -> DecoderPromises.hold(Feeds.BEIDOU_REPORT, List.of(event)));
    }

    private static List<BeidouReport> taken(byte[] bytes, int size) {
        Terminal terminal = new Terminal();
        for (int from = 0; from < bytes.length; from += size) {
            terminal.send(Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)));
        }
        return terminal.events;
    }

    /** A class of its own, for what the test's own methods name is loaded before the fuzzer ({@link Seeds}). */
    private static final class Terminal {
        private final PendingParts parts = new PendingParts(Vectors.DECODERS, Duration.ofSeconds(10));
        private final List<BeidouReport> events = new ArrayList<>();

        void send(byte[] piece) {
            Report report = Vectors.report(Feeds.BEIDOU_REPORT, piece, false, Vectors.RECEIVED_AT);
            try {
                parts.take(Feeds.BEIDOU_REPORT, null, report, this::take);
            } catch (DecodeException e) {
                DecoderPromises.hold(e);
            }
        }

        /** No more waits than a frame may have. */
        private void take(Taken<BeidouReport> taken) {
            PartialMessage record = taken.record();
            if (record != null) {
                assertThat(record.getRest().remaining()).isLessThanOrEqualTo(LONGEST);
            }
            events.addAll(taken.events());
        }
    }
}
