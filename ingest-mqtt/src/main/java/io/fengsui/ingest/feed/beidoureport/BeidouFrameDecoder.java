package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.BeidouCoding;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouMessageKind;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoded;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.ingest.decode.StreamDecoder;
import io.fengsui.schema.rejection.Rejection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decodes the binary frames of Beidou RDSS 4.0 that a terminal sends: $TXXX, $DWXX, $ICXX, $ZJXX, $FKXX, one or more a message.
 * The layouts are those of frames and of drivers seen in public; no standard was at hand.
 */
public final class BeidouFrameDecoder implements StreamDecoder<BeidouReport> {
    /** Class, sender, hour, minute, length in bits. */
    private static final int TXXX_CONTENT = Frame.BODY + 8;

    private static final int TXXX_BITS = Frame.BODY + 6;

    /** CRC flag and XOR. */
    private static final int TXXX_BEHIND = 2;

    /** Bit of the class: hanzi if set, code if not. */
    private static final int HANZI = 0x20;

    private static final int DWXX_BYTES = 31;
    private static final int ICXX_BYTES = 22;
    private static final int ZJXX_BYTES = 21;
    private static final int FKXX_BYTES = 16;
    private static final int BEAMS = 6;
    private static final int TOO_SOON = 4;
    private static final Pattern COMMAND = Pattern.compile("[A-Z]{4}");

    @Override
    public Decoded<BeidouReport> decodePart(Report report) {
        Cut cut = Frame.cut(report.payload());
        PieceHeaders headers =
                new PieceHeaders(report, PayloadFormat.BEIDOU_4_0, cut.pieces().size());
        List<BeidouReport> events = new ArrayList<>(cut.pieces().size());
        for (byte[] piece : cut.pieces()) {
            BeidouReport.Builder event = BeidouReport.newBuilder();
            EventStatus status = EventStatus.ACTUAL;
            Frame frame = new Frame(piece);
            switch (frame.name()) {
                case "TXXX" -> status = message(event, frame, report);
                case "DWXX" -> event = position(frame);
                case "ICXX" -> event = card(frame);
                case "ZJXX" -> event = selfTest(frame);
                case "FKXX" -> event = feedback(frame);
                default ->
                    throw new DecodeException(
                            Rejection.UNSUPPORTED_MESSAGE,
                            "frame",
                            "$" + frame.name() + " is not taken; $TXXX, $DWXX, $ICXX, $ZJXX and $FKXX are");
            }
            events.add(event.setHeader(headers.next(piece, status)).build());
        }
        return new Decoded<>(events, cut.rest());
    }

    private static EventStatus message(BeidouReport.Builder event, Frame frame, Report report) {
        if (frame.size() < TXXX_CONTENT + TXXX_BEHIND) {
            frame.require(TXXX_CONTENT + TXXX_BEHIND);
        }
        int bits = frame.u16(TXXX_BITS);
        int bytes = (bits + 7) / 8;
        frame.require(TXXX_CONTENT + bytes + TXXX_BEHIND);
        byte[] content = frame.slice(TXXX_CONTENT, TXXX_CONTENT + bytes);
        event.setMessageClass(frame.u8(Frame.BODY))
                .setCard(Card.of(frame.u24(Frame.BODY + 1)))
                .setRecipientCard(Card.of(frame.user()))
                .setTerminalTime(hourAndMinute(frame));
        return MessageContent.fill(
                event, coding(frame, content), ShortMessage.ofBytes(content), content, report.receivedAt());
    }

    private static BeidouCoding coding(Frame frame, byte[] content) {
        if (ShortMessage.isMixed(content)) {
            return BeidouCoding.MIXED;
        }
        return (frame.u8(Frame.BODY) & HANZI) == 0 ? BeidouCoding.CODE : BeidouCoding.HANZI;
    }

    private static String hourAndMinute(Frame frame) {
        return String.format("%02d%02d", frame.u8(Frame.BODY + 4), frame.u8(Frame.BODY + 5));
    }

    /** Class, queried card, time, longitude, latitude, height, anomaly of the height. */
    private static BeidouReport.Builder position(Frame frame) {
        frame.require(DWXX_BYTES);
        int at = Frame.BODY + 8;
        Optional<GeoPoint> point = Position.of(frame, at);
        boolean fixed = frame.u24(at) != 0 || frame.u24(at + 4) != 0;
        return MessageContent.none(BeidouMessageKind.POSITION)
                .setContent(fixed && point.isEmpty() ? BeidouContent.UNDECODABLE : BeidouContent.NONE)
                .setReportedPoint(fixed ? point.orElse(null) : null)
                .setCard(Card.of(frame.u24(Frame.BODY + 1)))
                .setRecipientCard(Card.of(frame.user()))
                .setTerminalTime(String.format(
                        "%02d%02d%02d", frame.u8(Frame.BODY + 4), frame.u8(Frame.BODY + 5), frame.u8(Frame.BODY + 6)))
                .setRawContent(ByteBuffer.wrap(frame.slice(Frame.BODY, DWXX_BYTES - 1)));
    }

    /** Number of the card's record, broadcast id, class, frequency, level, encryption, subordinates. */
    private static BeidouReport.Builder card(Frame frame) {
        frame.require(ICXX_BYTES);
        return MessageContent.none(BeidouMessageKind.CARD)
                .setCard(Card.of(frame.user()))
                .setCardPresent(frame.user() != 0)
                .setCardFrequencySeconds(frame.u16(Frame.BODY + 5))
                .setCardLevel(frame.u8(Frame.BODY + 7));
    }

    /** State of card, hardware and battery, sending, and the power of each beam. */
    private static BeidouReport.Builder selfTest(Frame frame) {
        frame.require(ZJXX_BYTES);
        int received = 0;
        for (int i = 0; i < BEAMS; i++) {
            received += frame.u8(Frame.BODY + 4 + i) > 0 ? 1 : 0;
        }
        return MessageContent.none(BeidouMessageKind.SELF_TEST)
                .setCard(Card.of(frame.user()))
                .setBeams(received)
                .setRawContent(ByteBuffer.wrap(frame.slice(Frame.BODY, ZJXX_BYTES - 1)));
    }

    /** Why, and four bytes: the command, or in the last of them the seconds left. */
    private static BeidouReport.Builder feedback(Frame frame) {
        frame.require(FKXX_BYTES);
        int code = frame.u8(Frame.BODY);
        String command = frame.ascii(Frame.BODY + 1, Frame.BODY + 5);
        return MessageContent.none(BeidouMessageKind.FEEDBACK)
                .setCard(Card.of(frame.user()))
                .setAccepted(code == 0)
                .setFeedbackCode(code)
                .setFeedbackCommand(COMMAND.matcher(command).matches() ? command : null)
                .setSecondsLeft(code == TOO_SOON ? frame.u8(Frame.BODY + 4) : null);
    }
}
