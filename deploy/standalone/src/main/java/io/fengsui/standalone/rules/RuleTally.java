package io.fengsui.standalone.rules;

import io.fengsui.alert.SignalAction;
import io.fengsui.streams.rehearsal.VirtualLane.Told;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What rules said, counted by rule. For one thread. */
public final class RuleTally {
    /** Of one rule. */
    public static final class Count {
        private final Set<String> alerts = new TreeSet<>();
        private final Set<String> devices = new TreeSet<>();
        private long raised;
        private long cleared;

        /** RAISE signals: changes of a severity, and reports, are counted too. */
        public long raised() {
            return raised;
        }

        public long cleared() {
            return cleared;
        }

        /** Ids of the alerts that were raised. */
        public Set<String> alerts() {
            return Collections.unmodifiableSet(alerts);
        }

        public Set<String> devices() {
            return Collections.unmodifiableSet(devices);
        }
    }

    private final Map<String, Count> byRule = new TreeMap<>();

    public void add(Iterable<Told> told) {
        for (Told one : told) {
            Count count = byRule.computeIfAbsent(one.verdict().ruleId(), rule -> new Count());
            if (one.verdict().action() == SignalAction.RAISE) {
                count.raised++;
                count.alerts.add(one.alertId());
                count.devices.add(one.deviceId());
            } else {
                count.cleared++;
            }
        }
    }

    public Count of(String ruleId) {
        return byRule.getOrDefault(ruleId, new Count());
    }

    public Set<String> rules() {
        return Collections.unmodifiableSet(byRule.keySet());
    }
}
