package io.fengsui.standalone.conformance.judge;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import org.jspecify.annotations.Nullable;

/** Whether the decoder takes the payloads; a wrong clock is a point of its own. */
final class PayloadJudge extends MessagePoint {

    PayloadJudge() {
        super(Point.PAYLOAD);
    }

    @Override
    void look(Journal journal, Message message, Cases faults, Cases doubts) {
        @Nullable DecodeException fault = message.reading().payloadFault();
        if (fault != null && !ClockJudge.isOfClock(fault)) {
            Faults.add(faults, fault, message.reading());
        }
    }
}
