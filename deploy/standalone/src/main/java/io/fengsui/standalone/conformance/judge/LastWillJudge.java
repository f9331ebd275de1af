package io.fengsui.standalone.conformance.judge;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Connect;
import io.fengsui.standalone.conformance.observe.Reading;
import io.fengsui.standalone.conformance.observe.Will;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the city hears of a gateway that is gone. */
final class LastWillJudge implements Judge {

    @Override
    public Finding judge(Journal journal) {
        List<Connect> connects = journal.all(Connect.class).toList();
        if (connects.isEmpty()) {
            return Finding.notYet(Point.LAST_WILL, "还没有 CONNECT", "No CONNECT yet");
        }
        Cases faults = new Cases();
        Cases doubts = new Cases();
        connects.forEach(connect -> judge(journal.vendor(), connect.will(), faults, doubts));
        if (!faults.none()) {
            return Finding.of(Point.LAST_WILL, Status.FAIL, "没有遗嘱或遗嘱不合规则", "No last will, or not by the rule")
                    .showing(Stream.concat(faults.examples().stream(), doubts.examples().stream())
                            .toList());
        }
        String topic = connects.stream()
                .map(Connect::will)
                .map(will -> will == null ? "" : will.reading().topic())
                .findFirst()
                .orElse("");
        return Finding.of(Point.LAST_WILL, doubts.none() ? Status.PASS : Status.WARN, topic, topic)
                .showing(doubts.examples());
    }

    private static void judge(String vendor, @Nullable Will will, Cases faults, Cases doubts) {
        if (will == null) {
            faults.add("CONNECT 没有遗嘱", "CONNECT has no will");
            return;
        }
        Reading reading = will.reading();
        if (!vendor.equals(reading.vendor()) || !Feeds.GATEWAY.equals(reading.feed())) {
            faults.add("主题 " + reading.topic(), "topic " + reading.topic());
        }
        if (will.qos() != 1) {
            faults.add("QoS " + will.qos(), "QoS " + will.qos());
        }
        if (will.retained()) {
            faults.add("遗嘱被保留（retain）", "it is retained");
        }
        Stream.of(reading.deviceFault(), reading.payloadFault())
                .flatMap(Stream::ofNullable)
                .forEach((DecodeException fault) -> {
                    Words told = Faults.told(fault);
                    faults.add(told.zh(), told.en());
                });
        if (will.namesTime()) {
            doubts.add(
                    "遗嘱内容含时间或消息编号，那是连接时刻的，事件会被当作迟到或重复",
                    "its payload has a time or a message id; they are those of the connect, so the event comes late or"
                            + " counts as a repetition");
        }
    }
}
