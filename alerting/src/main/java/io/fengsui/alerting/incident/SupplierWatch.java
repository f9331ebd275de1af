package io.fengsui.alerting.incident;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.incident.CorrelationRules.Outage;
import io.fengsui.alerting.incident.CorrelationRules.Supplier;
import io.fengsui.alerting.lifecycle.Silence;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.event.EventStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts the silent devices of each gateway and vendor of one realm. While there is an alert about a gateway, the number is
 * kept current on it; where there is none, or the whole vendor is silent, enough devices raise one. A vendor counts what no
 * gateway explains. For one thread; time is a parameter.
 */
final class SupplierWatch {
    /** Counting takes some time for each silent device. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Numbers change with each device; nobody needs each of them. */
    private static final Duration COUNT_PAUSE = Duration.ofSeconds(5);

    private record Told(int devices, Instant at) {}

    private final EventStatus status;
    private final Map<String, Alert> silent = new HashMap<>();
    private final Map<String, Alert> outages = new LinkedHashMap<>();
    private final Map<String, Told> told = new HashMap<>();
    /** How many were silent when an alert of ours was raised last, by its id. */
    private final Map<String, Integer> raisedAt = new HashMap<>();
    /** The same of those that a person ended although it goes on: it takes twice as many to raise them again. */
    private final Map<String, Integer> dismissedAt = new HashMap<>();

    private @Nullable CorrelationRules counted;
    private boolean changed;
    private Instant countAt = Instant.MIN;

    SupplierWatch(EventStatus status) {
        this.status = status;
    }

    void apply(Alert alert, CorrelationRules rules) {
        boolean open = Transition.isOpen(alert.getState());
        String id = alert.getAlertId();
        if (Silence.isAboutSupplier(alert)) {
            changed = true;
            if (open) {
                outages.put(id, alert);
                if (rules.owns(alert.getRuleId())) {
                    raisedAt.putIfAbsent(id, 0);
                }
            } else if (outages.remove(id) != null) {
                told.remove(id);
                Integer at = raisedAt.remove(id);
                if (at != null) {
                    dismissedAt.put(id, at);
                }
            }
        } else if (open && alert.getQuietSince() == null && Silence.isInhibitable(alert)) {
            changed |= silent.put(id, alert) == null;
        } else {
            changed |= silent.remove(id) != null;
        }
    }

    /** Raises, ends and counts. */
    void flush(CorrelationRules rules, Instant now, Effects effects) {
        if (now.isBefore(countAt) || (!changed && rules.equals(counted))) {
            return;
        }
        countAt = now.plus(PAUSE);
        counted = rules;
        changed = false;
        Map<String, Set<Alert>> byGateway = group(silent.values(), AlertSubject::getGatewayId);
        Set<String> explained = new HashSet<>();
        Set<String> gateways = new TreeSet<>(byGateway.keySet());
        outages.values().stream()
                .filter(outage -> outage.getSubject().getKind() == SubjectKind.GATEWAY)
                .forEach(outage -> gateways.add(outage.getSubject().getId()));
        for (String gateway : gateways) {
            if (settle(gateway, Supplier.GATEWAY, byGateway.getOrDefault(gateway, Set.of()), rules, now, effects)) {
                explained.add(gateway);
            }
        }
        List<Alert> unexplained = silent.values().stream()
                .filter(alert ->
                        !explained.contains(String.valueOf(alert.getSubject().getGatewayId())))
                .toList();
        Map<String, Set<Alert>> byVendor = group(unexplained, AlertSubject::getVendor);
        Set<String> vendors = new TreeSet<>(byVendor.keySet());
        outages.values().stream()
                .filter(outage -> outage.getSubject().getKind() == SubjectKind.VENDOR)
                .forEach(outage -> vendors.add(outage.getSubject().getId()));
        for (String vendor : vendors) {
            settle(vendor, Supplier.VENDOR, byVendor.getOrDefault(vendor, Set.of()), rules, now, effects);
        }
    }

    /** Returns whether an alert explains the silence. */
    private boolean settle(
            String id, Supplier of, Set<Alert> alerts, CorrelationRules rules, Instant now, Effects effects) {
        int devices = devices(alerts);
        SubjectKind kind = of == Supplier.GATEWAY ? SubjectKind.GATEWAY : SubjectKind.VENDOR;
        List<Alert> about = outages.values().stream()
                .filter(outage -> outage.getSubject().getKind() == kind
                        && outage.getSubject().getId().equals(id))
                .toList();
        about.forEach(outage -> count(outage, devices, now, effects));
        Optional<Outage> rule = rules.outage(of);
        if (rule.isEmpty()) {
            return !about.isEmpty();
        }
        String alertId = rule.get().id() + "@" + id;
        boolean othersSay =
                about.stream().anyMatch(outage -> !outage.getAlertId().equals(alertId));
        int threshold = rule.get().threshold(id);
        Integer raised = raisedAt.get(alertId);
        if (raised != null && (othersSay || devices * 2 < threshold)) {
            raisedAt.remove(alertId);
            effects.signals().add(signal(rule.get(), id, SignalAction.CLEAR, alerts, devices, rules, now));
        } else if (raised != null && raised > 0 && devices >= raised * 2) {
            raise(rule.get(), id, alerts, devices, rules, now, effects);
        } else if (raised == null && !othersSay && mayRaise(alertId, rule.get(), threshold, alerts, devices)) {
            raise(rule.get(), id, alerts, devices, rules, now, effects);
        }
        return othersSay || raisedAt.containsKey(alertId);
    }

    private boolean mayRaise(String alertId, Outage rule, int threshold, Set<Alert> alerts, int devices) {
        if (devices * 2 < threshold) {
            dismissedAt.remove(alertId);
        }
        int dismissed = dismissedAt.getOrDefault(alertId, 0);
        return devices >= threshold && devices >= dismissed * 2 && fellTogether(alerts, rule.within()) >= threshold;
    }

    private void raise(
            Outage rule,
            String id,
            Set<Alert> alerts,
            int devices,
            CorrelationRules rules,
            Instant now,
            Effects effects) {
        raisedAt.put(rule.id() + "@" + id, devices);
        effects.signals().add(signal(rule, id, SignalAction.RAISE, alerts, devices, rules, now));
    }

    private void count(Alert outage, int devices, Instant now, Effects effects) {
        Told before = told.get(outage.getAlertId());
        if (before != null && before.devices() == devices) {
            return;
        }
        if (before != null && now.isBefore(before.at().plus(COUNT_PAUSE))) {
            changed = true;
            return;
        }
        Integer says = outage.getSilentDevices();
        told.put(outage.getAlertId(), new Told(devices, now));
        if (says == null || says != devices) {
            effects.contexts()
                    .put(
                            outage.getAlertId(),
                            new AlertContext(outage.getAlertId(), outage.getIncidentId(), devices, now));
        }
    }

    private AlertSignal signal(
            Outage rule,
            String id,
            SignalAction action,
            Set<Alert> alerts,
            int devices,
            CorrelationRules rules,
            Instant now) {
        AlertSubject subject = AlertSubject.newBuilder()
                .setKind(rule.of() == Supplier.GATEWAY ? SubjectKind.GATEWAY : SubjectKind.VENDOR)
                .setId(id)
                .setName(id)
                .setUnitIds(all(alerts, AlertSubject::getUnitIds))
                .setDepartmentIds(all(alerts, AlertSubject::getDepartmentIds))
                .build();
        return AlertSignal.newBuilder()
                .setAlertId(rule.id() + "@" + id)
                .setAction(action)
                .setRuleId(rule.id())
                .setRuleVersion(rules.version())
                .setFeed("gateway")
                .setSubject(subject)
                .setSeverity(rule.severity())
                .setTitle(rule.title())
                .setExplanation(new AlertText(
                        filled(rule.explanation().getZh(), id, devices),
                        filled(rule.explanation().getEn(), id, devices)))
                .setRunbook(rule.runbook())
                .setValues(Map.of("silentDevices", Integer.toString(devices)))
                .setEventTime(now)
                .setSignalledAt(now)
                .setStatus(status)
                .build();
    }

    private static String filled(String words, String id, int devices) {
        return words.replace("{id}", id).replace("{devices}", Integer.toString(devices));
    }

    /** Devices that fell silent within a span of this length that ends with the newest. */
    private static int fellTogether(Set<Alert> alerts, Duration within) {
        Instant newest =
                alerts.stream().map(Alert::getStartedAt).max(Instant::compareTo).orElse(Instant.MIN);
        return devices(alerts.stream()
                .filter(alert -> !alert.getStartedAt().isBefore(newest.minus(within)))
                .collect(Collectors.toSet()));
    }

    private static int devices(Collection<Alert> alerts) {
        return (int) alerts.stream()
                .map(alert -> alert.getSubject().getId())
                .distinct()
                .count();
    }

    private static Map<String, Set<Alert>> group(
            Collection<Alert> alerts, Function<AlertSubject, @Nullable String> by) {
        Map<String, Set<Alert>> groups = new TreeMap<>();
        for (Alert alert : alerts) {
            String id = by.apply(alert.getSubject());
            if (id != null) {
                groups.computeIfAbsent(id, key -> new HashSet<>()).add(alert);
            }
        }
        return groups;
    }

    private static List<String> all(Set<Alert> alerts, Function<AlertSubject, List<String>> of) {
        return alerts.stream()
                .flatMap(alert -> of.apply(alert.getSubject()).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
