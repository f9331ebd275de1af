package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Closed;
import io.fengsui.standalone.conformance.observe.Observation.Connect;
import io.fengsui.standalone.conformance.observe.Observation.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the client comes back after the kit has cut its connection. */
final class ReconnectJudge implements Judge {
    private static final Duration IN_TIME = Duration.ofSeconds(60);

    @Override
    public Finding judge(Journal journal) {
        List<Closed> cuts = journal.all(Closed.class)
                .filter(closed -> closed.by() == Side.KIT)
                .toList();
        if (cuts.isEmpty()) {
            return journal.plan().cuts() == 0
                    ? Finding.of(Point.RECONNECT, Status.NOT_SEEN, "未切断（--no-cut）", "No cut was asked for (--no-cut)")
                    : Finding.notYet(Point.RECONNECT, "还没有切断连接", "The connection has not been cut yet");
        }
        Duration slowest = Duration.ZERO;
        for (Closed cut : cuts) {
            Optional<Duration> away = back(journal, cut).map(back -> Duration.between(cut.at(), back.at()));
            Duration took = away.orElseGet(() -> Duration.between(cut.at(), journal.until()));
            if (away.isEmpty() && took.compareTo(IN_TIME) <= 0) {
                return Finding.notYet(
                        Point.RECONNECT,
                        "切断后 " + Seconds.told(took) + " 仍未重连",
                        "Not back " + Seconds.told(took) + " after the cut");
            }
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        return Finding.of(
                        Point.RECONNECT,
                        slowest.compareTo(IN_TIME) > 0 ? Status.FAIL : Status.PASS,
                        "切断 " + cuts.size() + " 次，最慢 " + Seconds.told(slowest) + " 后重连",
                        "Cuts: " + cuts.size() + ", back after " + Seconds.told(slowest) + " at the slowest")
                .settled(cuts.size() >= journal.plan().cuts());
    }

    /** The next connection of the same client. */
    static Optional<Connect> back(Journal journal, Closed cut) {
        String client = journal.clientOf(cut.link());
        return journal.all(Connect.class)
                .filter(connect ->
                        connect.link() > cut.link() && connect.clientId().equals(client))
                .findFirst();
    }
}
