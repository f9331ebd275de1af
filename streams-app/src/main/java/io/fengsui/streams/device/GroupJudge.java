package io.fengsui.streams.device;

import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.ops.Occurrence;
import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.streams.group.GroupCount;
import io.fengsui.streams.group.GroupCount.Entry;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.Facts;
import io.fengsui.streams.rule.Repetition;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleSet;
import io.fengsui.streams.rule.Trigger;
import io.fengsui.streams.rule.Verdict;
import io.fengsui.streams.rule.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides when something has happened often enough across devices. */
public final class GroupJudge {
    private final ReferenceView reference;
    private final RuleBook book;
    private final FactFinder facts;

    public GroupJudge(ReferenceView reference, RuleBook book) {
        this.reference = reference;
        this.book = book;
        this.facts = new FactFinder(reference);
    }

    /**
     * Counts what happened.
     *
     * @param count of the rule and group; changed
     * @return what the rule says; null if nothing
     */
    public @Nullable Verdict judge(Occurrence occurrence, GroupCount count) {
        RuleSet rules = book.of(occurrence.getFeed());
        Rule rule = rules == null ? null : rules.rule(occurrence.getRuleId()).orElse(null);
        if (rule == null || !(rule.trigger() instanceof Trigger.Group group)) {
            return null;
        }
        Facts known = factsOf(occurrence);
        Duration within = group.repetition().within().of(known);
        int times = group.repetition().times(known);
        if (within == null || times == 0) {
            return null;
        }
        Entry entry = new Entry(
                occurrence.getEventTime().toEpochMilli(),
                Repetition.hash(occurrence.getWhat()),
                occurrence.getDeviceId(),
                occurrence.getSeverity());
        if (!count.add(entry, within, times) || count.entries().size() < times) {
            return null;
        }
        Facts told = known.with(Map.of(
                "group",
                nameOf(occurrence.getGroupKind(), occurrence.getGroup(), occurrence.getEventTime()),
                "count",
                (long) count.entries().size(),
                "devices",
                count.devices(),
                "within",
                within,
                "since",
                Instant.ofEpochMilli(count.entries().get(0).at())));
        Verdict verdict = Verdict.of(rule, SignalAction.RAISE, count.gravest(), told, occurrence.getEventTime());
        return count.news() ? verdict.ofNew(occurrence.getEventId()) : verdict;
    }

    /** What people call a group. */
    public Words nameOf(SubjectKind kind, String group, Instant at) {
        if (kind == SubjectKind.UNIT) {
            Unit unit = reference.unit(group, at);
            return unit == null ? new Words(group, group) : new Words(unit.getNameZh(), unit.getNameEn());
        }
        return new Words(group, group);
    }

    private Facts factsOf(Occurrence occurrence) {
        Instant at = occurrence.getEventTime();
        Device device = reference.device(occurrence.getDeviceId(), at);
        String siteId = device == null ? null : device.getSiteId();
        Site site = siteId == null ? null : reference.site(siteId, at);
        return facts.ofSilence(occurrence.getDeviceId(), device, site, at);
    }
}
