package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Connect;
import java.util.Comparator;

/** Whether a dead line is noticed in time, and a live one not asked too often. */
final class KeepAliveJudge implements Judge {
    private static final int SHORTEST_SECONDS = 10;
    private static final int LONGEST_SECONDS = 120;

    /** Beyond it a gateway that is down stays unnoticed for a quarter of an hour and more. */
    private static final int USELESS_SECONDS = 600;

    @Override
    public Finding judge(Journal journal) {
        return journal.all(Connect.class)
                .map(connect -> of(connect.keepAliveSeconds()))
                .max(Comparator.comparing(Finding::status))
                .orElseGet(() -> Finding.notYet(Point.KEEP_ALIVE, "还没有 CONNECT", "No CONNECT yet"));
    }

    private static Finding of(int seconds) {
        if (seconds == 0) {
            return Finding.of(Point.KEEP_ALIVE, Status.FAIL, "保活关闭（0）", "Keep alive is off (0)");
        }
        Status status = seconds > USELESS_SECONDS
                ? Status.FAIL
                : seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS ? Status.WARN : Status.PASS;
        return Finding.of(Point.KEEP_ALIVE, status, seconds + " 秒", seconds + " s");
    }
}
