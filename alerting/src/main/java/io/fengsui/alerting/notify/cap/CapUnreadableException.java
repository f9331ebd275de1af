package io.fengsui.alerting.notify.cap;

/** Messages that were published cannot be read now; later they can. */
public final class CapUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CapUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
