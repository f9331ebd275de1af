package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.observe.Journal;
import java.util.List;

/** All points, in the order of the report. */
public final class Judges {

    private static final List<Judge> LIVE = List.of(
            new AdmissionJudge(),
            new ProtocolJudge(),
            new ClientIdJudge(),
            new KeepAliveJudge(),
            new SessionJudge(),
            new LastWillJudge(),
            new SubscriptionJudge(),
            new TopicJudge(),
            new DeviceJudge(),
            new DeliveryJudge(),
            new PayloadJudge(),
            new ClockJudge(),
            new MessageIdJudge(),
            new DuplicateJudge(),
            new HeartbeatJudge(),
            new ReconnectJudge(),
            new ResendJudge(),
            new RejectionJudge());

    private static final List<Judge> OF_FILES = List.of(new PayloadJudge(), new ClockJudge(), new MessageIdJudge());

    private Judges() {}

    /** The findings as of the journal's end. */
    public static List<Finding> judge(Journal journal) {
        return (journal.live() ? LIVE : OF_FILES)
                .stream().map(judge -> judge.judge(journal)).toList();
    }
}
