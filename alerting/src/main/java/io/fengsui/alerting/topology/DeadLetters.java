package io.fengsui.alerting.topology;

import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records that could not be processed. */
final class DeadLetters {
    private static final int LONGEST_DETAIL = 500;

    /** With the envelope just below what a broker takes by default. Longer ones are cut, and the detail says so. */
    private static final int LARGEST_PAYLOAD = 1_000_000;

    private final AvroWriter<DeadLetter> writer;
    private final String process;

    /** @param process application id */
    DeadLetters(AvroWriter<DeadLetter> writer, String process) {
        this.writer = writer;
        this.process = process;
    }

    Outgoing of(RecordMetadata metadata, byte @Nullable [] payload, Rejection reason, String detail, Instant now) {
        int length = payload == null ? 0 : payload.length;
        String words =
                length > LARGEST_PAYLOAD ? "(first " + LARGEST_PAYLOAD + " of " + length + " bytes) " + detail : detail;
        DeadLetter letter = DeadLetter.newBuilder()
                .setReason(reason.name())
                .setDetail(words.substring(0, Math.min(words.length(), LONGEST_DETAIL)))
                .setStage(DeadLetterStage.STREAMS)
                .setKafkaTopic(metadata.topic())
                .setKafkaPartition(metadata.partition())
                .setKafkaOffset(metadata.offset())
                .setPayload(payload == null ? null : ByteBuffer.wrap(payload, 0, Math.min(length, LARGEST_PAYLOAD)))
                .setReceivedAt(now)
                .setProcess(process)
                .build();
        String topic = Topics.DEAD_LETTER.name();
        return new Outgoing(topic, writer.write(topic, letter));
    }
}
