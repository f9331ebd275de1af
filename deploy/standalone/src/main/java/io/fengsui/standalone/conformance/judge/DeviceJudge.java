package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Reading;

/** Whether the devices may publish: as the bridge's registry sees it. */
final class DeviceJudge extends MessagePoint {

    DeviceJudge() {
        super(Point.DEVICE);
    }

    @Override
    void look(Journal journal, Message message, Cases faults, Cases doubts) {
        Reading reading = message.reading();
        if (reading.deviceFault() != null) {
            faults.add(reading.deviceFault().reason() + reading.topic(), Faults.told(reading.deviceFault()));
        }
    }
}
