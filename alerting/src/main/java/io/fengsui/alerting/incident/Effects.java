package io.fengsui.alerting.incident;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.Incident;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be kept and told, gathered while the view over all alerts changes. For one thread. */
public final class Effects {
    private final Map<String, Optional<Alert>> alerts = new LinkedHashMap<>();
    private final Map<String, AlertContext> contexts = new LinkedHashMap<>();
    private final Map<String, Optional<Incident>> incidents = new LinkedHashMap<>();
    private final List<AlertSignal> signals = new ArrayList<>();
    private int skipped;

    /** Alerts to keep by id, naming their incident or the one they may become; empty: to forget. */
    public Map<String, Optional<Alert>> alerts() {
        return alerts;
    }

    /** What is said to alerts, by id. */
    public Map<String, AlertContext> contexts() {
        return contexts;
    }

    /** Incidents as they stand, by id, to keep and to tell; empty: gone after a month. */
    public Map<String, Optional<Incident>> incidents() {
        return incidents;
    }

    /** Alerts about patterns, gateways and vendors. */
    public List<AlertSignal> signals() {
        return signals;
    }

    /** Alerts that were not looked at because too many are open. */
    public int skipped() {
        return skipped;
    }

    void skip() {
        skipped++;
    }
}
