package io.fengsui.standalone.conformance.judge;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time of the event against arrival. What a feed stores and forwards may be as old as it calls late. */
final class ClockJudge implements Judge {
    /** A clock that is kept by NTP is within a second; a second more a hop. */
    private static final Duration MEDIAN = Duration.ofSeconds(30);

    private static final Duration AHEAD = Duration.ofSeconds(5);

    private static final int ENOUGH = 5;

    static boolean isOfClock(DecodeException fault) {
        return fault.reason() == Rejection.CLOCK_IN_FUTURE || fault.reason() == Rejection.CLOCK_ABSURD;
    }

    @Override
    public Finding judge(Journal journal) {
        Cases refused = refusals(journal);
        if (!refused.none()) {
            return Finding.of(
                            Point.CLOCK,
                            journal.live() ? Status.FAIL : Status.WARN,
                            refused.count() + " 条消息因时间被拒",
                            "Messages refused for their time: " + refused.count())
                    .showing(refused.examples());
        }
        if (!journal.live()) {
            return Finding.of(Point.CLOCK, Status.NOT_SEEN, "文件没有到达时间", "Files have no time of arrival");
        }
        List<Lag> lags = journal.messages().stream()
                .filter(message -> !message.resent())
                .flatMap(message -> Lag.of(message).stream())
                .sorted(Comparator.comparing(Lag::behind))
                .toList();
        if (lags.isEmpty()) {
            return Finding.notYet(Point.CLOCK, "还没有带时间的消息", "No message with a time yet");
        }
        return of(lags).settled(lags.size() >= ENOUGH);
    }

    private static Cases refusals(Journal journal) {
        Cases refused = new Cases();
        for (Message message : journal.messages()) {
            @Nullable DecodeException fault = message.reading().payloadFault();
            if (fault != null && isOfClock(fault)) {
                Faults.add(refused, fault, message.reading());
            }
        }
        return refused;
    }

    private static Finding of(List<Lag> lags) {
        Duration median = lags.get(lags.size() / 2).behind();
        Duration ahead = lags.get(0).behind().negated();
        Duration behind = lags.get(lags.size() - 1).behind();
        Duration worst = ahead.compareTo(behind) > 0 ? ahead.negated() : behind;
        boolean late = lags.stream().anyMatch(Lag::late);
        Status status = late || ahead.compareTo(AHEAD) > 0
                ? Status.FAIL
                : median.compareTo(MEDIAN) > 0 ? Status.WARN : Status.PASS;
        return Finding.of(
                Point.CLOCK,
                status,
                "中位数 " + told(median, "晚 ", "早 ") + "，最差 " + told(worst, "晚 ", "早 "),
                "Median " + told(median, "behind by ", "ahead by ") + ", worst "
                        + told(worst, "behind by ", "ahead by "));
    }

    private static String told(Duration behind, String late, String early) {
        return (behind.isNegative() ? early : late) + Seconds.told(behind.abs());
    }

    /** How long before its arrival a message's event was, by its own clock. */
    private record Lag(Duration behind, boolean late) {

        static List<Lag> of(Message message) {
            Reading reading = message.reading();
            @Nullable Instant time = reading.eventTime();
            @Nullable Feed<?> feed = reading.feed();
            if (time == null || feed == null) {
                return List.of();
            }
            Duration behind = Duration.between(time, message.at());
            return List.of(new Lag(behind, behind.compareTo(feed.lateAfter()) > 0));
        }
    }
}
