package io.fengsui.ingest;

import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The whole way of a message inside the bridge, without network: topic, device check, decoding, validation, Avro, metrics,
 * acknowledgement.
 */
@State(Scope.Thread)
public class MessageBenchmark {

    @Param
    Sample sample = Sample.DUST_SENSOR_JSON;

    private WrittenRecords records = new WrittenRecords();
    private BridgeUnderTest bridge = new BridgeUnderTest(sample, records);
    private String topic = "";

    @Setup
    public void start() {
        records = new WrittenRecords();
        var unused = records.writer(Topics.feed(Realm.LIVE, sample.feed()));
        bridge = new BridgeUnderTest(sample, records);
        topic = sample.topic();
    }

    /** A message that was refused would be quick, too. */
    @TearDown(Level.Iteration)
    public void check() {
        if (records.bytes() == 0 || bridge.acknowledged() == 0) {
            throw new IllegalStateException(sample + " was not taken");
        }
    }

    @Benchmark
    public long message() {
        bridge.take(sample, topic);
        return records.bytes();
    }
}
