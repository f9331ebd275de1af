package io.fengsui.alerting.topology;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka Streams does about a failure that the processor let pass. Records that can never be processed do not come
 * here, {@link AlertProcessor} has made dead letters of them; what comes is Kafka, the store or the registry in trouble.
 * Dropping the record would lose an alert, so the thread fails, the transaction is undone, and the record comes again.
 */
public final class FailureHandler
        implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {
    private static final Logger logger = LoggerFactory.getLogger(FailureHandler.class);

    /** Called by Kafka Streams. */
    public FailureHandler() {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        logger.error("{} offset {} could not be taken as bytes", record.topic(), record.offset(), exception);
        return DeserializationExceptionHandler.Response.fail();
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        logger.error("{} offset {} has to wait: {}", context.topic(), context.offset(), exception.getMessage());
        return ProcessingExceptionHandler.Response.fail();
    }

    /** A broker that is slow is asked again within the transaction; anything else ends it. */
    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        logger.error("{} cannot be written to: {}", record.topic(), exception.getMessage());
        return exception instanceof RetriableException
                ? ProductionExceptionHandler.Response.retry()
                : ProductionExceptionHandler.Response.fail();
    }

    @Override
    public ProductionExceptionHandler.Response handleSerializationError(
            ErrorHandlerContext context,
            @SuppressWarnings("rawtypes") ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        logger.error("{} of a record for {} cannot be written", origin, record.topic(), exception);
        return ProductionExceptionHandler.Response.fail();
    }
}
