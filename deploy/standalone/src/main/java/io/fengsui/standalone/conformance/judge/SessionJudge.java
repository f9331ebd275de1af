package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Connect;
import java.util.List;

/** Whether what is not acknowledged survives a lost connection. */
final class SessionJudge implements Judge {
    private static final int MQTT_5 = 5;

    /** Shorter than this it may end while a network is mended. */
    private static final long SHORT_SECONDS = 600;

    @Override
    public Finding judge(Journal journal) {
        List<Connect> connects = journal.all(Connect.class).toList();
        if (connects.isEmpty()) {
            return Finding.notYet(Point.SESSION, "还没有 CONNECT", "No CONNECT yet");
        }
        if (connects.stream().anyMatch(Connect::cleanStart)) {
            return Finding.of(
                    Point.SESSION,
                    Status.FAIL,
                    "clean start（clean session）为 true",
                    "Clean start (clean session) is true");
        }
        if (connects.stream().allMatch(c -> c.protocolLevel() != MQTT_5)) {
            return Finding.of(Point.SESSION, Status.PASS, "clean session 为 false", "Clean session is false");
        }
        long expiry = connects.stream()
                .filter(c -> c.protocolLevel() == MQTT_5)
                .mapToLong(Connect::sessionExpirySeconds)
                .min()
                .orElseThrow();
        Status status = expiry == 0 ? Status.FAIL : expiry < SHORT_SECONDS ? Status.WARN : Status.PASS;
        return Finding.of(
                Point.SESSION,
                status,
                "clean start 为 false，会话过期时间 " + expiry + " 秒",
                "Clean start is false, session expiry " + expiry + " s");
    }
}
