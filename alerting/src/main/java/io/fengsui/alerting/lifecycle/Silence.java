package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Severity;

/** Which alerts say no more than that a device is not heard, so that the outage of its gateway or vendor explains them. */
public final class Silence {

    private Silence() {}

    /** Made by an absence, of severity III or IV, and no life safety (RATIONALE.md). */
    public static boolean isInhibitable(Alert alert) {
        boolean minor = alert.getSeverity() == Severity.III || alert.getSeverity() == Severity.IV;
        boolean madeByAbsence = alert.getLastEventId() == null;
        return minor && madeByAbsence && !alert.getLifeSafety() && !isAboutSupplier(alert);
    }

    /** Whether what its rule names under {@code suppress} may hold it back: severity I and life safety are never suppressed. */
    public static boolean isSuppressible(Alert alert) {
        return !alert.getSuppressions().isEmpty() && !alert.getLifeSafety() && alert.getSeverity() != Severity.I;
    }

    /** Whether it is about what devices report through: a gateway, or a vendor as a whole. */
    public static boolean isAboutSupplier(Alert alert) {
        SubjectKind kind = alert.getSubject().getKind();
        return kind == SubjectKind.GATEWAY || kind == SubjectKind.VENDOR;
    }
}
