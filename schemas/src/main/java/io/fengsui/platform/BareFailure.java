package io.fengsui.platform;

import org.jspecify.annotations.Nullable;

/** Stands for a failure in a log: its class, place and causes without their words, which may quote what was handled. */
public final class BareFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public BareFailure(Throwable failure) {
        super(failure.getClass().getName(), causeOf(failure));
        setStackTrace(failure.getStackTrace());
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        return failure.getCause() == null ? null : new BareFailure(failure.getCause());
    }
}
