package io.fengsui.ingest.decode;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a message gives.
 *
 * @param events in the order of the message; empty only if there is a rest
 * @param rest the beginning of a frame whose end is not in the message; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once and compared by nobody
public record Decoded<T extends SpecificRecord>(List<T> events, byte[] rest) {
    private static final byte[] NOTHING = {};

    public Decoded {
        events = List.copyOf(events);
    }

    public static <T extends SpecificRecord> Decoded<T> whole(List<T> events) {
        return new Decoded<>(events, NOTHING);
    }

    public boolean isWhole() {
        return rest.length == 0;
    }
}
