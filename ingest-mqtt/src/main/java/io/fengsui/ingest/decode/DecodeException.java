package io.fengsui.ingest.decode;

import io.fengsui.event.EventStatus;
import io.fengsui.schema.rejection.Rejection;
import org.jspecify.annotations.Nullable;

/** A message that is refused: it is kept as a dead letter with this reason, and the vendor is told. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int DETAIL_LIMIT = 500;

    private final Rejection reason;
    private final @Nullable String field;
    private final String detail;
    private @Nullable String expectation;
    private @Nullable String messageId;
    private EventStatus status = EventStatus.UNKNOWN;

    /** @param detail what exactly was wrong, for people; cut to 500 characters */
    public DecodeException(Rejection reason, @Nullable String field, String detail) {
        super(reason + (field == null ? "" : " (" + field + ")") + ": " + cut(detail), null, false, false);
        this.reason = reason;
        this.field = field;
        this.detail = cut(detail);
    }

    public DecodeException(Rejection reason, String detail) {
        this(reason, null, detail);
    }

    /** Cuts a detail to its limit, and keeps what nobody can read out of logs. */
    public static String cut(String detail) {
        return StrictText.quoted(detail, DETAIL_LIMIT);
    }

    /** Adds what was expected, in words that quote nothing of the payload. */
    DecodeException expecting(String what) {
        expectation = what;
        return this;
    }

    /** The same in words that quote nothing of the payload, for one that may hold personal data. */
    public DecodeException unquoted() {
        String words = expectation == null ? reason.en() : "expected " + expectation;
        return new DecodeException(reason, field, words).with(messageId, status);
    }

    /** Adds what could be read before the fault, so that the dead letter can be matched with the vendor's message. */
    DecodeException with(@Nullable String readMessageId, EventStatus readStatus) {
        messageId = readMessageId;
        status = readStatus;
        return this;
    }

    public Rejection reason() {
        return reason;
    }

    /** Field of the payload at fault, or null if it is the whole. */
    public @Nullable String field() {
        return field;
    }

    public String detail() {
        return detail;
    }

    /** The vendor's message id out of the payload, if it could be read. */
    public @Nullable String messageId() {
        return messageId;
    }

    /** Real or exercise, UNKNOWN if it could not be read. */
    public EventStatus status() {
        return status;
    }
}
