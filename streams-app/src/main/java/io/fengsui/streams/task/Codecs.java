package io.fengsui.streams.task;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.AlertSignal;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Occurrence;
import io.fengsui.ops.Pulse;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Readers and writers of all records, with their schema ids once looked up. Safe for use by many threads. */
public final class Codecs {
    private final Map<String, AvroReader<?>> readers = new HashMap<>();
    private final Map<Schema, AvroWriter<SpecificRecord>> writers = new HashMap<>();
    private final AvroReader<Pulse> pulses;
    private final AvroReader<DeadLetter> deadLetters;
    private final AvroReader<Occurrence> occurrences;

    public Codecs(SchemaRegistryClient registry) {
        for (Feed<?> feed : Feeds.all()) {
            readers.put(feed.id(), reader(registry, feed));
            addWriter(registry, feed.schema());
        }
        addWriter(registry, Unrouted.getClassSchema());
        addWriter(registry, DeadLetter.getClassSchema());
        addWriter(registry, AlertSignal.getClassSchema());
        addWriter(registry, Account.getClassSchema());
        addWriter(registry, Occurrence.getClassSchema());
        occurrences = new AvroReader<>(registry, Occurrence.class, Occurrence.getClassSchema());
        pulses = new AvroReader<>(registry, Pulse.class, Pulse.getClassSchema());
        deadLetters = new AvroReader<>(registry, DeadLetter.class, DeadLetter.getClassSchema());
    }

    AvroReader<?> reader(Feed<?> feed) {
        AvroReader<?> reader = readers.get(feed.id());
        if (reader == null) {
            throw new IllegalArgumentException("no feed " + feed);
        }
        return reader;
    }

    AvroReader<Pulse> pulses() {
        return pulses;
    }

    AvroReader<Occurrence> occurrences() {
        return occurrences;
    }

    AvroReader<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** The record's bytes for a topic. */
    public byte[] write(String topic, SpecificRecord value) {
        return writer(value.getSchema()).write(topic, value);
    }

    /** Looks the schema ids of topics up ahead; returns those whose schema is registered. */
    public Set<String> prepare(Schema schema, Collection<String> topics) {
        return writer(schema).prepare(topics);
    }

    /** Schema id of a topic's values; looks it up at the registry the first time. */
    public int schemaId(String topic, Schema schema) {
        return writer(schema).schemaId(topic);
    }

    /** Whether this app writes such values at all. */
    public boolean writes(Topic<?> topic) {
        return writers.containsKey(topic.schema());
    }

    private AvroWriter<SpecificRecord> writer(Schema schema) {
        AvroWriter<SpecificRecord> writer = writers.get(schema);
        if (writer == null) {
            throw new IllegalArgumentException("no writer of " + schema.getFullName());
        }
        return writer;
    }

    private void addWriter(SchemaRegistryClient registry, Schema schema) {
        writers.put(schema, new AvroWriter<>(registry, schema));
    }

    private static <T extends SpecificRecord> AvroReader<T> reader(SchemaRegistryClient registry, Feed<T> feed) {
        return new AvroReader<>(registry, feed.type(), feed.schema());
    }
}
