package io.fengsui.alerting.topology;

import io.fengsui.alert.IncidentStepKind;
import io.fengsui.alerting.incident.Effects;
import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the view over all alerts does. A transaction that is undone and run again counts twice. */
final class CorrelationMeters {
    private final MeterRegistry registry;
    private final Map<Realm, AtomicInteger> open = new EnumMap<>(Realm.class);
    private final Map<Realm, AtomicInteger> alerts = new EnumMap<>(Realm.class);

    CorrelationMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Realm realm : Realm.values()) {
            AtomicInteger incidents = new AtomicInteger();
            AtomicInteger tracked = new AtomicInteger();
            open.put(realm, incidents);
            alerts.put(realm, tracked);
            AlertingMeters.INCIDENTS.gauge(registry, incidents, AtomicInteger::get, realm.name());
            AlertingMeters.CORRELATED_ALERTS.gauge(registry, tracked, AtomicInteger::get, realm.name());
            uncorrelated(realm);
        }
    }

    void state(Realm realm, int openIncidents, int trackedAlerts) {
        Objects.requireNonNull(open.get(realm)).set(openIncidents);
        Objects.requireNonNull(alerts.get(realm)).set(trackedAlerts);
    }

    void count(Realm realm, Effects effects) {
        effects.incidents()
                .values()
                .forEach(incident -> incident.ifPresent(told -> {
                    told.getTimeline().stream()
                            .filter(step -> step.getAt().equals(told.getChangedAt())
                                    && step.getKind() != IncidentStepKind.UNKNOWN)
                            .forEach(step -> AlertingMeters.INCIDENT_STEPS
                                    .counter(
                                            registry,
                                            realm.name(),
                                            step.getKind().name())
                                    .increment());
                }));
        if (effects.skipped() > 0) {
            uncorrelated(realm).increment(effects.skipped());
        }
    }

    /** Stands at 0 from the start: Prometheus sees no increase of a counter that is born at 1. */
    private Counter uncorrelated(Realm realm) {
        return AlertingMeters.UNCORRELATED.counter(registry, realm.name());
    }
}
