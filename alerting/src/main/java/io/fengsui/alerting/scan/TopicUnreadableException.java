package io.fengsui.alerting.scan;

/** A topic could not be read now; the message says why, for people. Nothing is lost; ask again. */
public final class TopicUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicUnreadableException(String message) {
        super(message);
    }

    public TopicUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
