package io.fengsui.alerting.openid;

/** A log-in by OpenID Connect that did not come to its end. */
public final class OpenIdException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why; the name stands in the audit. */
    public enum Reason {
        /** The provider does not answer, or not as one. */
        UNREACHABLE,
        /** The answer was asked for too long ago, by another browser, not at all, or came before. */
        EXPIRED,
        /** The user or the provider said no. */
        DENIED,
        /** The answer is not signed, addressed or made as it must be. */
        UNTRUSTED,
        /** The user has no role here, or an officer no unit. */
        NO_ROLE
    }

    private final Reason reason;

    OpenIdException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    OpenIdException(Reason reason, Throwable cause) {
        super(cause.getMessage(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
