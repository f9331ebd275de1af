package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Reading;

/** Shape of topics, and their vendor level. */
final class TopicJudge extends MessagePoint {

    TopicJudge() {
        super(Point.TOPIC);
    }

    @Override
    void look(Journal journal, Message message, Cases faults, Cases doubts) {
        Reading reading = message.reading();
        if (reading.topicFault() != null) {
            Words told = Faults.told(reading.topicFault());
            faults.add(
                    reading.topicFault().reason() + reading.topic(),
                    new Words(reading.topic() + "：" + told.zh(), reading.topic() + ": " + told.en()));
        } else if (!reading.vendor().equals(journal.vendor())) {
            faults.add(
                    reading.topic() + "：厂商级不是“" + journal.vendor() + "”",
                    reading.topic() + ": the vendor level is not '" + journal.vendor() + "'");
        } else if (reading.feed() != null && !isOf(journal, reading)) {
            doubts.add(
                    "数据类别 " + reading.feed() + " 不是本次检查的 " + journal.feed(),
                    "feed " + reading.feed() + " is not the one that is checked, " + journal.feed());
        }
    }

    private static boolean isOf(Journal journal, Reading reading) {
        String feed = String.valueOf(reading.feed());
        return feed.equals(journal.feed()) || feed.equals("gateway");
    }
}
