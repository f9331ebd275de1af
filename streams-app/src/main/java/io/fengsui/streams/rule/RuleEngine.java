package io.fengsui.streams.rule;

import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Severity;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Trigger.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rules of a feed for one device: what they say depends on the event, the open cases and the time given, on nothing
 * else. The caller keeps events in order.
 */
public final class RuleEngine {
    private final Evaluation evaluation;
    private final Levels levels;
    private final TimedLevels timed;

    /** @param onFailure called for each condition whose evaluation failed */
    public RuleEngine(Runnable onFailure) {
        this.evaluation = new Evaluation(onFailure);
        this.levels = new Levels(evaluation);
        this.timed = new TimedLevels(evaluation, levels);
    }

    /** Ids of the file's flags that hold for an event, in the order of the file. */
    public List<String> flags(RuleSet rules, Facts facts) {
        List<String> flags = new ArrayList<>(0);
        for (Flag flag : rules.flags()) {
            if (evaluation.isTrue(flag.when(), facts)) {
                flags.add(flag.id());
            }
        }
        return flags;
    }

    /** Every rule but the one about silence. The event's time is in the facts. */
    public List<Verdict> onEvent(RuleSet rules, Facts event, Instant eventTime, OpenCases open) {
        List<Verdict> verdicts = new ArrayList<>(0);
        for (Rule rule : rules.rules()) {
            if (!applies(rule, event)) {
                withdraw(rule, event, eventTime, open, verdicts);
                continue;
            }
            Rise rise = rule.scope().rise();
            Facts facts = rise == null ? event : rise.measured(rule, event, eventTime, open);
            if (!rule.scope().contains(eventTime)) {
                endOnly(rule, facts, eventTime, open, verdicts);
            } else if (rule.trigger() instanceof Trigger.Threshold threshold) {
                if (threshold.timed()) {
                    forget(rule, threshold.repetition(), facts, eventTime, open);
                    timed.onEvent(rule, threshold, facts, eventTime, open, verdicts);
                } else {
                    levels.onEvent(rule, threshold, facts, eventTime, open, verdicts);
                }
            } else if (rule.trigger() instanceof Trigger.Report report) {
                forget(rule, report.repetition(), facts, eventTime, open);
                onReport(rule, report, facts, eventTime, open, verdicts);
            } else if (rule.trigger() instanceof Trigger.Overdue overdue) {
                onOverdue(rule, overdue, facts, eventTime, open, verdicts);
            }
        }
        return verdicts;
    }

    /** The same for an event that is older than the newest of its device: each report stands alone, and nothing else is told. */
    public List<Verdict> onOlderEvent(RuleSet rules, Facts facts, Instant eventTime, OpenCases open) {
        List<Verdict> verdicts = new ArrayList<>(0);
        for (Rule rule : rules.rules()) {
            if (rule.trigger() instanceof Trigger.Report report
                    && rule.scope().contains(eventTime)
                    && applies(rule, facts)) {
                onReport(rule, report, facts, eventTime, open, verdicts);
            }
        }
        verdicts.replaceAll(Verdict::ofOlder);
        return verdicts;
    }

    /** What rules count across devices; the event is no older news that came late. */
    public List<Sighting> sightings(RuleSet rules, Facts facts, Instant eventTime) {
        List<Sighting> sightings = new ArrayList<>(0);
        for (Rule rule : rules.rules()) {
            if (!(rule.trigger() instanceof Trigger.Group group)
                    || !rule.scope().contains(eventTime)
                    || !applies(rule, facts)) {
                continue;
            }
            int step = evaluation.firstTrue(group.steps(), facts);
            if (step >= 0) {
                String key = rule.caseKey(facts);
                String what = key.isEmpty() ? eventId(facts) : key;
                Severity severity = group.steps().get(step).severity();
                group.across()
                        .groups(facts)
                        .forEach(of -> sightings.add(new Sighting(rule, group.across(), of, what, severity)));
            }
        }
        return sightings;
    }

    /** The same for a report that was stored and forwarded: it ends what is going on, raises nothing and starts no clock. */
    public List<Verdict> onLateEvent(RuleSet rules, Facts facts, Instant eventTime, OpenCases open) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<Verdict> verdicts = new ArrayList<>(0);
        rules.rules().forEach(rule -> endOnly(rule, facts, eventTime, open, verdicts));
        return verdicts;
    }

    /** Whether a rule is meant for a device: what is unknown does not make it so. */
    public boolean applies(Rule rule, Facts facts) {
        Condition applies = rule.scope().applies();
        return applies == null || evaluation.isTrue(applies, facts);
    }

    private void endOnly(Rule rule, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        Case current = open.isEmpty() ? null : open.find(rule.id(), rule.caseKey(facts));
        if (current == null) {
            return;
        }
        if (rule.trigger() instanceof Trigger.Threshold threshold) {
            if (threshold.timed()) {
                timed.onLateEvent(rule, threshold, current, facts, at, open, verdicts);
            } else if (levels.over(threshold, current, facts)) {
                Levels.end(rule, current, facts, at, open, verdicts);
            }
        } else if (rule.trigger() instanceof Trigger.Overdue overdue && evaluation.isTrue(overdue.ends(), facts)) {
            Levels.end(rule, current, facts.with(clock(current, at)), at, open, verdicts);
        }
    }

    /** Ends what a rule has going at a device that it is not meant for any more. */
    private static void withdraw(Rule rule, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        Severity severity = open.isEmpty() ? null : open.gravest(rule.id());
        open.removeAll(rule.id());
        if (severity != null) {
            verdicts.add(Verdict.of(rule, SignalAction.CLEAR, severity, facts, at));
        }
    }

    /** Clocks of {@code overdue}, {@code for}, {@code after} and {@code times} that have run out by now. */
    public List<Verdict> onDeadline(RuleSet rules, Facts facts, Instant now, OpenCases open) {
        List<Verdict> verdicts = new ArrayList<>(0);
        for (Case clock : open.all()) {
            Rule rule = rules.rule(clock.ruleId()).orElse(null);
            if (rule == null) {
                continue;
            }
            if (rule.trigger() instanceof Trigger.Overdue overdue) {
                onOverdueDeadline(rule, overdue, clock, facts, now, open, verdicts);
            } else if (rule.trigger() instanceof Trigger.Threshold threshold
                    && isDue(clock.progress().due(), now)) {
                timed.onDue(rule, threshold, clock, facts, now, open, verdicts);
            }
        }
        return verdicts;
    }

    private static void onOverdueDeadline(
            Rule rule,
            Trigger.Overdue overdue,
            Case clock,
            Facts facts,
            Instant now,
            OpenCases open,
            List<Verdict> verdicts) {
        if (clock.fires() || !isDue(clock.deadline(), now)) {
            return;
        }
        open.put(new Case(clock.ruleId(), clock.key(), overdue.severity(), clock.since(), clock.deadline()));
        Facts told = facts.withoutEvent(clock(clock, now));
        Instant deadline = Instant.ofEpochMilli(clock.deadline());
        verdicts.add(Verdict.of(rule, SignalAction.RAISE, overdue.severity(), told, deadline)
                .ofNew(occasion(clock)));
    }

    private static boolean isDue(long deadline, Instant now) {
        return deadline > 0 && deadline <= now.toEpochMilli();
    }

    /** Severity that silence would have now, by the device's last event (or none). */
    public Severity severityOfSilence(Trigger.Absence absence, Facts facts) {
        List<Step> steps = absence.steps();
        int step = evaluation.firstTrue(steps, facts);
        return steps.get(step < 0 ? steps.size() - 1 : step).severity();
    }

    /**
     * The device is silent.
     *
     * @param lastSeen null if it was never heard
     */
    public Verdict onSilence(
            Rule rule, Severity severity, Facts facts, @Nullable Instant lastSeen, Instant now, OpenCases open) {
        long since = lastSeen == null ? 0 : lastSeen.toEpochMilli();
        Case silence = new Case(rule.id(), "", severity, since, 0);
        open.put(silence);
        return Verdict.of(rule, SignalAction.RAISE, severity, facts.withoutEvent(silence(lastSeen, now)), now)
                .ofNew(occasion(silence));
    }

    /** The device spoke, or is no longer watched: ends its silence if there was one. */
    public @Nullable Verdict onSignOfLife(Rule rule, Facts facts, Instant now, OpenCases open) {
        Case silence = open.find(rule.id(), "");
        if (silence == null || silence.severity() == null) {
            return null;
        }
        open.remove(silence);
        Instant since = silence.since() == 0 ? null : Instant.ofEpochMilli(silence.since());
        return Verdict.of(rule, SignalAction.CLEAR, silence.severity(), facts.withoutEvent(silence(since, now)), now);
    }

    /** Ends the cases of rules that the file no longer has. */
    public List<Verdict> dropWithdrawn(RuleSet rules, Instant now, OpenCases open) {
        if (!open.marks().isEmpty()) {
            List.copyOf(open.marks().keySet()).stream()
                    .filter(id -> rules.rule(id).isEmpty())
                    .forEach(id -> open.mark(id, List.of()));
        }
        if (open.isEmpty()) {
            return List.of();
        }
        List<Verdict> verdicts = new ArrayList<>(0);
        for (Case old : open.all()) {
            if (rules.rule(old.ruleId()).isPresent()) {
                continue;
            }
            Severity severity = open.gravest(old.ruleId());
            open.removeAll(old.ruleId());
            if (severity != null) {
                verdicts.add(Verdict.withdrawn(old.ruleId(), rules.version(), severity, now));
            }
        }
        return verdicts;
    }

    private void onReport(
            Rule rule, Trigger.Report report, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        int step = evaluation.firstTrue(report.steps(), facts);
        if (step < 0) {
            return;
        }
        Facts told = facts;
        Repetition repetition = report.repetition();
        if (repetition != null) {
            String what = rule.caseKey(facts);
            if (!repetition.count(rule, what.isEmpty() ? eventId(facts) : what, facts, at, open)) {
                return;
            }
            told = facts.with(repetition.counted(rule, facts, open));
        }
        Severity severity = report.steps().get(step).severity();
        String incident = rule.subject() == SubjectKind.INCIDENT ? rule.caseKey(facts) : "";
        verdicts.add(
                incident.isEmpty()
                        ? Verdict.of(rule, SignalAction.RAISE, severity, told, at)
                                .ofNew(eventId(facts))
                        : Verdict.of(rule, SignalAction.RAISE, severity, told.with(Map.of("case", incident)), at)
                                .ofIncident(incident));
    }

    private void onOverdue(
            Rule rule, Trigger.Overdue overdue, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        if (evaluation.isTrue(overdue.ends(), facts)) {
            Case ended = open.find(rule.id(), rule.caseKey(facts));
            if (ended != null) {
                Levels.end(rule, ended, facts.with(clock(ended, at)), at, open, verdicts);
            }
        } else if (evaluation.isTrue(overdue.starts(), facts)) {
            String key = rule.caseKey(facts);
            Duration within = overdue.within().of(facts);
            if (within != null && open.find(rule.id(), key) == null) {
                long since = at.toEpochMilli();
                open.put(new Case(rule.id(), key, null, since, since + within.toMillis()));
            }
        }
    }

    /** What was counted too long ago is not kept. */
    private static void forget(Rule rule, @Nullable Repetition repetition, Facts facts, Instant at, OpenCases open) {
        if (repetition != null && !open.marks(rule.id()).isEmpty()) {
            repetition.forget(rule, facts, at, open);
        }
    }

    static String occasion(Case begun) {
        return begun.key() + "@" + Instant.ofEpochMilli(begun.since());
    }

    static String eventId(Facts facts) {
        return facts.header() == null ? "" : facts.header().getEventId();
    }

    private static Map<String, Object> clock(Case clock, Instant now) {
        Instant since = Instant.ofEpochMilli(clock.since());
        return Map.of(
                "case", clock.key(),
                "since", since,
                "elapsed", Duration.between(since, now),
                "within", Duration.ofMillis(clock.deadline() - clock.since()));
    }

    private static Map<String, Object> silence(@Nullable Instant lastSeen, Instant now) {
        return lastSeen == null ? Map.of() : Map.of("since", lastSeen, "elapsed", Duration.between(lastSeen, now));
    }
}
