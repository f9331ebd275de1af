package io.fengsui.benchmarks.streams;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An event to Confluent's wire format and back; {@code AvroSerdeTest} holds the bytes to its description. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@NullUnmarked // JMH fills the fields before it calls
public class SerdeBenchmark {

    /** Feed of the event. */
    @Param({"video-status", "dust-sensor"})
    public String feed;

    private String topic;
    private AvroWriter<SpecificRecord> writer;
    private AvroReader<? extends SpecificRecord> reader;
    private SpecificRecord event;
    private byte[] bytes;

    @Setup
    public void prepare() throws Exception {
        Sample sample = Sample.of(feed);
        open(sample.feed());
        event = sample.event(1, Sample.NOW);
        bytes = write();
    }

    private <T extends SpecificRecord> void open(Feed<T> of) throws Exception {
        Topic<T> feedTopic = Topics.feed(Realm.LIVE, of);
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        registry.register(feedTopic.subject(), new AvroSchema(of.schema()));
        topic = feedTopic.name();
        writer = new AvroWriter<>(registry, of.schema());
        reader = new AvroReader<>(registry, of.type(), of.schema());
    }

    @Benchmark
    public byte[] write() {
        return writer.write(topic, event);
    }

    @Benchmark
    public SpecificRecord read() {
        return reader.read(bytes);
    }
}
