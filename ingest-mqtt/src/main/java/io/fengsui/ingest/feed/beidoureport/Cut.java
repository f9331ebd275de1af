package io.fengsui.ingest.feed.beidoureport;

import java.util.List;

/**
 * A message cut where sentences or frames end.
 *
 * @param pieces whole ones, in their order
 * @param rest the beginning of one more; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // used at once and compared by nobody
record Cut(List<byte[]> pieces, byte[] rest) {
    /** No message of a terminal is so long: 14 000 bit of a BD-3 message are 3 500 hexadecimal digits. */
    static final int LONGEST = 4096;

    static final byte[] NOTHING = {};

    Cut {
        pieces = List.copyOf(pieces);
    }
}
