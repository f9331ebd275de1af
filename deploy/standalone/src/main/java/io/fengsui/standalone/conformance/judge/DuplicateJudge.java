package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation;
import io.fengsui.standalone.conformance.observe.Observation.Closed;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Reading;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are published again without DUP. After a lost connection that may be honest caution, which the id makes
 * harmless; on a connection that holds it is a fault. What was refused is judged by the reaction to rejections.
 */
final class DuplicateJudge implements Judge {
    private static final int ENOUGH = 10;

    @Override
    public Finding judge(Journal journal) {
        int messages = journal.messages().size();
        if (messages == 0) {
            return Finding.notYet(Point.DUPLICATES, "还没有消息", "No message yet");
        }
        Cases faults = new Cases();
        Cases doubts = new Cases();
        Map<String, Integer> lossesAtFirst = new HashMap<>();
        int losses = 0;
        for (Observation observation : journal.observations()) {
            if (observation instanceof Closed) {
                losses++;
            } else if (observation instanceof Message message
                    && !message.reading().refused()) {
                look(message, lossesAtFirst, losses, faults, doubts);
            }
        }
        return finding(messages, faults, doubts).settled(messages >= ENOUGH);
    }

    private static void look(
            Message message, Map<String, Integer> lossesAtFirst, int losses, Cases faults, Cases doubts) {
        Reading reading = message.reading();
        @Nullable String id = reading.eventId();
        @Nullable Integer before = id == null ? null : lossesAtFirst.putIfAbsent(id, losses);
        if (before != null && !message.resent()) {
            String name = reading.messageId() == null ? "" : " " + reading.messageId();
            (before == losses ? faults : doubts)
                    .add(reading.topic() + "：消息" + name + " 重复", reading.topic() + ": message" + name + " again");
        }
    }

    private static Finding finding(int messages, Cases faults, Cases doubts) {
        if (faults.none() && doubts.none()) {
            return Finding.of(
                    Point.DUPLICATES, Status.PASS, messages + " 条消息，无重复", "Messages: " + messages + ", no duplicate");
        }
        boolean held = !faults.none();
        Cases cases = held ? faults : doubts;
        return Finding.of(
                        Point.DUPLICATES,
                        held ? Status.FAIL : Status.WARN,
                        cases.count() + " 次重复" + (held ? "" : "，均在断线之后"),
                        "Duplicates: " + cases.count() + (held ? "" : ", all after a lost connection"))
                .showing(cases.examples());
    }
}
