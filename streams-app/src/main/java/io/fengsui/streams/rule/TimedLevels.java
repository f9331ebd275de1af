package io.fengsui.streams.rule;

import io.fengsui.event.EventHeader;
import io.fengsui.event.Severity;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Trigger.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules with {@code for}, {@code after} and {@code times}: events say what holds, and a clock says when it has held long
 * enough. The clock is ours, since nothing may come while a state lasts, and only a deadline makes an alert begin or graver by
 * time: deadlines stand still while the lane is blind. {@code times} counts by the device's clock.
 */
final class TimedLevels {
    private final Evaluation evaluation;
    private final Levels levels;

    TimedLevels(Evaluation evaluation, Levels levels) {
        this.evaluation = evaluation;
        this.levels = levels;
    }

    void onEvent(
            Rule rule, Trigger.Threshold threshold, Facts facts, Instant at, OpenCases open, List<Verdict> verdicts) {
        String key = rule.caseKey(facts);
        Case former = open.find(rule.id(), key);
        int holding = holding(threshold.steps(), former, facts);
        long arrived = arrivedAt(facts, at);
        if (former == null && immediate(threshold.steps(), holding) < 0) {
            return;
        }
        Map<String, Object> seen = anyTrue(threshold.beginnings(), facts) || former == null
                ? rule.seen(facts)
                : former.progress().seen();
        Case current = former == null
                ? new Case(rule.id(), key, null, at.toEpochMilli(), 0, new Progress(arrived, 0, 0, seen))
                : former;
        Facts told = facts.with(times(current, Instant.ofEpochMilli(arrived)));
        if (threshold.repetition() != null) {
            count(rule, threshold, threshold.repetition(), current, holding, seen, told, at, open, verdicts);
            return;
        }
        if (!current.fires()) {
            hold(rule, threshold, current, holding, seen, told, at, open, verdicts);
            return;
        }
        Severity next = followed(threshold, current, holding, told);
        if (next == null) {
            Levels.end(rule, current, told, at, open, verdicts);
            return;
        }
        long due = nextStepDue(threshold.steps(), next, current.progress(), holding, told);
        Case changed = changed(current, next, current.progress().with(due, holding, seen));
        if (next == current.severity()) {
            open.put(changed);
        } else {
            Levels.raise(rule, changed, current, told, at, open, verdicts);
        }
    }

    /** A late event only ends; one that does not leaves the case as it is. */
    void onLateEvent(
            Rule rule,
            Trigger.Threshold threshold,
            Case current,
            Facts facts,
            Instant at,
            OpenCases open,
            List<Verdict> verdicts) {
        int holding = holding(threshold.steps(), current, facts);
        boolean over = current.fires()
                ? threshold.repetition() == null && followed(threshold, current, holding, facts) == null
                : immediate(threshold.steps(), holding) < 0;
        if (over) {
            Levels.end(rule, current, facts, at, open, verdicts);
        }
    }

    /** What has held long enough by now begins or becomes graver; what has not begun again for long enough ends. */
    void onDue(
            Rule rule,
            Trigger.Threshold threshold,
            Case current,
            Facts device,
            Instant now,
            OpenCases open,
            List<Verdict> verdicts) {
        Map<String, Object> known = new HashMap<>(current.progress().seen());
        known.putAll(times(current, now));
        if (threshold.repetition() != null) {
            known.putAll(threshold.repetition().counted(rule, device, open));
        }
        Facts facts = device.withoutEvent(known);
        Instant due = Instant.ofEpochMilli(current.progress().due());
        Progress progress = current.progress();
        if (threshold.repetition() != null) {
            Levels.end(rule, current, facts, due, open, verdicts);
            if (progress.holding() != 0) {
                open.put(changed(current, null, progress.with(0, progress.holding(), progress.seen())));
            }
            return;
        }
        long elapsed = now.toEpochMilli() - progress.from();
        int step = reached(threshold.steps(), progress, elapsed, facts);
        boolean higher = step >= 0 && (!current.fires() || step < Levels.stepOf(threshold.steps(), current.severity()));
        Severity next = higher ? threshold.steps().get(step).severity() : current.severity();
        long later = nextStepDue(threshold.steps(), next, progress, progress.holding(), facts);
        Case changed = changed(
                current,
                next,
                progress.with(later <= now.toEpochMilli() ? 0 : later, progress.holding(), progress.seen()));
        if (higher) {
            Levels.raise(rule, changed, current, facts, due, open, verdicts);
        } else {
            open.put(changed);
        }
    }

    /** Not told yet: goes on, begins at once where no time is asked, or is over with the first event that says so. */
    private void hold(
            Rule rule,
            Trigger.Threshold threshold,
            Case current,
            int holding,
            Map<String, Object> seen,
            Facts facts,
            Instant at,
            OpenCases open,
            List<Verdict> verdicts) {
        int step = immediate(threshold.steps(), holding);
        if (step < 0) {
            open.remove(current);
            return;
        }
        Span held = threshold.held();
        if (held == null) {
            Severity next = threshold.steps().get(step).severity();
            long due = nextStepDue(threshold.steps(), next, current.progress(), holding, facts);
            Case begun = changed(current, next, current.progress().with(due, holding, seen));
            Levels.raise(rule, begun, current, facts, at, open, verdicts);
            return;
        }
        long due = end(current.progress().from(), held.of(facts));
        open.put(changed(current, null, current.progress().with(due, holding, seen)));
    }

    private void count(
            Rule rule,
            Trigger.Threshold threshold,
            Repetition repetition,
            Case current,
            int holding,
            Map<String, Object> seen,
            Facts facts,
            Instant at,
            OpenCases open,
            List<Verdict> verdicts) {
        if (current.fires() && threshold.clear() != null && holding == 0 && levels.cleared(threshold, facts)) {
            Levels.end(rule, current, facts, at, open, verdicts);
            open.mark(rule.id(), List.of());
            return;
        }
        boolean begins = holding != 0 && current.progress().holding() == 0;
        boolean often = begins && repetition.count(rule, RuleEngine.eventId(facts), facts, at, open);
        if (!current.fires() && !often && holding == 0) {
            open.remove(current);
            return;
        }
        Duration within = repetition.within().of(facts);
        long due = begins && within != null && (current.fires() || often)
                ? arrivedAt(facts, at) + within.toMillis()
                : current.progress().due();
        int step = immediate(threshold.steps(), holding);
        Severity now = step < 0 ? null : threshold.steps().get(step).severity();
        boolean graver = now != null
                && ((often && !current.fires())
                        || (current.severity() != null && now.compareTo(current.severity()) < 0));
        Case changed = changed(
                current, graver ? now : current.severity(), current.progress().with(due, holding, seen));
        if (graver) {
            Facts counted = facts.with(repetition.counted(rule, facts, open));
            Levels.raise(rule, changed, current, counted, at, open, verdicts);
        } else {
            open.put(changed);
        }
    }

    /** As {@link Levels} has it, but a step that asks for time is reached by the clock alone. */
    private @Nullable Severity followed(Trigger.Threshold threshold, Case current, int holding, Facts facts) {
        List<Step> steps = threshold.steps();
        int at = Levels.stepOf(steps, current.severity());
        int now = -1;
        for (int i = 0; i < steps.size() && now < 0; i++) {
            if (holds(holding, steps.get(i)) && (steps.get(i).after() == null || i >= at)) {
                now = i;
            }
        }
        if (immediate(steps, holding) < 0 && levels.cleared(threshold, facts)) {
            return null;
        }
        if (now >= 0 && now <= at) {
            return steps.get(now).severity();
        }
        return steps.get(levels.lowered(steps, at, now, facts)).severity();
    }

    /** Severities whose condition is true, or was and is not known to be false now. */
    private int holding(List<Step> steps, @Nullable Case former, Facts facts) {
        int holding = 0;
        for (Step step : steps) {
            Truth truth = evaluation.test(step.when(), facts);
            boolean before = former != null && former.progress().holds(step.severity());
            if (truth == Truth.TRUE || (before && truth != Truth.FALSE)) {
                holding |= Progress.bit(step.severity());
            }
        }
        return holding;
    }

    private boolean anyTrue(List<Step> steps, Facts facts) {
        return evaluation.firstTrue(steps, facts) >= 0;
    }

    private static int immediate(List<Step> steps, int holding) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).after() == null && holds(holding, steps.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int reached(List<Step> steps, Progress progress, long elapsed, Facts facts) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Duration after = step.after() == null ? Duration.ZERO : step.after().of(facts);
            if (progress.holds(step.severity()) && after != null && elapsed >= after.toMillis()) {
                return i;
            }
        }
        return -1;
    }

    /** When the next graver step that holds is reached; 0 if none waits. */
    private static long nextStepDue(
            List<Step> steps, @Nullable Severity severity, Progress progress, int holding, Facts facts) {
        long next = 0;
        int at = severity == null ? steps.size() : Levels.stepOf(steps, severity);
        for (int i = 0; i < at; i++) {
            Span after = steps.get(i).after();
            if (after != null && holds(holding, steps.get(i))) {
                long due = end(progress.from(), after.of(facts));
                next = due > 0 && (next == 0 || due < next) ? due : next;
            }
        }
        return next;
    }

    private static long end(long from, @Nullable Duration length) {
        return length == null ? 0 : from + length.toMillis();
    }

    private static boolean holds(int holding, Step step) {
        return (holding & Progress.bit(step.severity())) != 0;
    }

    private static Case changed(Case current, @Nullable Severity severity, Progress progress) {
        return new Case(current.ruleId(), current.key(), severity, current.since(), current.deadline(), progress);
    }

    /** Our clock: when the event came to the bridge. */
    private static long arrivedAt(Facts facts, Instant at) {
        EventHeader header = facts.header();
        return (header == null ? at : header.getReceivedAt()).toEpochMilli();
    }

    private static Map<String, Object> times(Case current, Instant now) {
        return Map.of(
                "case", current.key(),
                "since", Instant.ofEpochMilli(current.since()),
                "elapsed",
                        Duration.between(Instant.ofEpochMilli(current.progress().from()), now));
    }
}
