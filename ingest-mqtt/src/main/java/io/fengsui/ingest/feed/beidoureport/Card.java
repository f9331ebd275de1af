package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Card numbers of Beidou terminals. */
final class Card {
    /** What a terminal without a card sends. */
    static final String NONE = "0000000";

    /** Terminals with a number below 1 000 000 leave out the leading zero, BD-3 terminals put one before seven digits. */
    private static final Pattern DIGITS = Pattern.compile("0?\\d{6,7}");

    /** What a gateway tells in JSON may come from a frame. */
    private static final Pattern AS_IN_FRAMES = Pattern.compile("\\d{6,8}");

    private Card() {}

    /**
     * The number of a sentence, with 7 digits.
     *
     * @throws DecodeException WRONG_TYPE
     */
    static String padded(String card) {
        return padded(card, DIGITS, "7 digits");
    }

    /**
     * The number of a JSON document, with 7 digits, or with the 8 that a frame can carry.
     *
     * @throws DecodeException WRONG_TYPE
     */
    static String ofJson(String card) {
        return padded(card, AS_IN_FRAMES, "7 or 8 digits");
    }

    private static String padded(String card, Pattern digits, String expected) {
        if (!digits.matcher(card).matches()) {
            String shown = card.length() <= 20 ? card : card.substring(0, 20) + "…";
            throw new DecodeException(Rejection.WRONG_TYPE, "card", "'" + shown + "' is no number of " + expected);
        }
        return format(Integer.parseInt(card));
    }

    /** The number of a frame's three bytes, which hold up to 16 777 215; null for 0, which is none. */
    static @Nullable String of(int number) {
        return number == 0 ? null : format(number);
    }

    private static String format(int number) {
        return String.format("%07d", number);
    }
}
