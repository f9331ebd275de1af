package io.fengsui.schema.serde;

import org.apache.kafka.common.errors.RetriableException;

/** The schema registry did not answer, or failed: the record is fine, try again. */
public final class RegistryUnavailableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String during, Throwable cause) {
        super("The schema registry does not answer while " + during + ": " + cause.getMessage(), cause);
    }
}
