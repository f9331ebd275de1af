package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.BeidouCoding;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouMessageKind;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.EmbeddedFormat;
import io.fengsui.ingest.decode.StrictText;
import io.fengsui.schema.report.BeidouText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** What a short message says, filled into its event. What is no text is kept and flagged, never refused. */
final class MessageContent {
    /** As the schema limits the text, characters. No terminal sends more; if one does, all of it is in the raw content. */
    private static final int KEPT = 2_000;

    private MessageContent() {}

    /** @return whether it says that it is of an exercise */
    static EventStatus fill(
            BeidouReport.Builder event, BeidouCoding coding, ShortMessage message, byte[] raw, Instant arrival) {
        event.setKind(BeidouMessageKind.MESSAGE).setCoding(coding).setRawContent(ByteBuffer.wrap(raw));
        Optional<String> words = message.words();
        if (words.isPresent()) {
            return BeidouText.fill(event, StrictText.quoted(words.get(), KEPT), arrival)
                    ? EventStatus.EXERCISE
                    : EventStatus.ACTUAL;
        }
        Optional<EmbeddedFormat> embedded = EmbeddedFormat.of(message.bytes());
        if (embedded.isPresent()) {
            event.setContent(BeidouContent.EMBEDDED)
                    .setEmbeddedFormat(embedded.get().name())
                    .setRawContent(ByteBuffer.wrap(message.bytes()));
        } else {
            event.setContent(BeidouContent.UNDECODABLE);
        }
        return EventStatus.ACTUAL;
    }

    /** An event of what is no report. */
    static BeidouReport.Builder none(BeidouMessageKind kind) {
        return BeidouReport.newBuilder()
                .setKind(kind)
                .setCoding(BeidouCoding.NONE)
                .setContent(BeidouContent.NONE);
    }
}
