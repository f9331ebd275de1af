package io.fengsui.streams.failure;

import io.fengsui.event.EventStatus;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.meter.StreamsMetrics;
import io.fengsui.streams.task.Codecs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that Kafka will never take because of its size must not stop the app at each restart: the message it was made from
 * is kept in feed.dead-letter, in the same transaction, and the rest goes on. Anything else ends the thread and is tried
 * again; nothing is ever dropped.
 */
public final class KeepWhatCannotBeWritten implements ProductionExceptionHandler {

    /** Key in the configuration of Kafka Streams under which the {@link Parts} are handed over. */
    public static final String PARTS = "fengsui.write.failure.parts";

    private static final Logger logger = LoggerFactory.getLogger(KeepWhatCannotBeWritten.class);

    /** What the handler works with. */
    public record Parts(Codecs codecs, StreamsMetrics metrics, String process) {}

    private Parts parts;

    @SuppressWarnings("NullAway") // configured by Kafka Streams before use
    public KeepWhatCannotBeWritten() {}

    @Override
    public void configure(Map<String, ?> configs) {
        parts = (Parts) Objects.requireNonNull(configs.get(PARTS), PARTS + " is missing");
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        boolean tooLarge = exception instanceof RecordTooLargeException;
        boolean fromFeed = context.sourceRawValue() != null && !record.topic().equals(Topics.DEAD_LETTER.name());
        if (tooLarge && fromFeed) {
            logger.error(
                    "A record of {} bytes for {} is too large and becomes a dead letter", size(record), record.topic());
            parts.metrics().writeFailed("dead-letter");
            parts.metrics().deadLetter(Rejection.OVERSIZED.name());
            return Response.resume(List.of(deadLetter(context, record)));
        }
        boolean passing = exception instanceof RetriableException;
        parts.metrics().writeFailed(passing ? "retry" : "fail");
        return passing ? Response.retry() : Response.fail();
    }

    private ProducerRecord<byte[], byte[]> deadLetter(ErrorHandlerContext context, ProducerRecord<?, byte[]> record) {
        byte[] key = context.sourceRawKey();
        byte[] value = context.sourceRawValue();
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(Rejection.OVERSIZED.name())
                .setDetail("too large for " + record.topic())
                .setDeviceId(key == null ? null : new String(key, StandardCharsets.UTF_8))
                .setStatus(EventStatus.UNKNOWN)
                .setStage(DeadLetterStage.STREAMS)
                .setKafkaTopic(context.topic())
                .setKafkaPartition(context.partition())
                .setKafkaOffset(context.offset())
                .setPayload(value == null ? null : ByteBuffer.wrap(value))
                .setReceivedAt(Instant.ofEpochMilli(Math.max(0, context.timestamp())))
                .setProcess(parts.process())
                .build();
        String topic = Topics.DEAD_LETTER.name();
        return new ProducerRecord<>(topic, null, key, parts.codecs().write(topic, letter));
    }

    private static int size(ProducerRecord<?, byte[]> record) {
        return record.value() == null ? 0 : record.value().length;
    }
}
