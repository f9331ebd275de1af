package io.fengsui.ingest.decode;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Turns the payloads of one format into events of one feed. Pure; safe for use by many threads. */
@FunctionalInterface
public interface Decoder<T extends SpecificRecord> {

    /**
     * Decodes a message, wholly or not at all.
     *
     * @return one event or more, in the order of the message
     * @throws DecodeException if the message is refused; nothing else may be thrown, whatever the bytes are
     */
    List<T> decode(Report report);
}
