package io.fengsui.ingest.feed.beidoureport;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.util.regex.Pattern;

/** Card numbers of Beidou terminals. */
final class Card {
    /** Terminals with a number below 1 000 000 leave out the leading zero. */
    private static final Pattern DIGITS = Pattern.compile("\\d{6,7}");

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
        return card.length() == 7 ? card : "0" + card;
    }
}
