package io.fengsui.alerting.readings;

/** Readings cannot be looked up now; worth another try. */
public final class ReadingsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReadingsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
