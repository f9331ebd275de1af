package io.fengsui.standalone.observe;

import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.ingest.meter.IngestMeters;
import io.fengsui.standalone.StandaloneMeters;
import io.fengsui.standalone.process.ProcessMeters;
import io.fengsui.streams.meter.StreamsMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every meter that is declared, under the names and labels that Prometheus gets. */
final class ServedMeters {
    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");

    private ServedMeters() {}

    /** Labels by metric. */
    static Map<String, Set<String>> labelsByMetric() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Arrays.stream(IngestMeters.values())
                .forEach(m -> register(registry, m.id(), m.type().name(), m.unit(), m.tags()));
        Arrays.stream(StreamsMeters.values())
                .forEach(m -> register(registry, m.meterName(), m.type().name(), m.unit(), m.tags()));
        Arrays.stream(AlertingMeters.values())
                .forEach(m -> register(registry, m.meter(), m.type().name(), m.unit(), m.tags()));
        Arrays.stream(StandaloneMeters.values())
                .forEach(m -> register(registry, m.meterName(), m.type().name(), m.unit(), List.of()));
        Arrays.stream(ProcessMeters.values())
                .forEach(m -> register(registry, m.meterName(), m.type().name(), m.unit(), m.tags()));
        Map<String, Set<String>> labels = new TreeMap<>();
        SERIES.matcher(registry.scrape()).results().forEach(series -> labels.computeIfAbsent(
                        series.group(1), metric -> new TreeSet<>())
                .addAll(names(series)));
        return labels;
    }

    private static Set<String> names(MatchResult series) {
        @Nullable String labels = series.group(2);
        return labels == null
                ? Set.of()
                : Pattern.compile("(\\w+)=\"")
                        .matcher(labels)
                        .results()
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet());
    }

    private static void register(MeterRegistry registry, String name, String type, String unit, List<String> names) {
        List<Tag> tags = names.stream()
                .filter(tag -> !tag.isEmpty())
                .map(tag -> Tag.of(tag, "x"))
                .toList();
        switch (type) {
            case "COUNTER" ->
                Counter.builder(name).baseUnit(orNull(unit)).tags(tags).register(registry);
            case "GAUGE" ->
                Gauge.builder(name, () -> 1).baseUnit(orNull(unit)).tags(tags).register(registry);
            case "TIMER" ->
                Timer.builder(name)
                        .tags(tags)
                        .serviceLevelObjectives(Duration.ofSeconds(1))
                        .register(registry);
            default -> throw new IllegalArgumentException(name + " is a " + type);
        }
    }

    private static @Nullable String orNull(String unit) {
        return unit.isEmpty() ? null : unit;
    }
}
