package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Admission;
import io.fengsui.standalone.conformance.observe.Observation.Closed;
import java.util.List;

/** Whether the broker admits the client. */
final class AdmissionJudge implements Judge {

    @Override
    public Finding judge(Journal journal) {
        List<Admission> answers = journal.all(Admission.class).toList();
        List<Admission> refused =
                answers.stream().filter(a -> a.reasonCode() != 0).toList();
        if (answers.isEmpty()) {
            long ended = journal.all(Closed.class).count();
            return ended == 0
                    ? Finding.notYet(Point.ADMISSION, "还没有客户端连接", "No client has connected yet")
                    : Finding.of(
                                    Point.ADMISSION,
                                    Status.FAIL,
                                    ended + " 次连接未得到代理的答复即结束",
                                    "Connections that ended without an answer of the broker: " + ended)
                            .settled(false);
        }
        if (refused.isEmpty()) {
            return Finding.of(
                    Point.ADMISSION,
                    Status.PASS,
                    answers.size() + " 次连接均被接受",
                    "Connections: " + answers.size() + ", all admitted");
        }
        Cases cases = new Cases();
        refused.forEach(a -> cases.add(code(a), "reason code " + code(a)));
        boolean everAdmitted = refused.size() < answers.size();
        return Finding.of(
                        Point.ADMISSION,
                        everAdmitted ? Status.WARN : Status.FAIL,
                        answers.size() + " 次连接中 " + refused.size() + " 次被拒",
                        "Connections: " + answers.size() + ", refused: " + refused.size())
                .showing(cases.examples())
                .settled(everAdmitted);
    }

    private static String code(Admission answer) {
        return "0x%02x".formatted(answer.reasonCode());
    }
}
