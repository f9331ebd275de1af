package io.fengsui.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ingest.Cost;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.FeedField;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** What holds of any bytes: they are refused with a reason, or give events that can be written and read. */
final class DecoderPromises {
    private static final int MOST_DETAIL = 500;

    private DecoderPromises() {}

    /** The events; none if the message is refused. */
    static List<? extends SpecificRecord> hold(Feed<?> feed, PayloadFormat format, byte[] payload, boolean recorder) {
        String contentType = format.contentTypes().iterator().next();
        Report report = Vectors.report(feed, payload, recorder, Vectors.RECEIVED_AT);
        List<? extends SpecificRecord> events =
                Cost.little(payload.length, () -> eventsOrNone(feed, contentType, report));
        hold(feed, events);
        return events;
    }

    private static List<? extends SpecificRecord> eventsOrNone(Feed<?> feed, String contentType, Report report) {
        try {
            List<? extends SpecificRecord> events = Vectors.DECODERS.decode(feed, contentType, report);
            assertThat(events).isNotEmpty();
            return events;
        } catch (DecodeException e) {
            hold(e);
            return List.of();
        }
    }

    static void hold(DecodeException refusal) {
        assertThat(StrictText.isReadable(refusal.detail())).as("detail").isTrue();
        assertThat(refusal.detail()).isNotBlank().hasSizeLessThanOrEqualTo(MOST_DETAIL);
        assertThat(refusal.unquoted().detail()).isNotBlank().hasSizeLessThanOrEqualTo(MOST_DETAIL);
    }

    static void hold(Feed<?> feed, List<? extends SpecificRecord> events) {
        Set<String> ids = new TreeSet<>();
        for (SpecificRecord event : events) {
            assertThat(ids.add(feed.header(event).getEventId()))
                    .as("ids differ")
                    .isTrue();
            holdRecord("", event);
            feed.fields()
                    .forEach(field -> holdField(
                            field,
                            event.get(event.getSchema().getField(field.name()).pos())));
            write(feed, event);
        }
    }

    /** All texts can be read, all numbers are finite. */
    private static void holdRecord(String path, IndexedRecord record) {
        record.getSchema().getFields().forEach(field -> holdValue(path + field.name(), record.get(field.pos())));
    }

    private static void holdValue(String path, Object value) {
        if (value instanceof String text) {
            assertThat(StrictText.isReadable(text)).as(path).isTrue();
        } else if (value instanceof Double number) {
            assertThat(number).as(path).isFinite();
        } else if (value instanceof IndexedRecord inner) {
            holdRecord(path + ".", inner);
        } else if (value instanceof List<?> list) {
            list.forEach(element -> holdValue(path + "[]", element));
        }
    }

    /** Lengths and ranges are those that the schema tells. */
    private static void holdField(FeedField field, Object value) {
        if (value instanceof String text) {
            assertThat(text).as(field.name()).hasSizeLessThanOrEqualTo(field.maxLength());
        } else if (value instanceof Number number) {
            assertThat(number.doubleValue()).as(field.name()).isBetween(field.min(), field.max());
        }
    }

    private static void write(Feed<?> feed, SpecificRecord event) {
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(OutputStream.nullOutputStream(), null);
        try {
            new SpecificDatumWriter<SpecificRecord>(feed.schema()).write(event, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
