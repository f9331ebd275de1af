package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Acknowledgement;
import io.fengsui.standalone.conformance.observe.Observation.Message;

/** Quality of service, retain flag, and what the broker answers. */
final class DeliveryJudge implements Judge {
    private static final int NO_SUBSCRIBER = 0x10;
    private static final int REFUSALS = 0x80;

    private final MessagePoint messages = new MessagePoint(Point.DELIVERY) {
        @Override
        void look(Journal journal, Message message, Cases faults, Cases doubts) {
            if (message.qos() != 1) {
                faults.add("QoS " + message.qos(), "QoS " + message.qos());
            }
            if (message.retained()) {
                faults.add("消息被保留（retain）", "retained");
            }
        }
    };

    @Override
    public Finding judge(Journal journal) {
        Finding finding = messages.judge(journal);
        if (finding.status() != Status.PASS) {
            return finding;
        }
        Cases refused = new Cases();
        Cases unheard = new Cases();
        journal.all(Acknowledgement.class).forEach(ack -> {
            if (ack.reasonCode() >= REFUSALS) {
                String code = "0x%02x".formatted(ack.reasonCode());
                refused.add("PUBACK 原因码 " + code, "PUBACK with reason code " + code);
            } else if (ack.reasonCode() == NO_SUBSCRIBER) {
                unheard.add("PUBACK 0x10：无人订阅，消息已丢弃", "PUBACK 0x10: nobody listens, the message is gone");
            }
        });
        if (!refused.none()) {
            return Finding.of(Point.DELIVERY, Status.FAIL, "代理拒绝了消息", "The broker refused messages")
                    .showing(refused.examples());
        }
        return unheard.none()
                ? finding
                : Finding.of(Point.DELIVERY, Status.WARN, "桥接程序没有在收", "The bridge does not listen")
                        .showing(unheard.examples());
    }
}
