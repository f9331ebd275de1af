package io.fengsui.streams.rule;

import io.fengsui.streams.rule.Trigger.Step;
import java.util.List;

/** Asks conditions, and counts those that fail. */
final class Evaluation {
    private final Runnable onFailure;

    /** @param onFailure called for each condition whose evaluation failed */
    Evaluation(Runnable onFailure) {
        this.onFailure = onFailure;
    }

    /** -1 if none is true. */
    int firstTrue(List<Step> steps, Facts facts) {
        for (int i = 0; i < steps.size(); i++) {
            if (isTrue(steps.get(i).when(), facts)) {
                return i;
            }
        }
        return -1;
    }

    boolean allFalse(List<Step> steps, Facts facts) {
        return steps.stream().allMatch(s -> test(s.when(), facts) == Truth.FALSE);
    }

    boolean isTrue(Condition condition, Facts facts) {
        return test(condition, facts) == Truth.TRUE;
    }

    Truth test(Condition condition, Facts facts) {
        Truth truth = condition.test(facts);
        if (truth == Truth.FAILED) {
            onFailure.run();
        }
        return truth;
    }
}
