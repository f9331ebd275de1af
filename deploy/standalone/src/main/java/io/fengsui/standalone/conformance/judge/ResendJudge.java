package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Acknowledgement;
import io.fengsui.standalone.conformance.observe.Observation.Closed;
import io.fengsui.standalone.conformance.observe.Observation.Connect;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Observation.Side;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of messages that were under way when the kit cut the connection. */
final class ResendJudge implements Judge {
    /** After the reconnect; a client that keeps what is unacknowledged sends it at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public Finding judge(Journal journal) {
        Cases lost = new Cases();
        Cases bare = new Cases();
        int underWay = 0;
        boolean open = false;
        for (Closed cut :
                journal.all(Closed.class).filter(c -> c.by() == Side.KIT).toList()) {
            Optional<Connect> back = ReconnectJudge.back(journal, cut);
            List<Message> pending = pending(journal, cut.link());
            underWay += pending.size();
            for (Message message : pending) {
                Optional<Message> again = back.flatMap(connect -> again(journal, connect.link(), message));
                String topic = message.reading().topic();
                if (again.isEmpty()) {
                    open |= back.isEmpty()
                            || Duration.between(back.get().at(), journal.until())
                                            .compareTo(PATIENCE)
                                    < 0;
                    lost.add(topic + "：没有再发", topic + ": not sent again");
                } else if (!again.get().resent()) {
                    bare.add(topic + "：再发时没有 DUP", topic + ": sent again without DUP");
                }
            }
        }
        return underWay == 0 ? nothing(journal) : finding(underWay, lost, bare).settled(lost.none() || !open);
    }

    private static Finding nothing(Journal journal) {
        boolean over = journal.all(Closed.class).filter(c -> c.by() == Side.KIT).count()
                >= journal.plan().cuts();
        return Finding.notYet(
                        Point.RESEND,
                        "切断时没有未确认的消息",
                        journal.plan().cuts() == 0
                                ? "No cut was asked for (--no-cut)"
                                : "Nothing was unacknowledged at a cut")
                .settled(over);
    }

    private static Finding finding(int underWay, Cases lost, Cases bare) {
        if (!lost.none()) {
            return Finding.of(
                            Point.RESEND,
                            Status.FAIL,
                            underWay + " 条未确认，" + lost.count() + " 条没有再发",
                            "Unacknowledged at the cut: " + underWay + ", not sent again: " + lost.count())
                    .showing(lost.examples());
        }
        return bare.none()
                ? Finding.of(
                        Point.RESEND,
                        Status.PASS,
                        underWay + " 条未确认，均带 DUP 再发",
                        "Unacknowledged at the cut: " + underWay + ", all sent again with DUP")
                : Finding.of(
                                Point.RESEND,
                                Status.WARN,
                                "再发时没有 DUP；编号相同，因此无害",
                                "Sent again without DUP; harmless while the id is the same")
                        .showing(bare.examples());
    }

    private static List<Message> pending(Journal journal, int link) {
        Set<Integer> acknowledged = new HashSet<>();
        journal.all(Acknowledgement.class)
                .filter(ack -> ack.link() == link)
                .forEach(ack -> acknowledged.add(ack.packetId()));
        return journal.messages().stream()
                .filter(message -> message.link() == link && message.qos() == 1)
                .filter(message -> !acknowledged.contains(message.packetId()))
                .toList();
    }

    private static Optional<Message> again(Journal journal, int link, Message lost) {
        return journal.messages().stream()
                .filter(message -> message.link() == link)
                .filter(message ->
                        message.reading().fingerprint().equals(lost.reading().fingerprint()))
                .findFirst();
    }
}
