package io.fengsui.alerting.incident;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertText;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When alerts belong together, and when many silent devices are one gateway or vendor that is dark. Data: {@link
 * CorrelationFile} reads it from {@code incidents.yaml}.
 *
 * @param version first 12 hex digits of the file's SHA-256
 * @param outages at most one for gateways and one for vendors
 * @param patterns in the order of the file
 */
public record CorrelationRules(String version, Joining joining, List<Outage> outages, List<Pattern> patterns) {

    /** What holds while no file is there: alerts join, and nothing else. */
    public static final CorrelationRules DEFAULT = new CorrelationRules(
            "built-in", new Joining(500, Duration.ofMinutes(10), Duration.ofMinutes(10), 3_000), List.of(), List.of());

    /**
     * When two alerts of different feeds belong together although no pattern says so.
     *
     * @param metres at most this far apart, of different sites
     * @param within these begin at most this long after one another
     * @param reopen how long an end is remembered: what comes so soon belongs to what ended
     * @param extentMetres at most this far reaches an incident, so that a chain of neighbours does not become the whole city
     */
    public record Joining(double metres, Duration within, Duration reopen, double extentMetres) {}

    /** Whose devices an outage counts. */
    public enum Supplier {
        GATEWAY,
        VENDOR
    }

    /**
     * Many devices silent within a short time are one alert about their gateway or vendor.
     *
     * @param id rule id of the alert
     * @param devices this many
     * @param exceptions other numbers, by gateway or vendor id
     * @param within that fell silent within this time
     * @param explanation with {@code {id}} and {@code {devices}}
     */
    public record Outage(
            String id,
            Supplier of,
            int devices,
            Map<String, Integer> exceptions,
            Duration within,
            Severity severity,
            AlertText title,
            AlertText explanation,
            AlertText runbook) {

        int threshold(String supplierId) {
            return exceptions.getOrDefault(supplierId, devices);
        }
    }

    /**
     * A combination of alerts that has a name, a severity and a runbook of its own.
     *
     * @param metres how far apart its alerts may be, of different sites
     * @param within how long after one another those may begin; alerts of one site need only be open together
     * @param needs each must be there
     * @param may belong to it if they are there
     */
    public record Pattern(
            String id,
            Severity severity,
            AlertText title,
            AlertText runbook,
            double metres,
            Duration within,
            List<Group> needs,
            List<Group> may) {

        /** Number of the group that takes an alert; groups share no rule. */
        Optional<Integer> groupOf(Alert alert) {
            for (int i = 0; i < needs.size(); i++) {
                if (needs.get(i).takes(alert)) {
                    return Optional.of(i);
                }
            }
            for (int i = 0; i < may.size(); i++) {
                if (may.get(i).takes(alert)) {
                    return Optional.of(needs.size() + i);
                }
            }
            return Optional.empty();
        }
    }

    /** Alerts of any of these rules, or of any rule of these feeds. */
    public record Group(Set<String> rules, Set<String> feeds) {
        boolean takes(Alert alert) {
            return rules.contains(alert.getRuleId()) || feeds.contains(alert.getFeed());
        }
    }

    Optional<Outage> outage(Supplier of) {
        return outages.stream().filter(outage -> outage.of() == of).findFirst();
    }

    Optional<Pattern> pattern(String id) {
        return patterns.stream().filter(pattern -> pattern.id().equals(id)).findFirst();
    }

    /** Farthest that any two alerts of different sites may be apart. */
    double reachMetres() {
        return patterns.stream().mapToDouble(Pattern::metres).reduce(joining.metres(), Math::max);
    }

    /** Longest that any two of these may begin after one another. */
    Duration reachTime() {
        return patterns.stream().map(Pattern::within).reduce(joining.within(), (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /** How long an alert that has ended may still matter. */
    Duration memory() {
        return reachTime().compareTo(joining.reopen()) > 0 ? reachTime() : joining.reopen();
    }

    /** Whether alerts of this rule are made here, and are therefore no originals. */
    public boolean owns(String ruleId) {
        return outages.stream().anyMatch(outage -> outage.id().equals(ruleId))
                || pattern(ruleId).isPresent();
    }
}
