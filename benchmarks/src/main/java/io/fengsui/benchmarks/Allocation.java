package io.fengsui.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What a message costs inside the bridge and the streams app: time, and bytes allocated, by JMH with its GC profiler. Argument: a pattern of the
 * benchmarks wanted, such as {@code message} or {@code avro}; all without.
 */
final class Allocation {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Allocation() {}

    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (RunnerException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .jvmArgsAppend("-Xmx256m", "-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=ERROR")
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT);
        for (String pattern : arguments) {
            options.include(pattern);
        }
        System.err.println("Some ten seconds a line; leave the machine alone meanwhile.");
        Collection<RunResult> results = new Runner(options.build()).run();
        System.out.printf(Locale.ROOT, "%-28s %12s %14s%n", "benchmark", "ns", "bytes");
        for (RunResult result : results) {
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %,8.0f ±%,3.0f %,14.0f%n",
                    name(result),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    allocated == null ? Double.NaN : allocated.getScore());
        }
    }

    private static String name(RunResult result) {
        BenchmarkParams params = result.getParams();
        return Stream.concat(
                        Stream.of(result.getPrimaryResult().getLabel()),
                        params.getParamsKeys().stream().map(params::getParam))
                .collect(Collectors.joining(" "));
    }
}
