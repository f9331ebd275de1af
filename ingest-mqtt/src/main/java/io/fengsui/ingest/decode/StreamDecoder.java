package io.fengsui.ingest.decode;

import io.fengsui.schema.rejection.Rejection;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decodes a format that devices write to a line without regard to messages: a gateway that forwards what it has read may end a
 * message amid a frame, and begin the next with its end.
 */
public interface StreamDecoder<T extends SpecificRecord> extends Decoder<T> {

    /**
     * Decodes the whole frames of a message, and leaves the beginning of one that has no end.
     *
     * @throws DecodeException if the message is refused; nothing else may be thrown, whatever the bytes are
     */
    Decoded<T> decodePart(Report report);

    /** @throws DecodeException TRUNCATED if the last frame has no end */
    @Override
    default List<T> decode(Report report) {
        Decoded<T> decoded = decodePart(report);
        if (!decoded.isWhole()) {
            throw new DecodeException(
                    Rejection.TRUNCATED, "the last frame has no end: " + decoded.rest().length + " bytes of it came");
        }
        return decoded.events();
    }
}
