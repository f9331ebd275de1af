package io.fengsui.ingest.feed.dustsensor.hj212;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.rejection.Rejection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of several packets of a message this is, as Flag, PNUM and PNO say (6.3.3).
 *
 * @param name number of the packet; null if it is alone
 */
record Part(@Nullable String name) {
    private static final Part ALONE = new Part(null);

    /** The flags are a byte, written as a number. */
    private static final Pattern FLAGS = Pattern.compile("\\d{1,3}");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
    private static final int NUMBERED = 2;

    /** @throws DecodeException WRONG_TYPE, MISSING_FIELD or OUT_OF_RANGE */
    static Part of(Packet packet) {
        String flags = packet.optional("Flag");
        if (flags == null) {
            return ALONE;
        }
        if (!FLAGS.matcher(flags).matches()) {
            throw new DecodeException(Rejection.WRONG_TYPE, "Flag", "is no number of at most 3 digits");
        }
        if ((Integer.parseInt(flags) & NUMBERED) == 0) {
            return ALONE;
        }
        int packets = number(packet, "PNUM");
        int position = number(packet, "PNO");
        if (position < 1 || position > packets) {
            throw new DecodeException(Rejection.OUT_OF_RANGE, "PNO", "is not within 1 to PNUM");
        }
        return packets == 1 ? ALONE : new Part(Integer.toString(position));
    }

    private static int number(Packet packet, String name) {
        String text = packet.required(name);
        if (!NUMBER.matcher(text).matches()) {
            throw new DecodeException(Rejection.WRONG_TYPE, name, "is no whole number of at most 4 digits");
        }
        return Integer.parseInt(text);
    }
}
