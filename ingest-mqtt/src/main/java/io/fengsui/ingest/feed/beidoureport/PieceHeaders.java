package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Headers of the events of one message. Ids are of the pieces' own bytes, so that a piece has the same one whatever stood beside
 * it, or before it in another message.
 */
final class PieceHeaders {
    private final Report report;
    private final PayloadFormat format;
    private final int pieces;
    private final Map<String, Integer> seen = new HashMap<>();
    private int position;

    PieceHeaders(Report report, PayloadFormat format, int pieces) {
        this.report = report;
        this.format = format;
        this.pieces = pieces;
    }

    /** To be called for the pieces in their order. */
    EventHeader next(byte[] piece, EventStatus status) {
        Report of = report.ofPiece(piece);
        String part = report.messageId() == null ? repetition(of) : part();
        position++;
        return of.header(new Envelope(format, null, null, status, null, part, 0));
    }

    private @Nullable String part() {
        return pieces == 1 ? null : Integer.toString(position);
    }

    /** The same bytes twice in a message are two reports. */
    private @Nullable String repetition(Report of) {
        int times = seen.merge(of.body().hash(of.mqttTopic(), null), 1, Integer::sum);
        return times == 1 ? null : Integer.toString(times);
    }
}
