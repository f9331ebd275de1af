package io.fengsui.alerting.audit;

/** The audit could not be read now: Kafka does not answer, or others are reading. Nothing is lost; ask again. */
public final class AuditUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AuditUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
