package io.fengsui.ingest.partial;

import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.Decoded;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.schema.feed.Feed;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a message gives behind bytes that wait for their end. A pure function of both, so that a repetition gives the same.
 *
 * <p>A message that has whole frames from its first byte on does not begin with the end of one: it is taken by itself, and what
 * waits goes on waiting. Else both together are tried.
 *
 * @param changes whether something else waits afterwards
 * @param rest what waits afterwards, if it changes
 * @param givenUp what waited and can have no end any more, for another beginning came
 */
@SuppressWarnings("ArrayRecordComponent") // used at once and compared by nobody
record Joined<T extends SpecificRecord>(List<T> events, boolean changes, byte[] rest, byte[] givenUp) {
    static final byte[] NOTHING = {};

    /** @throws DecodeException if the message is refused; what waits then goes on waiting */
    static <T extends SpecificRecord> Joined<T> of(
            Decoders decoders, Feed<T> feed, @Nullable String contentType, Report report, byte[] waiting) {
        Attempt<T> alone = Attempt.of(decoders, feed, contentType, report);
        if (waiting.length == 0) {
            Decoded<T> decoded = alone.orThrow();
            return new Joined<>(decoded.events(), !decoded.isWhole(), decoded.rest(), NOTHING);
        }
        if (alone.gaveEvents()) {
            Decoded<T> decoded = alone.orThrow();
            return new Joined<>(
                    decoded.events(), !decoded.isWhole(), decoded.rest(), decoded.isWhole() ? NOTHING : waiting);
        }
        byte[] bytes = Arrays.copyOf(waiting, waiting.length + report.payload().length);
        System.arraycopy(report.payload(), 0, bytes, waiting.length, report.payload().length);
        Attempt<T> both = Attempt.of(decoders, feed, contentType, report.with(new Body(bytes)));
        if (both.gaveEvents() || !alone.isBeginning()) {
            Decoded<T> decoded = both.orThrow();
            return new Joined<>(decoded.events(), true, decoded.rest(), NOTHING);
        }
        return new Joined<>(List.of(), true, alone.orThrow().rest(), waiting);
    }

    /** A decoding that may have failed. */
    private record Attempt<T extends SpecificRecord>(
            @Nullable Decoded<T> decoded, @Nullable DecodeException refused) {

        static <T extends SpecificRecord> Attempt<T> of(
                Decoders decoders, Feed<T> feed, @Nullable String contentType, Report report) {
            try {
                return new Attempt<>(decoders.decodePart(feed, contentType, report), null);
            } catch (DecodeException e) {
                return new Attempt<>(null, e);
            }
        }

        boolean gaveEvents() {
            return decoded != null && !decoded.events().isEmpty();
        }

        boolean isBeginning() {
            return decoded != null;
        }

        Decoded<T> orThrow() {
            if (decoded != null) {
                return decoded;
            }
            throw refused == null ? new IllegalStateException("neither decoded nor refused") : refused;
        }
    }
}
