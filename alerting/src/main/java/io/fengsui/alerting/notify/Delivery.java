package io.fengsui.alerting.notify;

/** What became of notices that were sent. */
public enum Delivery {
    /** The receiver has them. */
    DELIVERED,
    /** It does not answer, or cannot now: send them again. */
    RETRY,
    /** It does not take at least one of them as it is; the others it may have taken. */
    REJECTED
}
