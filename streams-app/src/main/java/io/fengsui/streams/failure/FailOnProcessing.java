package io.fengsui.streams.failure;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the thread, which rolls the transaction back; {@link ThreadPolicy} then decides. An event that cannot be judged has become
 * a dead letter before this is asked. What comes here is a failure of Kafka or the registry, which is no record's fault, or a fault
 * of ours that one record brings out: that record is set aside.
 */
public final class FailOnProcessing implements ProcessingExceptionHandler {
    private static final Logger logger = LoggerFactory.getLogger(FailOnProcessing.class);

    /** Key in the configuration of Kafka Streams under which {@link SetAside} is handed over. */
    public static final String SET_ASIDE = "fengsui.set.aside";

    private SetAside setAside;

    @SuppressWarnings("NullAway") // configured by Kafka Streams before use
    public FailOnProcessing() {}

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (context.topic() != null && context.offset() >= 0 && !isOfKafka(exception)) {
            logger.error(
                    "Record {}/{}/{} brings a fault out and is set aside: {}",
                    context.topic(),
                    context.partition(),
                    context.offset(),
                    exception.getClass().getName());
            setAside.record(context.topic(), context.partition(), context.offset(), exception.toString());
        }
        return Response.fail();
    }

    /** Such as a write of an earlier record that failed, or a registry that does not answer. */
    private static boolean isOfKafka(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        setAside = (SetAside) Objects.requireNonNull(configs.get(SET_ASIDE), SET_ASIDE + " is missing");
    }
}
