package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Connect;
import io.fengsui.standalone.conformance.observe.Observation.Unreadable;
import java.util.Optional;

/** Which MQTT the client speaks, and whether it speaks it. */
final class ProtocolJudge implements Judge {
    private static final int MQTT_5 = 5;
    private static final int MQTT_3_1_1 = 4;

    @Override
    public Finding judge(Journal journal) {
        Optional<Unreadable> broken = journal.all(Unreadable.class).findFirst();
        if (broken.isPresent()) {
            return Finding.of(
                    Point.PROTOCOL,
                    Status.FAIL,
                    "连接上有不是 MQTT 的字节：" + broken.get().why(),
                    "Bytes that are no MQTT: " + broken.get().why());
        }
        return journal.all(Connect.class).mapToInt(Connect::protocolLevel).min().stream()
                .mapToObj(ProtocolJudge::of)
                .findFirst()
                .orElseGet(() -> Finding.notYet(Point.PROTOCOL, "还没有 CONNECT", "No CONNECT yet"));
    }

    private static Finding of(int level) {
        return switch (level) {
            case MQTT_5 -> Finding.of(Point.PROTOCOL, Status.PASS, "MQTT 5", "MQTT 5");
            case MQTT_3_1_1 ->
                Finding.of(Point.PROTOCOL, Status.WARN, "MQTT 3.1.1，可接受", "MQTT 3.1.1, which is accepted");
            default -> Finding.of(Point.PROTOCOL, Status.FAIL, "协议级别 " + level, "Protocol level " + level);
        };
    }
}
