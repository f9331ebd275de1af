package io.fengsui.schema.serde;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.kafka.common.errors.RetriableException;

/** The schema registry did not answer, failed, or refused us: the record is fine, try again. */
public final class RegistryUnavailableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String during, Throwable cause) {
        super(trouble(cause) + " while " + during + ": " + cause.getMessage(), cause);
    }

    private static String trouble(Throwable cause) {
        if (!(cause instanceof RestClientException answer)) {
            return "The schema registry does not answer";
        }
        return switch (answer.getStatus()) {
            case 401, 403 ->
                "The schema registry does not admit us (set basic.auth.credentials.source and basic.auth.user.info)";
            default -> "The schema registry answers with status " + answer.getStatus();
        };
    }
}
