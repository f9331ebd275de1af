package io.fengsui.streams.failure;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Ends the thread, which rolls the transaction back; {@link ThreadPolicy} then decides. An event that cannot be processed has
 * become a dead letter before this is asked, so what comes here is a failure of Kafka or the registry, or a fault of ours.
 */
public final class FailOnProcessing implements ProcessingExceptionHandler {

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        return Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
