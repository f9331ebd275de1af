package io.fengsui.schema.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry has not this schema under this subject: {@code fengsui topics apply} registers it. */
public final class SchemaNotRegisteredException extends SerializationException {
    private static final long serialVersionUID = 1L;

    SchemaNotRegisteredException(String subject, String schema, Throwable cause) {
        super(
                "The registry has no such schema " + schema + " under " + subject + "; run 'fengsui topics apply' ("
                        + cause.getMessage() + ")",
                cause);
    }
}
