package io.fengsui.standalone.letters;

import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; null and empty mean any.
 *
 * <p>A protected feed has to be named, and then means all letters that it keeps, whatever their topic said. Without, or with
 * another, they are not read at all.
 *
 * @param since arrived then or later
 * @param until arrived before
 * @param replayed whether a replay left nothing to do
 */
public record LetterFilter(
        Set<Rejection> reasons,
        @Nullable Feed<?> feed,
        @Nullable String vendor,
        @Nullable String device,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable DeadLetterStage stage,
        @Nullable Boolean replayed) {

    public LetterFilter {
        reasons = Set.copyOf(reasons);
    }

    /** Where they lie. */
    public Topic<DeadLetter> topic() {
        return Topics.deadLetter(feed);
    }

    public boolean matches(Letter letter, ReplayHistory history) {
        DeadLetter content = letter.content();
        Instant receivedAt = content.getReceivedAt();
        return letter.address().topic().name().equals(topic().name())
                && (feed == null || feed.isProtected() || feed.id().equals(content.getFeed()))
                && (reasons.isEmpty()
                        || letter.reason().filter(reasons::contains).isPresent())
                && (vendor == null || vendor.equals(content.getVendor()))
                && (device == null || device.equals(content.getDeviceId()))
                && (since == null || !receivedAt.isBefore(since))
                && (until == null || receivedAt.isBefore(until))
                && (stage == null || stage == content.getStage())
                && (replayed == null
                        || replayed == history.done(letter.address()).isPresent());
    }
}
