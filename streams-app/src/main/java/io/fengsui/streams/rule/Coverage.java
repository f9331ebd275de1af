package io.fengsui.streams.rule;

import io.fengsui.alert.SignalAction;
import io.fengsui.event.Severity;
import io.fengsui.streams.rule.Branch.Kind;
import io.fengsui.streams.rule.OpenCases.Case;
import io.fengsui.streams.rule.Trigger.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which branches of a rule file were reached, told by what the rules did: by the signals, and by the cases before and after.
 * For one thread.
 */
public final class Coverage {
    private final RuleSet rules;
    private final Set<Branch> all;
    private final Set<Branch> reached = new HashSet<>();
    private final Map<String, Facts> lastByDevice = new HashMap<>();

    public Coverage(RuleSet rules) {
        this.rules = rules;
        this.all = Branches.of(rules);
    }

    /** How many branches there are. */
    public int total() {
        return all.size();
    }

    /** Branches that nothing reached, in the order of the file. */
    public List<Branch> untested() {
        return all.stream().filter(branch -> !reached.contains(branch)).toList();
    }

    /** Forgets what devices said, as at the beginning of a test. */
    public void start() {
        lastByDevice.clear();
    }

    /**
     * An event that is the newest of its device and is not late was judged.
     *
     * @param before as it stood before; used up
     */
    public void onEvent(Facts event, OpenCases before, List<Case> after, List<Verdict> verdicts, List<String> flags) {
        Instant at = event.header() == null ? Instant.EPOCH : event.header().getEventTime();
        for (Rule rule : rules.rules()) {
            Rise rise = rule.scope().rise();
            Facts facts = rise == null ? event : rise.measured(rule, event, at, before);
            if (inForce(rule, facts, at, verdicts)) {
                onEvent(rule, facts, before.all(), after, verdicts);
            }
        }
        for (Flag flag : rules.flags()) {
            boolean set = flags.contains(flag.id());
            reached.add(new Branch(flag.id(), set ? Kind.FLAGGED : Kind.NOT_FLAGGED, null));
        }
        lastByDevice.put(event.deviceId(), event);
    }

    private void onEvent(Rule rule, Facts facts, List<Case> before, List<Case> after, List<Verdict> verdicts) {
        String key = rule.caseKey(facts);
        Case former = find(before, rule, key);
        Case now = find(after, rule, key);
        if (rule.trigger() instanceof Trigger.Threshold threshold) {
            onThreshold(rule, threshold, facts, severity(former), severity(now), verdicts);
            if (former != null && severity(former) == null && now == null) {
                reach(rule, Kind.LAPSED, null);
            }
            if (severity(former) != null && now == null && fires(after, rule)) {
                reach(rule, Kind.CASE_ENDED, null);
            }
        } else if (rule.trigger() instanceof Trigger.Report || rule.trigger() instanceof Trigger.Group) {
            onReport(rule, facts, verdicts);
        } else if (rule.trigger() instanceof Trigger.Absence) {
            onSignOfLife(rule, facts, former, verdicts);
        } else if (rule.trigger() instanceof Trigger.Overdue overdue) {
            onOverdue(rule, overdue, facts, former, now);
        }
        if (severity(now) == null
                && said(rule, SignalAction.RAISE, verdicts).isEmpty()
                && rule.steps().stream().anyMatch(step -> step.when().test(facts) == Truth.TRUE)) {
            reach(rule, Kind.SELDOM, null);
        }
        tell(rule, severity(former), verdicts);
    }

    /** Where and when a rule is not in force counts only that it says nothing of what it would speak of. */
    private boolean inForce(Rule rule, Facts facts, Instant at, List<Verdict> verdicts) {
        Condition applies = rule.scope().applies();
        boolean meant = applies == null || applies.test(facts) == Truth.TRUE;
        if (meant && rule.scope().contains(at)) {
            return true;
        }
        boolean would = rule.trigger() instanceof Trigger.Overdue overdue
                ? overdue.starts().test(facts) == Truth.TRUE
                : rule.steps().stream().anyMatch(step -> step.when().test(facts) == Truth.TRUE);
        if (would && said(rule, SignalAction.RAISE, verdicts).isEmpty()) {
            reach(rule, meant ? Kind.OFF_SCHEDULE : Kind.NOT_APPLYING, null);
        }
        tell(rule, null, verdicts);
        return false;
    }

    /** Something was due although nothing came. */
    public void onTime(String deviceId, List<Verdict> verdicts) {
        Facts last = lastByDevice.get(deviceId);
        for (Rule rule : rules.rules()) {
            tell(rule, null, verdicts);
            if (rule.trigger() instanceof Trigger.Absence absence && last != null) {
                said(rule, SignalAction.RAISE, verdicts).forEach(verdict -> absence.steps().stream()
                        .filter(step -> milder(verdict.severity(), step.severity()))
                        .filter(step -> step.when().test(last) == Truth.UNKNOWN)
                        .forEach(step -> reach(rule, Kind.NOT_RAISED_UNREAD, step.severity())));
            }
        }
    }

    private void onThreshold(
            Rule rule,
            Trigger.Threshold threshold,
            Facts facts,
            @Nullable Severity former,
            @Nullable Severity now,
            List<Verdict> verdicts) {
        List<Step> steps = threshold.steps();
        boolean allFalse = steps.stream().allMatch(step -> step.when().test(facts) == Truth.FALSE);
        Condition clear = threshold.clear();
        if (former == null
                && now == null
                && allFalse
                && said(rule, SignalAction.RAISE, verdicts).isEmpty()) {
            reach(rule, Kind.QUIET, null);
        }
        if (former != null && now != null && milder(now, former)) {
            reach(rule, Kind.LEFT, former);
        }
        if (former != null && former == now) {
            onStay(rule, threshold, now, facts);
            boolean unread = clear == null
                    ? steps.stream().anyMatch(step -> step.when().test(facts) == Truth.UNKNOWN)
                    : clear.test(facts) == Truth.UNKNOWN;
            if (unread && steps.stream().noneMatch(step -> step.when().test(facts) == Truth.TRUE)) {
                reach(rule, Kind.NOT_ENDED_UNREAD, null);
            }
            if (clear != null && allFalse && clear.test(facts) == Truth.FALSE) {
                reach(rule, Kind.OPEN, null);
            }
        }
        for (Step step : steps) {
            boolean below = now == null || milder(now, step.severity());
            boolean fell = former != null && !milder(former, step.severity());
            if (below && !fell && step.when().test(facts) == Truth.UNKNOWN) {
                reach(rule, Kind.NOT_RAISED_UNREAD, step.severity());
            }
        }
    }

    private void onStay(Rule rule, Trigger.Threshold threshold, Severity at, Facts facts) {
        for (Step step : threshold.steps()) {
            if (step.severity() != at) {
                continue;
            }
            Condition until = step.until();
            Truth left = until == null ? step.when().test(facts) : until.test(facts);
            if (until != null && left == Truth.FALSE && step.when().test(facts) == Truth.FALSE) {
                reach(rule, Kind.HELD, at);
            }
            if (left == Truth.UNKNOWN) {
                reach(rule, Kind.NOT_LEFT_UNREAD, at);
            }
        }
    }

    private void onReport(Rule rule, Facts facts, List<Verdict> verdicts) {
        List<Verdict> said = said(rule, SignalAction.RAISE, verdicts);
        if (said.isEmpty() && rule.steps().stream().allMatch(step -> step.when().test(facts) == Truth.FALSE)) {
            reach(rule, Kind.QUIET, null);
        }
        for (Step step : rule.steps()) {
            boolean raised = said.stream().anyMatch(verdict -> !milder(verdict.severity(), step.severity()));
            if (!raised && step.when().test(facts) == Truth.UNKNOWN) {
                reach(rule, Kind.NOT_RAISED_UNREAD, step.severity());
            }
        }
    }

    private void onSignOfLife(Rule rule, Facts facts, @Nullable Case former, List<Verdict> verdicts) {
        if (former == null
                && lastByDevice.containsKey(facts.deviceId())
                && said(rule, SignalAction.CLEAR, verdicts).isEmpty()) {
            reach(rule, Kind.IN_TIME, null);
        }
    }

    private void onOverdue(Rule rule, Trigger.Overdue overdue, Facts facts, @Nullable Case former, @Nullable Case now) {
        if (former != null && severity(former) == null && now == null) {
            reach(rule, Kind.IN_TIME, null);
        }
        if (former == null && now == null && overdue.starts().test(facts) == Truth.UNKNOWN) {
            reach(rule, Kind.NOT_RAISED_UNREAD, null);
        }
        if (former != null && now != null && overdue.ends().test(facts) == Truth.UNKNOWN) {
            reach(rule, Kind.NOT_ENDED_UNREAD, null);
        }
    }

    /** What a case falls back to is not raised by that. */
    private void tell(Rule rule, @Nullable Severity former, List<Verdict> verdicts) {
        said(rule, SignalAction.RAISE, verdicts).stream()
                .map(Verdict::severity)
                .filter(severity -> former == null || !milder(severity, former))
                .forEach(severity -> reach(rule, Kind.RAISED, severity));
        if (!said(rule, SignalAction.CLEAR, verdicts).isEmpty()) {
            reach(rule, Kind.ENDED, null);
        }
    }

    private void reach(Rule rule, Kind kind, @Nullable Severity severity) {
        reached.add(new Branch(rule.id(), kind, severity));
    }

    private static List<Verdict> said(Rule rule, SignalAction action, List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.ruleId().equals(rule.id()) && verdict.action() == action)
                .toList();
    }

    private static @Nullable Case find(List<Case> cases, Rule rule, String key) {
        return cases.stream()
                .filter(open -> open.ruleId().equals(rule.id()) && open.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    private static boolean fires(List<Case> cases, Rule rule) {
        return cases.stream().anyMatch(open -> open.ruleId().equals(rule.id()) && open.fires());
    }

    private static @Nullable Severity severity(@Nullable Case open) {
        return open == null ? null : open.severity();
    }

    private static boolean milder(Severity one, Severity than) {
        return one.compareTo(than) > 0;
    }
}
