package io.fengsui.standalone.letters;

import io.fengsui.ops.DeadLetter;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dead letter and where it lies. */
public record Letter(Address address, DeadLetter content) {

    /** As the messages came. Letters of a device lie in one partition of a topic, so equal times are told apart by the offset. */
    public static final Comparator<Letter> BY_ARRIVAL =
            Comparator.comparing((Letter l) -> l.content().getReceivedAt()).thenComparing(Letter::address);

    /** The feed whose personal data it may hold. */
    public Optional<Feed<?>> keeper() {
        return Topics.keeper(address.topic());
    }

    /** The reason, if this version knows it. */
    public Optional<Rejection> reason() {
        return reason(content.getReason());
    }

    static Optional<Rejection> reason(String code) {
        return Arrays.stream(Rejection.values())
                .filter(reason -> reason.name().equals(code))
                .findFirst();
    }

    /** The original bytes, a copy; null for a record without a value. */
    public byte @Nullable [] payload() {
        ByteBuffer payload = content.getPayload();
        if (payload == null) {
            return null;
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }

    /**
     * The MQTT topic as far as it may be shown: one of a protected feed only if vendor, feed and device could be told from it,
     * since a misspelt one may say anything.
     */
    public Optional<String> shownTopic() {
        boolean understood = content.getFeed() != null && content.getDeviceId() != null;
        return keeper().isEmpty() || understood ? Optional.ofNullable(content.getMqttTopic()) : Optional.empty();
    }
}
