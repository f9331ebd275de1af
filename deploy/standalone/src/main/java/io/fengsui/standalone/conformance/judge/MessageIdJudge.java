package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Presence of ids, that none names two messages, and that redelivery keeps them. */
final class MessageIdJudge implements Judge {
    private static final int ENOUGH = 10;

    @Override
    public Finding judge(Journal journal) {
        List<Message> messages = journal.messages().stream()
                .filter(message -> message.reading().feed() != null)
                .filter(message ->
                        !Objects.requireNonNull(message.reading().feed()).timeless())
                .toList();
        if (messages.isEmpty()) {
            return Finding.notYet(Point.MESSAGE_ID, "还没有需要编号的消息", "No message yet that wants an id");
        }
        Cases faults = new Cases();
        present(messages, faults);
        unique(messages, faults);
        stable(messages, faults);
        boolean enough = !journal.live() || messages.size() >= ENOUGH;
        return (faults.none()
                        ? Finding.of(
                                Point.MESSAGE_ID,
                                Status.PASS,
                                messages.size() + " 条消息均有各自的编号",
                                "Messages: " + messages.size() + ", each with an id of its own")
                        : Finding.of(
                                        Point.MESSAGE_ID,
                                        Status.FAIL,
                                        messages.size() + " 条消息，" + faults.count() + " 处问题",
                                        "Messages: " + messages.size() + ", faults: " + faults.count())
                                .showing(faults.examples()))
                .settled(enough);
    }

    private static void present(List<Message> messages, Cases faults) {
        messages.stream()
                .map(Message::reading)
                .filter(reading -> reading.messageId() == null && !reading.refused())
                .forEach(reading -> faults.add(reading.topic() + "：没有编号", reading.topic() + ": no id"));
    }

    private static void unique(List<Message> messages, Cases faults) {
        Map<String, String> fingerprints = new HashMap<>();
        for (Message message : messages) {
            Reading reading = message.reading();
            @Nullable String id = reading.eventId();
            if (id != null && reading.messageId() != null) {
                String first = fingerprints.putIfAbsent(id, reading.fingerprint());
                if (first != null && !first.equals(reading.fingerprint())) {
                    faults.add(
                            "编号 " + reading.messageId() + " 用于两条不同的消息",
                            "id " + reading.messageId() + " names two different messages");
                }
            }
        }
    }

    private static void stable(List<Message> messages, Cases faults) {
        Map<Integer, Message> underWay = new HashMap<>();
        for (Message message : messages) {
            @Nullable Message first = underWay.put(message.packetId(), message);
            if (message.resent()
                    && first != null
                    && first.reading().fingerprint().equals(message.reading().fingerprint())
                    && !Objects.equals(
                            first.reading().eventId(), message.reading().eventId())) {
                faults.add(
                        "重发时编号变了：" + message.reading().topic(),
                        "the id changed when it was sent again: "
                                + message.reading().topic());
            }
        }
    }
}
