package io.fengsui.streams.rule;

import io.fengsui.alert.SignalAction;
import io.fengsui.event.Severity;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Trigger.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules about readings beyond a limit that follow their steps up and down at each event. */
final class Levels {
    private final Evaluation evaluation;

    Levels(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    void onEvent(
            Rule rule, Trigger.Threshold threshold, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        Case current = open.isEmpty() ? null : open.find(rule.id(), rule.caseKey(facts));
        Severity next = current == null ? entered(threshold, facts) : followed(threshold, current, facts);
        if (next == (current == null ? null : current.severity())) {
            return;
        }
        if (next == null) {
            end(rule, current, facts, at, open, verdicts);
            return;
        }
        long since = current == null ? at.toEpochMilli() : current.since();
        raise(rule, new Case(rule.id(), rule.caseKey(facts), next, since, 0), current, facts, at, open, verdicts);
    }

    /** Whether nothing of the rule's case is left after an event that begins nothing. */
    boolean over(Trigger.Threshold threshold, Case current, Facts facts) {
        return followed(threshold, current, facts) == null;
    }

    /** Keeps a case that has begun, or that is graver or milder than before, and tells of it. */
    static void raise(
            Rule rule,
            Case changed,
            @Nullable Case current,
            Facts facts,
            Instant at,
            OpenCases open,
            List<Verdict> verdicts) {
        Severity next = changed.severity();
        Severity before = open.gravest(rule.id());
        boolean begun = current == null || !current.fires();
        boolean kept = open.put(changed);
        if (!kept && before != null && next != null && before.compareTo(next) <= 0) {
            return;
        }
        Severity after = kept ? open.gravest(rule.id()) : next;
        if (after != null && (begun || after != before)) {
            Verdict raised = Verdict.of(rule, SignalAction.RAISE, after, facts, at);
            verdicts.add(begun ? raised.ofNew(RuleEngine.occasion(changed)) : raised);
        }
    }

    /** Closes a case; the alert ends with the last one, and is told anew if what remains is milder. */
    static void end(Rule rule, @Nullable Case ended, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
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

    /** The step an alert stands on; the last one if the file has changed and knows its severity no more. */
    static int stepOf(List<Step> steps, @Nullable Severity severity) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).severity() == severity) {
                return i;
            }
        }
        return steps.size() - 1;
    }

    /** A missing reading leaves no step. */
    boolean left(Step step, Facts facts) {
        Condition until = step.until();
        return until == null ? evaluation.test(step.when(), facts) == Truth.FALSE : evaluation.isTrue(until, facts);
    }

    /** Whether what an alert was raised for is over by an event at which no step is true. */
    boolean cleared(Trigger.Threshold threshold, Facts facts) {
        Condition clear = threshold.clear();
        return clear == null ? evaluation.allFalse(threshold.beginnings(), facts) : evaluation.isTrue(clear, facts);
    }

    private @Nullable Severity entered(Trigger.Threshold threshold, Facts facts) {
        int step = evaluation.firstTrue(threshold.steps(), facts);
        return step < 0 ? null : threshold.steps().get(step).severity();
    }

    /** Where an alert that fires goes: graver at once, milder when its step lets it, away when it is clear. */
    private @Nullable Severity followed(Trigger.Threshold threshold, Case current, Facts facts) {
        List<Step> steps = threshold.steps();
        int at = stepOf(steps, current.severity());
        int now = evaluation.firstTrue(steps, facts);
        if (now >= 0 && now <= at) {
            return steps.get(now).severity();
        }
        if (now < 0 && cleared(threshold, facts)) {
            return null;
        }
        return steps.get(lowered(steps, at, now, facts)).severity();
    }

    /** The step that an alert sinks to, at most to the one that is true now. */
    int lowered(List<Step> steps, int at, int now, Facts facts) {
        int lower = at;
        while (lower != now && lower < steps.size() - 1 && left(steps.get(lower), facts)) {
            lower++;
        }
        return lower;
    }

    private static List<String> remaining(Rule rule, Facts facts, OpenCases open) {
        return open.all().stream()
                .filter(c -> c.ruleId().equals(rule.id()) && c.fires())
                .map(c -> c.key().isEmpty() ? facts.deviceId() : c.key())
                .toList();
    }
}
