package io.fengsui.streams.task;

import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Begins dead letters of records that could not be processed; each fits into its topic, whatever came. */
final class DeadLetters {

    /** Half of what the topics take: a longer payload is cut, and the detail says so. Its topic keeps the whole record a week. */
    static final int LARGEST_PAYLOAD = 1_000_000;

    private static final int LONGEST_DETAIL = 500;

    private final String process;

    DeadLetters(String process) {
        this.process = process;
    }

    /**
     * Feed, status and time of arrival are left to the caller.
     *
     * @param keeper feed whose data the record may hold; the words of a protected one quote nothing
     */
    DeadLetter.Builder of(
            @Nullable Feed<?> keeper,
            RecordMetadata place,
            byte @Nullable [] payload,
            Rejection reason,
            String detail) {
        int length = payload == null ? 0 : payload.length;
        String told = keeper != null && keeper.isProtected() ? reason.en() : detail;
        String words =
                length > LARGEST_PAYLOAD ? "(first " + LARGEST_PAYLOAD + " of " + length + " bytes) " + told : told;
        return DeadLetter.newBuilder()
                .setReason(reason.name())
                .setDetail(words.substring(0, Math.min(words.length(), LONGEST_DETAIL)))
                .setStage(DeadLetterStage.STREAMS)
                .setKafkaTopic(place.topic())
                .setKafkaPartition(place.partition())
                .setKafkaOffset(place.offset())
                .setPayload(payload == null ? null : ByteBuffer.wrap(payload, 0, Math.min(length, LARGEST_PAYLOAD)))
                .setProcess(process);
    }
}
