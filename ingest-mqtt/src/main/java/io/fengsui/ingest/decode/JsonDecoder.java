package io.fengsui.ingest.decode;

import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.FeedField;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Fengsui's JSON as the feed's schema declares it ({@link FeedField}): presence, types, ranges, lengths, symbols, and
 * times that cannot be before others. A feed whose JSON needs more has a decoder of its own.
 */
final class JsonDecoder<T extends SpecificRecord> implements Decoder<T> {

    /** @param absent what a record has where nothing was sent; null for null */
    private record Slot(
            int position, FeedField field, @Nullable Object absent) {}

    private final Feed<T> feed;
    private final JsonPayload.Time time;
    private final int header;
    private final List<Slot> slots = new ArrayList<>();

    JsonDecoder(Feed<T> feed) {
        this.feed = feed;
        this.time = feed.timeless() ? JsonPayload.Time.OPTIONAL : JsonPayload.Time.REQUIRED;
        this.header = feed.schema().getField("header").pos();
        for (FeedField field : feed.fields()) {
            Schema.Field declared = feed.schema().getField(field.name());
            Object absent = declared.hasDefaultValue() ? SpecificData.get().getDefaultValue(declared) : null;
            slots.add(new Slot(declared.pos(), field, absent));
        }
    }

    @Override
    public List<T> decode(Report report) {
        return JsonPayload.decode(report, time, this::event);
    }

    private T event(JsonFields fields) {
        T event = feed.type().cast(SpecificData.newInstance(feed.type(), feed.schema()));
        for (Slot slot : slots) {
            Object sent = fields.read(slot.field());
            if (sent == null && slot.field().required()) {
                fields.required(slot.field().name(), null);
            }
            event.put(slot.position(), sent == null ? slot.absent() : sent);
        }
        slots.forEach(slot -> checkOrder(event, slot.field()));
        event.put(header, fields.header());
        return event;
    }

    private void checkOrder(T event, FeedField field) {
        String earlier = field.notBefore();
        if (earlier == null) {
            return;
        }
        Instant first = (Instant) event.get(event.getSchema().getField(earlier).pos());
        Instant then =
                (Instant) event.get(event.getSchema().getField(field.name()).pos());
        if (first != null && then != null && then.isBefore(first)) {
            throw new DecodeException(
                    Rejection.CONTRADICTION, field.name(), then + " is before " + earlier + ", " + first);
        }
    }
}
