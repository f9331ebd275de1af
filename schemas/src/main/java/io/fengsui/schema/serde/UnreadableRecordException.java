package io.fengsui.schema.serde;

import io.fengsui.schema.rejection.Rejection;
import org.apache.kafka.common.errors.SerializationException;

/** A record that will never be readable: keep it as a dead letter with {@link #reason()} and go on. */
public final class UnreadableRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    private final Rejection reason;

    UnreadableRecordException(Rejection reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Rejection reason() {
        return reason;
    }
}
