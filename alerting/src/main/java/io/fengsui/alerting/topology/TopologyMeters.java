package io.fengsui.alerting.topology;

import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alerting.lifecycle.Decision;
import io.fengsui.alerting.lifecycle.Decision.Changed;
import io.fengsui.alerting.lifecycle.Decision.Noted;
import io.fengsui.alerting.lifecycle.Decision.Refused;
import io.fengsui.alerting.lifecycle.Decision.Unchanged;
import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** Counts what the topology does. A transaction that is undone and run again counts twice. Safe for use by many threads. */
final class TopologyMeters {
    private final MeterRegistry registry;

    /** What alarms are raised on stands at 0 from the start: Prometheus sees no increase of a counter that is born at 1. */
    TopologyMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Realm realm : Realm.values()) {
            unknownTargets(realm);
            for (Rejection reason : Rejection.values()) {
                if (reason.refusedBehindTheBridge()) {
                    deadLetters(realm, Input.SIGNALS, reason);
                    deadLetters(realm, new CommandInput(false), reason);
                    deadLetters(realm, Input.CONTEXTS, reason);
                }
            }
        }
    }

    void signal(Realm realm, AlertSignal signal, Decision decision, Instant now) {
        AlertingMeters.SIGNALS
                .counter(registry, realm.name(), outcome(decision))
                .increment();
        if (decision instanceof Changed) {
            Lane lane = signal.getLifeSafety() ? Lane.LIFE_SAFETY : Lane.TELEMETRY;
            Duration lag = Duration.between(signal.getSignalledAt(), now);
            AlertingMeters.SIGNAL_LAG.timer(registry, lane.id()).record(lag.isNegative() ? Duration.ZERO : lag);
        }
        transition(realm, decision);
    }

    void command(Realm realm, AlertCommand command, Decision decision) {
        AlertingMeters.COMMANDS
                .counter(registry, realm.name(), command.getAction().name(), outcome(decision))
                .increment();
        transition(realm, decision);
    }

    void context(Realm realm, Decision decision) {
        AlertingMeters.CONTEXTS
                .counter(registry, realm.name(), outcome(decision))
                .increment();
        transition(realm, decision);
    }

    /** What time alone did. */
    void clock(Realm realm, Decision decision) {
        transition(realm, decision);
    }

    void deadLetter(Realm realm, Input<?> input, Rejection reason) {
        deadLetters(realm, input, reason).increment();
    }

    private Counter deadLetters(Realm realm, Input<?> input, Rejection reason) {
        return AlertingMeters.DEAD_LETTERS.counter(registry, realm.name(), input.name(), reason.name());
    }

    void unknownTarget(Realm realm) {
        unknownTargets(realm).increment();
    }

    private Counter unknownTargets(Realm realm) {
        return AlertingMeters.UNKNOWN_TARGETS.counter(registry, realm.name());
    }

    private void transition(Realm realm, Decision decision) {
        if (decision instanceof Changed changed) {
            AlertingMeters.TRANSITIONS
                    .counter(
                            registry,
                            realm.name(),
                            changed.by().name(),
                            changed.alert().getSeverity().name())
                    .increment();
        }
    }

    private static String outcome(Decision decision) {
        if (decision instanceof Changed changed) {
            return changed.by().name();
        }
        if (decision instanceof Noted) {
            return "NOTED";
        }
        if (decision instanceof Unchanged unchanged) {
            return unchanged.because().name();
        }
        return ((Refused) decision).refusal().name();
    }
}
