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

/**
 * Decodes Fengsui's JSON as the feed's schema declares it ({@link FeedField}): presence, types, ranges, lengths, symbols, and
 * times that cannot be before others. A feed whose JSON needs more has a decoder of its own.
 */
final class JsonDecoder<T extends SpecificRecord> implements Decoder<T> {

    private record Slot(int position, FeedField field) {}

    private record Default(int position, Object value) {}

    /** Two times that must not change places. */
    private record Bound(Schema.Field earlier, Schema.Field later) {

        void check(SpecificRecord event) {
            Instant first = (Instant) event.get(earlier.pos());
            Instant then = (Instant) event.get(later.pos());
            if (first != null && then != null && then.isBefore(first)) {
                throw new DecodeException(
                        Rejection.CONTRADICTION, later.name(), then + " is before " + earlier.name() + ", " + first);
            }
        }
    }

    private final Feed<T> feed;
    private final JsonPayload.Time time;
    private final int header;
    private final List<Slot> slots = new ArrayList<>();

    /** What a record has where nothing was sent, or JSON carries nothing; where there is none, it has null. */
    private final List<Default> defaults = new ArrayList<>();

    private final List<Bound> bounds = new ArrayList<>();

    JsonDecoder(Feed<T> feed) {
        this.feed = feed;
        this.time = feed.timeless() ? JsonPayload.Time.OPTIONAL : JsonPayload.Time.REQUIRED;
        this.header = feed.schema().getField("header").pos();
        for (Schema.Field declared : feed.schema().getFields()) {
            Object value = declared.hasDefaultValue() ? SpecificData.get().getDefaultValue(declared) : null;
            if (value != null) {
                defaults.add(new Default(declared.pos(), value));
            }
        }
        for (FeedField field : feed.fields()) {
            Schema.Field declared = feed.schema().getField(field.name());
            slots.add(new Slot(declared.pos(), field));
            if (field.notBefore() != null) {
                bounds.add(new Bound(feed.schema().getField(field.notBefore()), declared));
            }
        }
    }

    @Override
    public List<T> decode(Report report) {
        return JsonPayload.decode(report, time, this::event);
    }

    private T event(JsonFields fields) {
        T event = feed.type().cast(SpecificData.newInstance(feed.type(), feed.schema()));
        defaults.forEach(preset -> event.put(preset.position(), preset.value()));
        for (Slot slot : slots) {
            Object sent = fields.read(slot.field());
            if (sent == null && slot.field().required()) {
                fields.required(slot.field().name(), null);
            }
            if (sent != null) {
                event.put(slot.position(), sent);
            }
        }
        bounds.forEach(bound -> bound.check(event));
        event.put(header, fields.header());
        return event;
    }
}
