package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.event.EventStatus;
import io.fengsui.ingest.decode.Vectors.Vector;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every feed's decoders must do; a feed is in it as soon as it is in {@link Feeds}. */
class DecoderContractTest {

    static Stream<Vector> good() {
        return Vectors.good();
    }

    static Stream<Vector> bad() {
        return Vectors.bad();
    }

    static Stream<Feed<?>> feeds() {
        return Feeds.all().stream();
    }

    @ParameterizedTest
    @MethodSource("good")
    void shouldDecodeAsExpected(Vector vector) {
        List<? extends IndexedRecord> events = vector.decode();
        SoftAssertions.assertSoftly(softly -> vector.expected()
                .forEach((path, value) ->
                        softly.assertThat(Vectors.value(events, path)).as(path).isEqualTo(value)));
    }

    /** Else the bridge could not keep it, whatever else it says. */
    @ParameterizedTest
    @MethodSource("good")
    void shouldGiveEventsThatCanBeWritten(Vector vector) throws IOException {
        for (IndexedRecord event : vector.decode()) {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(OutputStream.nullOutputStream(), null);
            new SpecificDatumWriter<IndexedRecord>(event.getSchema()).write(event, encoder);
            assertThat(event.getSchema()).isEqualTo(vector.feed().schema());
        }
    }

    @ParameterizedTest
    @MethodSource("bad")
    void shouldRefuseWithReasonAndField(Vector vector) {
        DecodeException refusal = catchThrowableOfType(DecodeException.class, vector::decode);

        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(vector.reason());
        if (vector.field() != null) {
            assertThat(refusal.field()).isEqualTo(vector.field());
        }
        assertThat(refusal.detail()).isNotBlank().hasSizeLessThanOrEqualTo(500);
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void shouldHaveVectorsOfEachKind(Feed<?> feed) {
        assertThat(Vectors.good()).anyMatch(v -> v.feed().equals(feed));
        assertThat(Vectors.bad()).anyMatch(v -> v.feed().equals(feed));
    }

    @ParameterizedTest
    @MethodSource("good")
    void shouldGiveSameIdWhenTheSameBytesComeAgainAndOnlyThenIsItStable(Vector vector) {
        List<? extends IndexedRecord> first = vector.decode();
        List<? extends IndexedRecord> second = vector.decode(Vectors.RECEIVED_AT.plusSeconds(1));

        assertThat(second).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            String id = "[" + i + "].header.eventId";
            boolean same = Vectors.value(first, id).equals(Vectors.value(second, id));
            assertThat(Vectors.value(first, "[" + i + "].header.source.stableId"))
                    .isEqualTo(Boolean.toString(same));
        }
        assertThat(first.stream()
                        .map(e -> Vectors.value(List.of(e), "header.eventId"))
                        .distinct())
                .hasSameSizeAs(first);
    }

    @Test
    void shouldTellMessageIdAndStatusWhenAnotherFieldIsWrong() {
        byte[] payload = """
                {"messageId": "m-7", "status": "EXERCISE", "time": "2026-11-23T08:00:00+08:00", "state": "GONE"}
                """.getBytes(StandardCharsets.UTF_8);

        DecodeException refusal =
                catchThrowableOfType(DecodeException.class, () -> Vectors.decode(Feeds.VIDEO_STATUS, payload, false));

        assertThat(refusal.messageId()).isEqualTo("m-7");
        assertThat(refusal.status()).isEqualTo(EventStatus.EXERCISE);
    }
}
