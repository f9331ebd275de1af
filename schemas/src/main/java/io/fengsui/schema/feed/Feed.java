package io.fengsui.schema.feed;

import io.fengsui.event.EventHeader;
import io.fengsui.event.Place;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A source of messages. Everything that lists feeds derives from these values; see {@link Feeds}.
 *
 * @param id name in MQTT topics, Kafka topics, metric tags and settings: lower-case letters, digits and '-'
 * @param nameZh Chinese name for people
 * @param nameEn English name for people
 * @param type Avro record of the feed
 * @param lane connection that carries it
 * @param lateAfter an event older than this on arrival is marked late: routed, but it does not fire as new
 * @param header reads the header of a record
 * @param placed copies a record with its place filled in
 */
public record Feed<T extends SpecificRecord>(
        String id,
        String nameZh,
        String nameEn,
        Class<T> type,
        Schema schema,
        Lane lane,
        Duration lateAfter,
        Function<T, EventHeader> header,
        BiFunction<T, Place, T> placed) {

    @Override
    public String toString() {
        return id;
    }
}
