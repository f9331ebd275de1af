package io.fengsui.alerting.console;

import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.meter.AlertingMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;

/** Counts log-ins, and tokens that are nobody's. Safe for use by many threads. */
final class LoginMeters {
    private final MeterRegistry registry;

    /** What came of an attempt. */
    enum Outcome {
        SUCCEEDED,
        /** Wrong password or token, or not let in by the provider. */
        DENIED,
        /** Turned away unseen, for too many failures before it or too many at once. */
        THROTTLED
    }

    /** Each stands at 0 from the start: Prometheus sees no increase of a counter that is born at 1. */
    LoginMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Via via : EnumSet.complementOf(EnumSet.of(Via.OPEN))) {
            for (Outcome outcome : Outcome.values()) {
                counter(via, outcome);
            }
        }
    }

    void count(Via via, Outcome outcome) {
        counter(via, outcome).increment();
    }

    private Counter counter(Via via, Outcome outcome) {
        return AlertingMeters.LOGINS.counter(registry, via.name(), outcome.name());
    }
}
