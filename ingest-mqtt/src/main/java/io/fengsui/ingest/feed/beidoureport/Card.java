package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Card numbers of Beidou terminals. */
final class Card {
    /** What a terminal without a card sends. */
    static final String NONE = "0000000";

    private static final int LENGTH = NONE.length();

    private static final int LARGEST = 9_999_999;

    /** Terminals with a number below 1 000 000 leave out the leading zero, BD-3 terminals put one before seven digits. */
    private static final Pattern DIGITS = Pattern.compile("0?\\d{6,7}");

    private Card() {}

    /**
     * The number with 7 digits.
     *
     * @throws DecodeException WRONG_TYPE
     */
    static String padded(String card) {
        if (!DIGITS.matcher(card).matches()) {
            String shown = card.length() <= 20 ? card : card.substring(0, 20) + "…";
            throw new DecodeException(Rejection.WRONG_TYPE, "card", "'" + shown + "' is no number of 7 digits");
        }
        return ("0" + card).substring(card.length() + 1 - LENGTH);
    }

    /** The number of a frame's three bytes; null for 0, which is none, and for what has more than 7 digits, which is no card's. */
    static @Nullable String of(int number) {
        return number == 0 || number > LARGEST ? null : String.format("%07d", number);
    }
}
