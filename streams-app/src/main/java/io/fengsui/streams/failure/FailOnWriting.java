package io.fengsui.streams.failure;

import io.fengsui.streams.meter.StreamsMetrics;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * What may pass is tried again, anything else ends the thread; nothing is ever dropped. A record that Kafka refuses for ever
 * cannot be left out here, since its refusal has already spoilt the transaction: nothing is made that is too large.
 */
public final class FailOnWriting implements ProductionExceptionHandler {

    /** Key in the configuration of Kafka Streams under which the {@link StreamsMetrics} are handed over. */
    public static final String METRICS = "fengsui.write.failure.metrics";

    private StreamsMetrics metrics;

    @SuppressWarnings("NullAway") // configured by Kafka Streams before use
    public FailOnWriting() {}

    @Override
    public void configure(Map<String, ?> configs) {
        metrics = (StreamsMetrics) Objects.requireNonNull(configs.get(METRICS), METRICS + " is missing");
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        boolean passing = exception instanceof RetriableException;
        metrics.writeFailed(passing ? "retry" : "fail");
        return passing ? Response.retry() : Response.fail();
    }
}
