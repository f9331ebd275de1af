package io.fengsui.standalone.observe;

import io.fengsui.standalone.observe.PromQl.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells what of an expression does not exist: metrics that nobody serves, labels that they do not have. */
final class MetricNames {

    /** Labels that Prometheus itself adds. */
    private static final Set<String> TARGET = Set.of("job", "instance", "le");

    /** Not ours: of Prometheus, and of Alertmanager. The test on real ones asks for them. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "up", Set.of(),
            "ALERTS", Set.of("alertname", "alertstate", "severity"),
            "alertmanager_notifications_failed_total", Set.of("integration"),
            "alertmanager_notifications_total", Set.of("integration"),
            "alertmanager_alerts", Set.of("state"));

    private final Map<String, Set<String>> known = new TreeMap<>(ServedMeters.labelsByMetric());

    MetricNames() {
        known.putAll(OTHERS);
        // What a rule records has the labels that it groups by.
        ShippedRules.all().stream()
                .filter(rule -> !rule.alerts())
                .forEach(rule ->
                        known.put(rule.name(), PromQl.of(rule.expression()).grouping()));
    }

    Set<String> labelsOf(String metric) {
        return known.getOrDefault(metric, Set.of());
    }

    /** Empty if all is well. */
    List<String> problems(String expression) {
        PromQl read = PromQl.of(expression);
        List<String> problems = new ArrayList<>();
        Set<String> labels = new HashSet<>(TARGET);
        for (Selector selector : read.selectors()) {
            Set<String> own = known.get(selector.metric());
            if (own == null) {
                problems.add("no meter is served as " + selector.metric());
                continue;
            }
            labels.addAll(own);
            selector.labels().stream()
                    .filter(label -> !own.contains(label) && !TARGET.contains(label))
                    .forEach(label -> problems.add(selector.metric() + " has no label " + label));
        }
        read.grouping().stream()
                .filter(label -> !labels.contains(label))
                .forEach(label -> problems.add("nothing in it has the label " + label));
        return problems;
    }
}
