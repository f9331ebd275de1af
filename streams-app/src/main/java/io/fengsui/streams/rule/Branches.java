package io.fengsui.streams.rule;

import io.fengsui.streams.rule.Branch.Kind;
import io.fengsui.streams.rule.Trigger.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The branches of a rule file, derived from what was compiled. What a missing reading does is a branch of every condition
 * that looks at a reading, or at a parameter without default, without asking {@code has()} for it.
 */
final class Branches {
    private final RuleSet rules;
    private final Set<Branch> found = new LinkedHashSet<>();

    private Branches(RuleSet rules) {
        this.rules = rules;
    }

    static Set<Branch> of(RuleSet rules) {
        Branches branches = new Branches(rules);
        rules.rules().forEach(branches::add);
        for (Flag flag : rules.flags()) {
            branches.found.add(new Branch(flag.id(), Kind.FLAGGED, null));
            branches.found.add(new Branch(flag.id(), Kind.NOT_FLAGGED, null));
        }
        return branches.found;
    }

    private void add(Rule rule) {
        Trigger trigger = rule.trigger();
        if (trigger instanceof Trigger.Threshold threshold) {
            addThreshold(rule, threshold);
        } else if (trigger instanceof Trigger.Report report) {
            addSteps(rule);
            add(rule, Kind.QUIET);
            if (report.repetition() != null) {
                add(rule, Kind.SELDOM);
            }
        } else if (trigger instanceof Trigger.Group) {
            addSteps(rule);
            add(rule, Kind.QUIET);
            add(rule, Kind.SELDOM);
        } else if (trigger instanceof Trigger.Absence) {
            addSteps(rule);
            add(rule, Kind.IN_TIME);
            add(rule, Kind.ENDED);
        } else if (trigger instanceof Trigger.Overdue overdue) {
            found.add(new Branch(rule.id(), Kind.RAISED, overdue.severity()));
            add(rule, Kind.IN_TIME);
            add(rule, Kind.ENDED);
            if (mayLack(overdue.starts())) {
                add(rule, Kind.NOT_RAISED_UNREAD);
            }
            if (mayLack(overdue.ends())) {
                add(rule, Kind.NOT_ENDED_UNREAD);
            }
        }
        if (!(trigger instanceof Trigger.Absence)) {
            addScope(rule);
        }
    }

    private void addScope(Rule rule) {
        if (rule.scope().applies() != null) {
            add(rule, Kind.NOT_APPLYING);
        }
        if (rule.scope().schedule() != null) {
            add(rule, Kind.OFF_SCHEDULE);
        }
    }

    private void addThreshold(Rule rule, Trigger.Threshold threshold) {
        addSteps(rule);
        add(rule, Kind.QUIET);
        List<Step> steps = threshold.steps();
        for (Step step : steps.subList(0, steps.size() - 1)) {
            Condition until = step.until();
            found.add(new Branch(rule.id(), Kind.LEFT, step.severity()));
            if (until != null) {
                found.add(new Branch(rule.id(), Kind.HELD, step.severity()));
            }
            if (mayLack(until == null ? step.when() : until)) {
                found.add(new Branch(rule.id(), Kind.NOT_LEFT_UNREAD, step.severity()));
            }
        }
        Condition clear = threshold.clear();
        add(rule, Kind.ENDED);
        if (clear != null && !opposite(clear, steps)) {
            add(rule, Kind.OPEN);
        }
        if (clear == null ? steps.stream().anyMatch(step -> mayLack(step.when())) : mayLack(clear)) {
            add(rule, Kind.NOT_ENDED_UNREAD);
        }
        if (threshold.held() != null) {
            add(rule, Kind.LAPSED);
        }
        if (threshold.repetition() != null) {
            add(rule, Kind.SELDOM);
        }
        if (rule.caseBy() != null) {
            add(rule, Kind.CASE_ENDED);
        }
    }

    private void addSteps(Rule rule) {
        for (Step step : rule.steps()) {
            found.add(new Branch(rule.id(), Kind.RAISED, step.severity()));
            if (mayLack(step.when())) {
                found.add(new Branch(rule.id(), Kind.NOT_RAISED_UNREAD, step.severity()));
            }
        }
    }

    private void add(Rule rule, Kind kind) {
        found.add(new Branch(rule.id(), kind, null));
    }

    /** Where {@code clear} is the step's {@code when} denied, there is nothing between the two. */
    private static boolean opposite(Condition clear, List<Step> steps) {
        String when = steps.get(0).when().text();
        return steps.size() == 1 && List.of("!" + when, "!(" + when + ")").contains(clear.text());
    }

    private boolean mayLack(Condition condition) {
        return condition.names().stream()
                .anyMatch(name -> mayBeMissing(name) && !condition.text().contains("has(" + name + ")"));
    }

    private boolean mayBeMissing(String name) {
        String last = name.substring(name.indexOf('.') + 1);
        if (name.startsWith("event.")) {
            Schema.Field field = rules.feed().schema().getField(last);
            return field != null && field.schema().isNullable();
        }
        Param param = name.startsWith(Variables.PARAM) ? rules.params().get(last) : null;
        return (param != null && param.defaultValue() == null)
                || List.of("site.grade", "site.name", Variables.RISE).contains(name);
    }
}
