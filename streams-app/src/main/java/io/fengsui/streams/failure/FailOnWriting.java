package io.fengsui.streams.failure;

import io.fengsui.streams.meter.StreamsMetrics;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * What may pass is tried again, anything else ends the thread; nothing is ever dropped. A record that Kafka refuses for ever
 * cannot be left out here, since its refusal has already spoilt the transaction: its topic counts as missing for a while. Which
 * record it was made of is not known here: Kafka Streams 4.3 names the one that is being processed when the answer comes
 * ({@code RecordCollectorImpl.errorHandlerContext}), or none.
 */
public final class FailOnWriting implements ProductionExceptionHandler {

    /** Key in the configuration of Kafka Streams under which the {@link StreamsMetrics} are handed over. */
    public static final String METRICS = "fengsui.write.failure.metrics";

    private StreamsMetrics metrics;
    private SetAside setAside;

    @SuppressWarnings("NullAway") // configured by Kafka Streams before use
    public FailOnWriting() {}

    @Override
    public void configure(Map<String, ?> configs) {
        metrics = (StreamsMetrics) Objects.requireNonNull(configs.get(METRICS), METRICS + " is missing");
        setAside = (SetAside) Objects.requireNonNull(
                configs.get(FailOnProcessing.SET_ASIDE), FailOnProcessing.SET_ASIDE + " is missing");
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        boolean passing = exception instanceof RetriableException;
        metrics.writeFailed(passing ? "retry" : "fail");
        if (exception instanceof RecordTooLargeException) {
            setAside.refused(record.topic());
        }
        return passing ? Response.retry() : Response.fail();
    }
}
