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
    private final Runnable onFailure;

    /** @param onFailure called for each condition whose evaluation failed */
    public RuleEngine(Runnable onFailure) {
        this.onFailure = onFailure;
    }

    /** Ids of the file's flags that hold for an event, in the order of the file. */
    public List<String> flags(RuleSet rules, Facts facts) {
        return rules.flags().stream()
                .filter(flag -> isTrue(flag.when(), facts))
                .map(Flag::id)
                .toList();
    }

    /** Every rule but the one about silence. The event's time is in the facts. */
    public List<Verdict> onEvent(RuleSet rules, Facts facts, Instant eventTime, OpenCases open) {
        List<Verdict> verdicts = new ArrayList<>(0);
        for (Rule rule : rules.rules()) {
            if (rule.trigger() instanceof Trigger.Threshold threshold) {
                onThreshold(rule, threshold, facts, eventTime, open, verdicts);
            } else if (rule.trigger() instanceof Trigger.Report report) {
                onReport(rule, report, facts, eventTime, verdicts);
            } else if (rule.trigger() instanceof Trigger.Overdue overdue) {
                onOverdue(rule, overdue, facts, eventTime, open, verdicts);
            }
        }
        return verdicts;
    }

    /** The same for an event that is older than the newest of its device: each report stands alone, and nothing else is told. */
    public List<Verdict> onOlderEvent(RuleSet rules, Facts facts, Instant eventTime) {
        List<Verdict> verdicts = new ArrayList<>(0);
        for (Rule rule : rules.rules()) {
            if (rule.trigger() instanceof Trigger.Report report) {
                onReport(rule, report, facts, eventTime, verdicts);
            }
        }
        verdicts.replaceAll(Verdict::ofOlder);
        return verdicts;
    }

    /** The same for a report that was stored and forwarded: it ends what is going on, raises nothing and starts no clock. */
    public List<Verdict> onLateEvent(RuleSet rules, Facts facts, Instant eventTime, OpenCases open) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<Verdict> verdicts = new ArrayList<>(0);
        for (Rule rule : rules.rules()) {
            Case current = open.find(rule.id(), caseKey(rule, facts));
            if (current == null) {
                continue;
            }
            if (rule.trigger() instanceof Trigger.Threshold threshold) {
                if (followed(threshold, current, facts) == null) {
                    end(rule, current, facts, eventTime, open, verdicts);
                }
            } else if (rule.trigger() instanceof Trigger.Overdue overdue && isTrue(overdue.ends(), facts)) {
                end(rule, current, facts.with(clock(current, eventTime)), eventTime, open, verdicts);
            }
        }
        return verdicts;
    }

    /** Clocks of {@code overdue} that have run out by now. */
    public List<Verdict> onDeadline(RuleSet rules, Facts facts, Instant now, OpenCases open) {
        List<Verdict> verdicts = new ArrayList<>(0);
        for (Case clock : open.all()) {
            Rule rule = rules.rule(clock.ruleId()).orElse(null);
            if (clock.fires() || clock.deadline() == 0 || clock.deadline() > now.toEpochMilli() || rule == null) {
                continue;
            }
            if (rule.trigger() instanceof Trigger.Overdue overdue) {
                open.put(new Case(clock.ruleId(), clock.key(), overdue.severity(), clock.since(), clock.deadline()));
                Facts told = facts.withoutEvent(clock(clock, now));
                Instant deadline = Instant.ofEpochMilli(clock.deadline());
                verdicts.add(Verdict.of(rule, SignalAction.RAISE, overdue.severity(), told, deadline)
                        .ofNew(occasion(clock)));
            }
        }
        return verdicts;
    }

    /** Severity that silence would have now, by the device's last event (or none). */
    public Severity severityOfSilence(Trigger.Absence absence, Facts facts) {
        List<Step> steps = absence.steps();
        int step = firstTrue(steps, facts);
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
                verdicts.add(Verdict.withdrawn(old.ruleId(), severity, now));
            }
        }
        return verdicts;
    }

    private void onReport(Rule rule, Trigger.Report report, Facts facts, Instant at, List<Verdict> verdicts) {
        int step = firstTrue(report.steps(), facts);
        if (step < 0) {
            return;
        }
        Severity severity = report.steps().get(step).severity();
        String incident = rule.subject() == SubjectKind.INCIDENT ? caseKey(rule, facts) : "";
        verdicts.add(
                incident.isEmpty()
                        ? Verdict.of(rule, SignalAction.RAISE, severity, facts, at)
                                .ofNew(eventId(facts))
                        : Verdict.of(rule, SignalAction.RAISE, severity, facts.with(Map.of("case", incident)), at)
                                .ofIncident(incident));
    }

    private void onThreshold(
            Rule rule, Trigger.Threshold threshold, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        Case current = open.isEmpty() ? null : open.find(rule.id(), caseKey(rule, facts));
        Severity next = current == null ? entered(threshold, facts) : followed(threshold, current, facts);
        if (next == (current == null ? null : current.severity())) {
            return;
        }
        if (next == null) {
            end(rule, current, facts, at, open, verdicts);
            return;
        }
        Severity before = open.gravest(rule.id());
        long since = current == null ? at.toEpochMilli() : current.since();
        Case changed = new Case(rule.id(), caseKey(rule, facts), next, since, 0);
        boolean kept = open.put(changed);
        if (!kept && before != null && before.compareTo(next) <= 0) {
            return;
        }
        Severity after = kept ? open.gravest(rule.id()) : next;
        if (after != null && (current == null || after != before)) {
            Verdict raised = Verdict.of(rule, SignalAction.RAISE, after, facts, at);
            verdicts.add(current == null ? raised.ofNew(occasion(changed)) : raised);
        }
    }

    private @Nullable Severity entered(Trigger.Threshold threshold, Facts facts) {
        int step = firstTrue(threshold.steps(), facts);
        return step < 0 ? null : threshold.steps().get(step).severity();
    }

    /** Where an alert that fires goes: graver at once, milder when its step lets it, away when it is clear. */
    private @Nullable Severity followed(Trigger.Threshold threshold, Case current, Facts facts) {
        List<Step> steps = threshold.steps();
        int at = stepOf(steps, current.severity());
        int now = firstTrue(steps, facts);
        if (now >= 0 && now <= at) {
            return steps.get(now).severity();
        }
        Condition clear = threshold.clear();
        if (now < 0 && (clear == null ? allFalse(steps, facts) : isTrue(clear, facts))) {
            return null;
        }
        while (at != now && at < steps.size() - 1 && left(steps.get(at), facts)) {
            at++;
        }
        return steps.get(at).severity();
    }

    /** A missing reading leaves no step. */
    private boolean left(Step step, Facts facts) {
        Condition until = step.until();
        return until == null ? test(step.when(), facts) == Truth.FALSE : isTrue(until, facts);
    }

    private void onOverdue(
            Rule rule, Trigger.Overdue overdue, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        if (isTrue(overdue.ends(), facts)) {
            Case ended = open.find(rule.id(), caseKey(rule, facts));
            if (ended != null) {
                end(rule, ended, facts.with(clock(ended, at)), at, open, verdicts);
            }
        } else if (isTrue(overdue.starts(), facts)) {
            String key = caseKey(rule, facts);
            Duration within = overdue.within().of(facts);
            if (within != null && open.find(rule.id(), key) == null) {
                long since = at.toEpochMilli();
                open.put(new Case(rule.id(), key, null, since, since + within.toMillis()));
            }
        }
    }

    /** Closes a case; the alert ends with the last one, and is told anew if what remains is milder. */
    private static void end(
            Rule rule, @Nullable Case ended, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        Severity before = open.gravest(rule.id());
        if (ended != null) {
            open.remove(ended);
        }
        Severity after = open.gravest(rule.id());
        if (before == null || after == before) {
            return;
        }
        verdicts.add(
                after == null
                        ? Verdict.of(rule, SignalAction.CLEAR, before, facts, at)
                        : Verdict.of(rule, SignalAction.RAISE, after, facts, at)
                                .whileGoingOn(remaining(rule, facts, open)));
    }

    private static List<String> remaining(Rule rule, Facts facts, OpenCases open) {
        return open.all().stream()
                .filter(c -> c.ruleId().equals(rule.id()) && c.fires())
                .map(c -> c.key().isEmpty() ? facts.deviceId() : c.key())
                .toList();
    }

    private static String caseKey(Rule rule, Facts facts) {
        Condition caseBy = rule.caseBy();
        return caseBy == null ? "" : caseBy.textOf(facts);
    }

    private static String occasion(Case begun) {
        return begun.key() + "@" + Instant.ofEpochMilli(begun.since());
    }

    private static String eventId(Facts facts) {
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

    /** The step an alert stands on; the last one if the file has changed and knows its severity no more. */
    private static int stepOf(List<Step> steps, @Nullable Severity severity) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).severity() == severity) {
                return i;
            }
        }
        return steps.size() - 1;
    }

    private int firstTrue(List<Step> steps, Facts facts) {
        for (int i = 0; i < steps.size(); i++) {
            if (isTrue(steps.get(i).when(), facts)) {
                return i;
            }
        }
        return -1;
    }

    private boolean allFalse(List<Step> steps, Facts facts) {
        return steps.stream().allMatch(s -> test(s.when(), facts) == Truth.FALSE);
    }

    private boolean isTrue(Condition condition, Facts facts) {
        return test(condition, facts) == Truth.TRUE;
    }

    private Truth test(Condition condition, Facts facts) {
        Truth truth = condition.test(facts);
        if (truth == Truth.FAILED) {
            onFailure.run();
        }
        return truth;
    }
}
