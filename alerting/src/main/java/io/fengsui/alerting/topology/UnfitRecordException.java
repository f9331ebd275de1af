package io.fengsui.alerting.topology;

import io.fengsui.schema.rejection.Rejection;

/** A record that can be read and never be processed: it becomes a dead letter. */
final class UnfitRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Rejection reason;
    private final String detail;

    UnfitRecordException(Rejection reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Rejection reason() {
        return reason;
    }

    String detail() {
        return detail;
    }
}
