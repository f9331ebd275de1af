package io.fengsui.alerting.figures;

/** The accounts could not be read now; the message says why, for people. */
public final class AccountsUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AccountsUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
