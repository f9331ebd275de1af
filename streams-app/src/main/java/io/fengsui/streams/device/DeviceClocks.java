package io.fengsui.streams.device;

import io.fengsui.event.Severity;
import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.absence.LaneClock;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.Facts;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleEngine;
import io.fengsui.streams.rule.RuleSet;
import io.fengsui.streams.rule.Trigger;
import io.fengsui.streams.rule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a device's rules are due although nothing comes, and what they say then. Silence counts from the device's last
 * message, from when its lane was heard again or from when it became valid, whichever is last; only the live realm knows silence. Devices of the other lane are not its business.
 */
public final class DeviceClocks {
    private final ReferenceView reference;
    private final RuleBook book;
    private final RuleEngine engine;
    private final FactFinder facts;
    private final Lane lane;
    private final LaneClock clock;

    public DeviceClocks(ReferenceView reference, RuleBook book, RuleEngine engine, Lane lane, LaneClock clock) {
        this.reference = reference;
        this.book = book;
        this.engine = engine;
        this.facts = new FactFinder(reference);
        this.lane = lane;
        this.clock = clock;
    }

    /** What applies to a device now. */
    private record Watch(
            RuleSet rules, @Nullable Rule silence, @Nullable Duration timeout, Facts facts) {}

    /**
     * When to look at a device.
     *
     * @param at earliest time a rule is due, epoch milliseconds; {@link Long#MAX_VALUE} if none waits
     * @param patience if nothing but silence can become due: the device's timeout, milliseconds, so that whenever it is heard nothing is
     *     due before that time is over. Otherwise 0.
     */
    public record Due(long at, long patience) {
        private static final Due NEVER = new Due(Long.MAX_VALUE, 0);
    }

    public Due due(DeviceKey key, @Nullable DeviceState state, Instant now) {
        return due(key, state, now, now);
    }

    /**
     * The same as of a time up to which all has been heard, where some may have been heard of what came later.
     *
     * @param then not after now
     */
    public Due due(DeviceKey key, @Nullable DeviceState state, Instant then, Instant now) {
        Watch watch = watch(key, state, then);
        if (watch == null) {
            return Due.NEVER;
        }
        long silence = silenceDue(key, watch, state, then, now);
        long overdue = overdueDue(state);
        boolean silenceAlone = silence < Long.MAX_VALUE && overdue == Long.MAX_VALUE;
        return new Due(
                Math.min(silence, overdue), silenceAlone && watch.timeout != null ? watch.timeout.toMillis() : 0);
    }

    /**
     * Earliest time to look at a device that has just been registered, or whose rules have changed: one that would be due at
     * once, by what was heard of it before, has its full time from now.
     */
    public Due dueAfterChange(DeviceKey key, @Nullable DeviceState state, Instant now) {
        Due due = due(key, state, now);
        if (due.at() == Long.MAX_VALUE) {
            return due;
        }
        long anew = due(key, DeviceState.heardAt(now), now).at();
        return new Due(Math.max(due.at(), anew), due.patience());
    }

    /**
     * What the rules say of all that is due by then.
     *
     * @param state changed
     * @param then not after now
     */
    public List<Verdict> fire(DeviceKey key, DeviceState state, Instant then, Instant now) {
        Watch watch = watch(key, state, then);
        if (watch == null) {
            return List.of();
        }
        List<Verdict> verdicts = new ArrayList<>(1);
        if (watch.silence != null && silenceDue(key, watch, state, then, now) <= then.toEpochMilli()) {
            Instant lastSeen = state.lastSeen() == 0 ? null : Instant.ofEpochMilli(state.lastSeen());
            Severity severity = severityOfSilence(watch.silence, watch.facts, state);
            verdicts.add(engine.onSilence(watch.silence, severity, watch.facts, lastSeen, then, state.open()));
        }
        if (overdueDue(state) <= then.toEpochMilli()) {
            verdicts.addAll(engine.onDeadline(watch.rules, watch.facts, then, state.open()));
        }
        return verdicts;
    }

    /**
     * Ends the silence of a device that is no longer watched, or by another feed's rules; null if there is none.
     *
     * @param state changed
     */
    public @Nullable Verdict unwatch(DeviceKey key, DeviceState state, Instant now) {
        RuleSet rules = book.of(state.feedId());
        Rule silence = rules == null ? null : rules.absence().orElse(null);
        if (silence == null || !state.open().fires(silence.id())) {
            return null;
        }
        Watch watch = watch(key, state, now);
        boolean watched = watch != null
                && watch.timeout != null
                && watch.silence != null
                && watch.silence.id().equals(silence.id());
        return watched ? null : engine.onSignOfLife(silence, factsOf(key, now), now, state.open());
    }

    private @Nullable Watch watch(DeviceKey key, @Nullable DeviceState state, Instant now) {
        Feed<?> feed = Feeds.byId(feedOf(key, state, now)).orElse(null);
        RuleSet rules = feed == null || feed.lane() != lane ? null : book.of(feed.id());
        if (rules == null) {
            return null;
        }
        Facts known = factsOf(key, now);
        Rule silence = rules.absence().orElse(null);
        boolean watched = silence != null && engine.applies(silence, known);
        return new Watch(rules, silence, watched ? timeout(key, silence, known) : null, known);
    }

    private static @Nullable Duration timeout(DeviceKey key, @Nullable Rule silence, Facts known) {
        Device device = known.device();
        return key.realm() == Realm.LIVE
                        && device != null
                        && silence != null
                        && silence.trigger() instanceof Trigger.Absence absence
                ? absence.timeout(known)
                : null;
    }

    private Facts factsOf(DeviceKey key, Instant now) {
        Device device = reference.device(key.deviceId(), now);
        String siteId = device == null ? null : device.getSiteId();
        Site site = siteId == null ? null : reference.site(siteId, now);
        return facts.ofSilence(key.deviceId(), device, site, now);
    }

    private String feedOf(DeviceKey key, @Nullable DeviceState state, Instant now) {
        Device device = reference.device(key.deviceId(), now);
        if (device != null) {
            return device.getFeed();
        }
        return state == null ? "" : state.feedId();
    }

    /** A message ahead of now was heard before the wall clock was set back: then the lane counts, which was heard anew since. */
    private long silenceDue(DeviceKey key, Watch watch, @Nullable DeviceState state, Instant then, Instant now) {
        if (watch.timeout == null || watch.silence == null) {
            return Long.MAX_VALUE;
        }
        if (state != null && state.open().fires(watch.silence.id())) {
            return Long.MAX_VALUE;
        }
        long lastSeen = state == null || state.lastSeen() > now.toEpochMilli() ? 0 : state.lastSeen();
        long watchedSince = Math.max(clock.sightedSince(), reference.registeredSince(key.deviceId(), then));
        return watch.silence.scope().nextFrom(Math.max(lastSeen, watchedSince) + watch.timeout.toMillis());
    }

    /** What was missed while blind comes in first, so a deadline that passed then gets that much grace. */
    private long overdueDue(@Nullable DeviceState state) {
        long deadline = state == null ? Long.MAX_VALUE : state.open().nextDeadline();
        return deadline == Long.MAX_VALUE ? deadline : Math.max(deadline, clock.sightedSince() + clock.blindAfter());
    }

    private Severity severityOfSilence(Rule silence, Facts known, DeviceState state) {
        if (state.silenceSeverity() != Severity.UNKNOWN) {
            return state.silenceSeverity();
        }
        return silence.trigger() instanceof Trigger.Absence absence
                ? engine.severityOfSilence(absence, known)
                : Severity.IV;
    }
}
