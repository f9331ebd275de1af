package io.fengsui.ingest.partial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouReport;
import io.fengsui.ingest.decode.BeidouFrames;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ops.PartialMessage;
import io.fengsui.schema.feed.Feeds;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** However a line of frames is cut into messages, and wherever processes end, each frame gives one event id. */
class PendingPartsPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:30Z");
    private static final Decoders DECODERS = Decoders.standard();

    /** Texts by event id, the arrival left out. */
    private final Map<String, String> events = new HashMap<>();

    @Property(tries = 500)
    void shouldGiveEachFrameOnceWhateverIsCutAndRepeated(
            @ForAll @IntRange(min = 1, max = 6) int frames, @ForAll long seed) {
        events.clear();
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            texts.add(i + Long.toHexString(random.nextLong()));
        }
        List<byte[]> messages = cut(line(texts, random), random);
        if (messages.stream().map(m -> new String(m, ISO_8859_1)).distinct().count() < messages.size()) {
            return; // pieces of the same bytes cannot be told apart when they come again
        }
        PendingParts parts = new PendingParts(DECODERS, Duration.ofSeconds(10));
        @Nullable PartialMessage kept = null;
        int acknowledged = 0;
        int delivered = 0;
        while (acknowledged < messages.size()) {
            // Some more are delivered; up to one of them, all is written and may be acknowledged; then the process may
            // end.
            int until = acknowledged + 1 + random.nextInt(messages.size() - acknowledged);
            int written = acknowledged + random.nextInt(until - acknowledged + 1);
            for (int i = acknowledged; i < until; i++) {
                PartialMessage record = take(parts, messages.get(i), i < delivered);
                if (record != null && i < written) {
                    kept = record;
                }
            }
            delivered = Math.max(delivered, until);
            acknowledged += random.nextInt(written - acknowledged + 1);
            if (random.nextBoolean()) {
                parts = new PendingParts(DECODERS, Duration.ofSeconds(10));
                parts.restore(kept == null ? Map.of() : Map.of("b-1", kept), topic -> true, NOW);
            } else if (written == until) {
                acknowledged = until;
            }
        }

        assertThat(events.values()).containsExactlyInAnyOrderElementsOf(texts);
    }

    private @Nullable PartialMessage take(PendingParts parts, byte[] payload, boolean redelivered) {
        Report report = new Report(
                Feeds.BEIDOU_REPORT,
                "acme",
                "b-1",
                "beidou-terminal",
                "fengsui/v1/acme/beidou-report/b-1",
                null,
                redelivered,
                NOW,
                "bridge",
                new Body(payload));
        List<Taken<BeidouReport>> taken = new ArrayList<>();
        parts.take(Feeds.BEIDOU_REPORT, null, report, taken::add);
        assertThat(taken.get(0).givenUp()).isNull();
        for (BeidouReport event : taken.get(0).events()) {
            String id = event.getHeader().getEventId();
            events.put(id.substring(0, id.lastIndexOf('-')), event.getText());
        }
        return taken.get(0).record();
    }

    private static byte[] line(List<String> texts, Random random) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean binary = random.nextBoolean();
        texts.forEach(text -> line.writeBytes(binary ? BeidouFrames.message(text) : sentence(text)));
        return line.toByteArray();
    }

    private static List<byte[]> cut(byte[] line, Random random) {
        List<byte[]> messages = new ArrayList<>();
        int from = 0;
        while (from < line.length) {
            int to = Math.min(line.length, from + 1 + random.nextInt(60));
            byte[] message = Arrays.copyOfRange(line, from, to);
            // A line end alone is no message.
            if (!new String(message, US_ASCII).isBlank()) {
                messages.add(message);
                from = to;
            } else if (to == line.length) {
                from = to;
            }
        }
        return messages;
    }

    private static byte[] sentence(String text) {
        String body = "BDTXR,1,0312345,0,," + text;
        int xor = 0;
        for (byte b : body.getBytes(US_ASCII)) {
            xor ^= b;
        }
        return String.format("$%s*%02X\r\n", body, xor).getBytes(US_ASCII);
    }
}
