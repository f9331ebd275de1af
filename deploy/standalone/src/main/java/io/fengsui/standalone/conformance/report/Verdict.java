package io.fengsui.standalone.conformance.report;

import io.fengsui.standalone.conformance.Assessment;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.judge.Words;

/** The outcome in a sentence. */
final class Verdict {
    static final Words CUT = new Words("消息太多，只评判了开头的部分。", "There were too many messages; only the first were judged.");

    private Verdict() {}

    static Words of(Assessment assessment) {
        long failed = assessment.failed();
        long open = assessment.open();
        if (failed > 0) {
            return new Words("不合格：" + failed + " 项不通过。", "NOT CONFORMING. Failed points: " + failed + ".");
        }
        if (open > 0) {
            return new Words("未完成：" + open + " 项未能评判。", "INCOMPLETE. Points that could not be judged: " + open + ".");
        }
        long warned = assessment.count(Status.WARN);
        return warned == 0
                ? new Words("合格。", "CONFORMING.")
                : new Words("合格，另有 " + warned + " 项提醒。", "CONFORMING. Remarks: " + warned + ".");
    }
}
