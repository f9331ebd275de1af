package io.fengsui.ingest;

import io.fengsui.event.DustSensor;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Parts of a message's way by themselves. */
@State(Scope.Thread)
public class PartsBenchmark {
    private static final Topic<DustSensor> TOPIC = Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR);

    private final AvroWriter<DustSensor> writer = new WrittenRecords().writer(TOPIC);
    private final Decoders decoders = Decoders.standard();
    private final String mqttTopic = Sample.DUST_SENSOR_JSON.topic();
    private final Report report = new Report(
            Feeds.DUST_SENSOR,
            "acme",
            "d-1",
            "other",
            mqttTopic,
            null,
            false,
            BridgeUnderTest.NOW,
            "bridge-telemetry",
            new Body(Sample.DUST_SENSOR_JSON.payload()));
    private final DustSensor event =
            decoders.decode(Feeds.DUST_SENSOR, null, report).get(0);

    /** A topic that is seen for the first time. */
    @Benchmark
    public Optional<TopicAddress> newTopic() {
        return TopicAddress.of(mqttTopic);
    }

    /** JSON to an event, with all checks of its fields. */
    @Benchmark
    public List<DustSensor> decode() {
        return decoders.decode(Feeds.DUST_SENSOR, null, report);
    }

    /** An event to the bytes of a Kafka record. */
    @Benchmark
    public byte[] avro() {
        return writer.write(TOPIC.name(), event);
    }
}
