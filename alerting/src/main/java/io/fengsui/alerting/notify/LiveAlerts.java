package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import java.time.Instant;
import java.util.Collection;

/** The alerts that are told to others: of the live realm, never of a drill. For any thread. */
public interface LiveAlerts {

    /** Open and ended ones. */
    Collection<Alert> all();

    /** Whether it is held back because the alert of its gateway is told instead. */
    boolean isInhibited(Alert alert, Instant now);

    /** Calls back at each change, until closed; the callback does not block. */
    AutoCloseable onChange(Runnable changed);
}
