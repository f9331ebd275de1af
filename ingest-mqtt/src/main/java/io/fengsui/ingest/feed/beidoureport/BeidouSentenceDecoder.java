package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.BeidouCoding;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoded;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.decode.StreamDecoder;
import io.fengsui.ingest.decode.StrictText;
import io.fengsui.schema.rejection.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the sentences of Beidou RDSS 2.1 that a terminal sends: messages ({@code $BDTXR}, of BD-3 {@code $BDTCI}) and what it
 * tells of itself ({@link StateSentence}), one or more a message, one a line. Content that is no text is kept in {@code
 * rawContent} and flagged UNDECODABLE, never refused: somebody in distress may have sent it. The sender's card is recorded and
 * decides nothing; a gateway may forward cards that are not its own.
 */
public final class BeidouSentenceDecoder implements StreamDecoder<BeidouReport> {
    private static final int TXR_FIELDS = 6;
    private static final int TCI_FIELDS = 8;

    /** HHMM by the protocol; more digits are seen. */
    private static final Pattern TIME = Pattern.compile("\\d{0,6}");

    private static final int SHOWN = 20;

    private static final Pattern MESSAGE_CLASS = Pattern.compile("[1-5]");

    @Override
    public Decoded<BeidouReport> decodePart(Report report) {
        Cut cut = Sentence.cut(report.payload());
        PieceHeaders headers =
                new PieceHeaders(report, PayloadFormat.BEIDOU_2_1, cut.pieces().size());
        List<BeidouReport> events = new ArrayList<>(cut.pieces().size());
        for (byte[] piece : cut.pieces()) {
            Sentence sentence = Sentence.parse(piece);
            BeidouReport.Builder event = BeidouReport.newBuilder();
            EventStatus status = EventStatus.ACTUAL;
            switch (sentence.name()) {
                case "BDTXR" -> status = received(event, sentence, report);
                case "BDTCI" -> status = communication(event, sentence, report);
                case "BDWAA" -> event = StateSentence.position(sentence);
                case "BDICI" -> event = StateSentence.card(sentence);
                case "BDFKI" -> event = StateSentence.feedback(sentence);
                default ->
                    throw new DecodeException(
                            Rejection.UNSUPPORTED_MESSAGE,
                            "sentence",
                            "$" + abbreviated(sentence.name()) + " is not taken; $" + String.join(", $", Sentence.TAKEN)
                                    + " are");
            }
            events.add(event.setHeader(headers.next(piece, status)).build());
        }
        return new Decoded<>(events, cut.rest());
    }

    private static EventStatus received(BeidouReport.Builder event, Sentence sentence, Report report) {
        BeidouCoding coding = coding(sentence.text(3, TXR_FIELDS));
        byte[] content = sentence.field(5, TXR_FIELDS);
        event.setMessageClass(messageClass(sentence.text(1, TXR_FIELDS)))
                .setCard(Card.padded(sentence.text(2, TXR_FIELDS)))
                .setCentreTime(time("centreTime", sentence.text(4, TXR_FIELDS)));
        return MessageContent.fill(event, coding, ShortMessage.ofField(coding, content), content, report.receivedAt());
    }

    /** Sender, addressee, frequency point, time, coding, a field of unknown meaning, content. */
    private static EventStatus communication(BeidouReport.Builder event, Sentence sentence, Report report) {
        BeidouCoding coding = coding(sentence.text(5, TCI_FIELDS));
        byte[] content = sentence.field(7, TCI_FIELDS);
        event.setCard(Card.padded(sentence.text(1, TCI_FIELDS)))
                .setRecipientCard(Card.padded(sentence.text(2, TCI_FIELDS)))
                .setTerminalTime(time("terminalTime", sentence.text(4, TCI_FIELDS)));
        return MessageContent.fill(event, coding, ShortMessage.ofField(coding, content), content, report.receivedAt());
    }

    private static int messageClass(String field) {
        if (!MESSAGE_CLASS.matcher(field).matches()) {
            throw new DecodeException(
                    Rejection.UNKNOWN_VALUE, "messageClass", "'" + abbreviated(field) + "' is none of 1 to 5");
        }
        return Integer.parseInt(field);
    }

    private static BeidouCoding coding(String field) {
        return switch (field) {
            case "0" -> BeidouCoding.HANZI;
            case "1" -> BeidouCoding.CODE;
            case "2" -> BeidouCoding.MIXED;
            default ->
                throw new DecodeException(
                        Rejection.UNKNOWN_VALUE, "coding", "'" + abbreviated(field) + "' is none of 0, 1, 2");
        };
    }

    private static @Nullable String time(String name, String field) {
        if (!TIME.matcher(field).matches()) {
            throw new DecodeException(Rejection.BAD_TIME, name, "'" + abbreviated(field) + "' is no time of day");
        }
        return field.isEmpty() ? null : field;
    }

    static String abbreviated(String text) {
        return StrictText.quoted(text, SHOWN);
    }
}
