package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import java.util.List;

/** A point that each message passes or fails by itself. */
abstract class MessagePoint implements Judge {
    /** So many messages are enough to judge by. */
    private static final int ENOUGH = 10;

    private final Point point;

    MessagePoint(Point point) {
        this.point = point;
    }

    /** Adds what is wrong with a message. */
    abstract void look(Journal journal, Message message, Cases faults, Cases doubts);

    @Override
    public final Finding judge(Journal journal) {
        List<Message> messages = journal.messages();
        if (messages.isEmpty()) {
            return Finding.notYet(point, "还没有消息", "No message yet");
        }
        Cases faults = new Cases();
        Cases doubts = new Cases();
        messages.forEach(message -> look(journal, message, faults, doubts));
        return finding(messages.size(), faults, doubts).settled(!journal.live() || messages.size() >= ENOUGH);
    }

    private Finding finding(int messages, Cases faults, Cases doubts) {
        if (!faults.none()) {
            return of(Status.FAIL, messages, faults);
        }
        return doubts.none()
                ? Finding.of(point, Status.PASS, messages + " 条消息均合规则", "Messages: " + messages + ", all by the rule")
                : of(Status.WARN, messages, doubts);
    }

    private Finding of(Status status, int messages, Cases cases) {
        return Finding.of(
                        point,
                        status,
                        messages + " 条消息，" + cases.count() + " 处问题",
                        "Messages: " + messages + ", faults: " + cases.count())
                .showing(cases.examples());
    }
}
