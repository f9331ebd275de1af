package io.fengsui.platform;

/** An app cannot start. The message names place, cause and remedy, for people: it is printed without a stack trace. */
public class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
