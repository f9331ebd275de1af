package io.fengsui.benchmarks.streams;

import io.fengsui.event.EventHeader;
import io.fengsui.reference.Site;
import io.fengsui.streams.rule.Facts;
import io.fengsui.streams.rule.OpenCases;
import io.fengsui.streams.rule.RuleEngine;
import io.fengsui.streams.rule.RuleSet;
import io.fengsui.streams.rule.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** All rules of a feed over one event that meets none of them: what nearly every message costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@NullUnmarked // JMH fills the fields before it calls
public class RuleBenchmark {

    /** Feed whose rules are asked. */
    @Param({"video-status", "dust-sensor"})
    public String feed;

    private final RuleEngine engine = new RuleEngine(() -> {
        throw new IllegalStateException("a condition failed");
    });
    private final OpenCases open = new OpenCases();
    private RuleSet rules;
    private Facts facts;

    @Setup
    public void prepare() {
        Sample sample = Sample.of(feed);
        SpecificRecord event = sample.event(1, Sample.NOW);
        EventHeader header = sample.header(1, Sample.NOW);
        Site site = sample.reference().site(sample.device().getSiteId(), Sample.NOW);
        List<String> units = site == null ? List.of() : site.getUnitIds();
        String deviceId = sample.device().getDeviceId();
        rules = Objects.requireNonNull(sample.rules().of(feed));
        facts = new Facts(
                deviceId,
                event,
                header,
                sample.device(),
                site,
                param -> sample.reference()
                        .parameter(
                                param.name(),
                                param::takes,
                                deviceId,
                                sample.device().getSiteId(),
                                units,
                                Sample.NOW),
                units,
                Map.of());
    }

    @Benchmark
    public List<Verdict> all() {
        return engine.onEvent(rules, facts, Sample.NOW, open);
    }
}
