package io.fengsui.alerting.notify;

import io.fengsui.alert.Alert;
import java.time.Instant;
import java.util.Collection;

/** The alerts of one realm that are told to others; who is told of live ones never sees a drill. For any thread. */
public interface AlertSource {

    /** Open and ended ones. */
    Collection<Alert> all();

    /** Whether it is held back because the alert of its gateway is told instead. */
    boolean isInhibited(Alert alert, Instant now);

    /** Calls back at each change, until closed; the callback does not block. */
    AutoCloseable onChange(Runnable changed);
}
