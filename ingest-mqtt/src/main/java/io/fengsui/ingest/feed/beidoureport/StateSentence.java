package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouMessageKind;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.GeoPoint;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sentences in which a terminal tells of itself: where it is, its card, and what became of a command. */
final class StateSentence {
    private static final Pattern CARD = Pattern.compile("0?\\d{6,7}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final Pattern METRES = Pattern.compile("-?\\d{1,6}(\\.\\d{1,6})?");
    private static final Pattern TIME = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");

    /** Name, and what a position has at its end: time, latitude, N, longitude, E, height, M. */
    private static final int WAA_FIELDS = 8;

    private static final int ICI_FIELDS = 7;
    private static final int FKI_FIELDS = 3;

    private StateSentence() {}

    /**
     * {@code $BDWAA,…,hhmmss.ss,ddmm.mmmmm,N,dddmm.mmmmm,E,h,M}: where the terminal is. In front stand its class and the card,
     * as far as seen. Coordinates that are none are kept and flagged; blank ones are a terminal that does not know.
     */
    static BeidouReport.Builder position(Sentence sentence) {
        List<String> fields = fields(sentence, WAA_FIELDS);
        int time = fields.size() - WAA_FIELDS + 1;
        String latitude = fields.get(time + 1);
        String longitude = fields.get(time + 3);
        Optional<GeoPoint> point = Position.of(latitude, fields.get(time + 2), longitude, fields.get(time + 4));
        boolean fixed = !latitude.isEmpty() || !longitude.isEmpty();
        String height = fields.get(time + 5);
        return MessageContent.none(BeidouMessageKind.POSITION)
                .setContent(fixed && point.isEmpty() ? BeidouContent.UNDECODABLE : BeidouContent.NONE)
                .setReportedPoint(point.orElse(null))
                .setAltitudeMetres(METRES.matcher(height).matches() ? Double.valueOf(height) : null)
                .setTerminalTime(TIME.matcher(fields.get(time)).matches() ? fields.get(time) : null)
                .setCard(fields.subList(1, time).stream()
                        .filter(field -> CARD.matcher(field).matches())
                        .findFirst()
                        .map(Card::padded)
                        .orElse(null))
                .setRawContent(ByteBuffer.wrap(
                        String.join(",", fields.subList(1, fields.size())).getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** {@code $BDICI,card,serial,broadcast id,type,frequency,level,…}; card 0000000 is none. */
    static BeidouReport.Builder card(Sentence sentence) {
        List<String> fields = fields(sentence, ICI_FIELDS);
        String card = Card.padded(fields.get(1));
        boolean present = !card.equals(Card.NONE);
        return MessageContent.none(BeidouMessageKind.CARD)
                .setCard(present ? card : null)
                .setCardPresent(present)
                .setCardFrequencySeconds(number("cardFrequencySeconds", fields.get(5)))
                .setCardLevel(number("cardLevel", fields.get(6)));
    }

    /**
     * {@code $BDFKI,command,Y or N,Y or N,reason,seconds}: what became of a command. BD-3 terminals put a time in front and
     * leave the second letter out.
     */
    static BeidouReport.Builder feedback(Sentence sentence) {
        List<String> fields = fields(sentence, FKI_FIELDS);
        int command = TIME.matcher(fields.get(1)).matches() ? 2 : 1;
        if (fields.size() < command + 2) {
            throw new DecodeException(Rejection.NOT_A_SENTENCE, "does not say whether the command was accepted");
        }
        int behind = command + 2;
        if (isLetter(fields, behind)) {
            behind++;
        }
        return MessageContent.none(BeidouMessageKind.FEEDBACK)
                .setFeedbackCommand(BeidouSentenceDecoder.abbreviated(fields.get(command)))
                .setAccepted(accepted(fields.get(command + 1)))
                .setFeedbackCode(optional("feedbackCode", fields, behind))
                .setSecondsLeft(optional("secondsLeft", fields, behind + 1));
    }

    private static boolean accepted(String field) {
        return switch (field) {
            case "Y" -> true;
            case "N" -> false;
            default ->
                throw new DecodeException(
                        Rejection.UNKNOWN_VALUE,
                        "accepted",
                        "'" + BeidouSentenceDecoder.abbreviated(field) + "' is neither Y nor N");
        };
    }

    private static boolean isLetter(List<String> fields, int index) {
        return index < fields.size()
                && (fields.get(index).equals("Y") || fields.get(index).equals("N"));
    }

    private static @Nullable Integer optional(String name, List<String> fields, int index) {
        return index >= fields.size() || fields.get(index).isEmpty() ? null : number(name, fields.get(index));
    }

    private static Integer number(String name, String field) {
        if (!NUMBER.matcher(field).matches()) {
            throw new DecodeException(
                    Rejection.WRONG_TYPE, name, "'" + BeidouSentenceDecoder.abbreviated(field) + "' is no number");
        }
        return Integer.valueOf(field);
    }

    private static List<String> fields(Sentence sentence, int atLeast) {
        List<String> fields = sentence.fields();
        if (fields.size() < atLeast) {
            throw new DecodeException(
                    Rejection.NOT_A_SENTENCE, "has " + fields.size() + " fields, expected " + atLeast + " or more");
        }
        return fields;
    }
}
