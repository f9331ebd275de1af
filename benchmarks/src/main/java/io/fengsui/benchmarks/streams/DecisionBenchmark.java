package io.fengsui.benchmarks.streams;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.device.DeviceStateSerde;
import io.fengsui.streams.device.EventJudge;
import io.fengsui.streams.device.EventJudge.Judgement;
import io.fengsui.streams.route.Routing;
import io.fengsui.streams.route.UnitRouter;
import io.fengsui.streams.rule.RuleEngine;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
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

/** Who reads an event, all that is decided about it, and its device's state to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@NullUnmarked // JMH fills the fields before it calls
public class DecisionBenchmark {
    private static final int BEAT_SECONDS = 60;

    /** Feed of the event. */
    @Param({"video-status", "dust-sensor"})
    public String feed;

    private final Serializer<DeviceState> serializer = new DeviceStateSerde().serializer();
    private final Deserializer<DeviceState> deserializer = new DeviceStateSerde().deserializer();
    private Sample sample;
    private UnitRouter router;
    private EventJudge judge;
    private DeviceState state;
    private byte[] stored;
    private long beats;

    @Setup
    public void prepare() {
        sample = Sample.of(feed);
        router = new UnitRouter(sample.reference(), topic -> true);
        judge = new EventJudge(sample.reference(), router, sample.rules(), new RuleEngine(() -> {}));
        state = new DeviceState(feed);
        for (int i = 0; i < 2 * BEAT_SECONDS; i++) {
            judge();
        }
        stored = serializer.serialize("", state);
    }

    @Benchmark
    public Routing route() {
        return router.route(sample.feed(), Realm.LIVE, sample.device().getDeviceId(), null, Sample.NOW);
    }

    /** The next heartbeat a minute later, made anew each time: making it is in the figure. */
    @Benchmark
    public Judgement judge() {
        Instant at = Sample.NOW.plusSeconds(beats * BEAT_SECONDS);
        SpecificRecord event = sample.event(beats++, at);
        EventHeader header = (EventHeader) event.get(0);
        return judge.judge(sample.feed(), event, header, state, at);
    }

    /** For comparison: what of {@link #judge} is the making of the event. */
    @Benchmark
    public SpecificRecord makeEvent() {
        return sample.event(beats++, Sample.NOW);
    }

    @Benchmark
    public byte[] writeState() {
        return serializer.serialize("", state);
    }

    @Benchmark
    public DeviceState readState() {
        return deserializer.deserialize("", stored);
    }
}
