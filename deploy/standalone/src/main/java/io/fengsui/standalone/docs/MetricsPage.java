package io.fengsui.standalone.docs;

import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.ingest.meter.IngestMeters;
import io.fengsui.standalone.StandaloneMeters;
import io.fengsui.standalone.process.ProcessMeters;
import io.fengsui.streams.meter.StreamsMeters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/metrics.md: every meter of our own. */
final class MetricsPage {

    private MetricsPage() {}

    static Page page() {
        return new Markdown("Metrics")
                .paragraph(
                        "Served in Prometheus' text format at `/metrics`: of the console in `fengsui up` and `fengsui"
                                + " alerting`, of `--ops-port` in `fengsui ingest` and `fengsui streams`. Prometheus' names have `_`"
                                + " for `.`, the unit behind, and `_total` behind counters. Labels are feeds, lanes, reasons and the"
                                + " like, never devices.")
                .section("ingest")
                .table(
                        HEADS,
                        Arrays.stream(IngestMeters.values())
                                .map(m -> row(m.id(), m.type(), m.unit(), m.tags(), m.description())))
                .section("streams")
                .table(
                        HEADS,
                        Arrays.stream(StreamsMeters.values())
                                .map(m -> row(m.meterName(), m.type(), m.unit(), m.tags(), m.description())))
                .section("alerting")
                .table(
                        HEADS,
                        Arrays.stream(AlertingMeters.values())
                                .map(m -> row(m.meter(), m.type(), m.unit(), m.tags(), m.description())))
                .section("standalone")
                .paragraph("Of `fengsui up` alone, beside those of the three apps.")
                .table(
                        HEADS,
                        Arrays.stream(StandaloneMeters.values())
                                .map(m -> row(m.meterName(), m.type(), m.unit(), List.of(), m.description())))
                .section("each process")
                .table(
                        HEADS,
                        Arrays.stream(ProcessMeters.values())
                                .map(m -> row(m.meterName(), m.type(), m.unit(), m.tags(), m.description())))
                .page("metrics.md");
    }

    private static final List<String> HEADS = List.of("meter", "type", "unit", "labels", "what it measures");

    private static List<String> row(String name, Object type, String unit, List<String> tags, String description) {
        return Stream.of(
                        Markdown.inCode(name),
                        type.toString().toLowerCase(Locale.ROOT),
                        unit,
                        tags.stream().map(Markdown::inCode).collect(Collectors.joining(", ")),
                        description)
                .toList();
    }
}
