package io.fengsui.streams.rule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and when a rule is in force, and what holds its alerts back.
 *
 * @param applies about device, site and parameters alone; null: everywhere
 * @param schedule null: always
 * @param rise what the name {@code rise} stands for; null without it
 * @param suppressions what makes an alert of the rule suppressed, see {@link Suppression}
 */
public record Scope(
        @Nullable Condition applies,
        @Nullable Schedule schedule,
        @Nullable Rise rise,
        List<String> suppressions) {

    boolean contains(Instant time) {
        return schedule == null || schedule.contains(time);
    }

    /** The time itself if the rule is in force then, else when it is next; epoch milliseconds. */
    public long nextFrom(long time) {
        return schedule == null || time == Long.MAX_VALUE ? time : schedule.nextFrom(time);
    }
}
