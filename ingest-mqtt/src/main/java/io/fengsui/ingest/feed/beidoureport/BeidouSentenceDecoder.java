package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.event.BeidouCoding;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoder;
import io.fengsui.ingest.decode.Envelope;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.ingest.decode.Report;
import io.fengsui.schema.rejection.Rejection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the receive sentence of Beidou RDSS 2.1, {@code $BDTXR}. Content that is no text is kept in {@code rawContent}
 * and flagged UNDECODABLE, never refused: somebody in distress may have sent it. The sender's card is recorded and decides
 * nothing; a gateway may forward cards that are not its own.
 */
public final class BeidouSentenceDecoder implements Decoder<BeidouReport> {
    private static final String RECEIVED = "BDTXR";
    private static final int FIELDS = 6;

    /** HHMM by the protocol; more digits are seen. */
    private static final Pattern CENTRE_TIME = Pattern.compile("\\d{0,6}");

    private static final Pattern MESSAGE_CLASS = Pattern.compile("[1-5]");

    @Override
    public List<BeidouReport> decode(Report report) {
        Sentence sentence = Sentence.parse(report.payload());
        if (!sentence.name().equals(RECEIVED)) {
            throw new DecodeException(
                    Rejection.UNSUPPORTED_MESSAGE,
                    "sentence",
                    "$" + abbreviated(sentence.name()) + " is not taken; $" + RECEIVED + " is");
        }
        BeidouCoding coding = coding(Sentence.text(sentence.field(3, FIELDS)));
        byte[] content = sentence.field(5, FIELDS);
        Optional<String> words = ShortMessage.words(coding, content);
        return List.of(BeidouReport.newBuilder()
                .setMessageClass(messageClass(Sentence.text(sentence.field(1, FIELDS))))
                .setCard(Card.padded(Sentence.text(sentence.field(2, FIELDS))))
                .setCoding(coding)
                .setCentreTime(centreTime(Sentence.text(sentence.field(4, FIELDS))))
                .setContent(words.isPresent() ? BeidouContent.TEXT : BeidouContent.UNDECODABLE)
                .setText(words.orElse(null))
                .setRawContent(ByteBuffer.wrap(content))
                .setHeader(report.header(Envelope.bare(PayloadFormat.BEIDOU_2_1, 0)))
                .build());
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

    private static @Nullable String centreTime(String field) {
        if (!CENTRE_TIME.matcher(field).matches()) {
            throw new DecodeException(Rejection.BAD_TIME, "centreTime", "'" + abbreviated(field) + "' is no HHMM");
        }
        return field.isEmpty() ? null : field;
    }

    private static String abbreviated(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }
}
