package io.fengsui.standalone.trace;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertSignal;
import io.fengsui.event.EventHeader;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Unrouted;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Moment;
import io.fengsui.standalone.letters.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of an event for people: a line a station, with our clock and how long after the arrival it was. What the event says
 * is not shown: the topics have it, and of a feed with personal data only the masked one is for everybody.
 */
public final class TraceCard {
    private static final int STATION = 12;
    private static final int WHEN = 23;
    private static final int AFTER = 12;
    private static final String GAP = "  ";

    private final Language language;
    private final Consumer<String> out;
    private Instant arrivedAt = Instant.EPOCH;

    public TraceCard(Language language, Consumer<String> out) {
        this.language = language;
        this.out = out;
    }

    public void print(Trace trace) {
        if (trace.written().isEmpty()) {
            out.accept(language.say("事件 ", "Event ") + Printable.of(trace.eventId()));
            trace.deadLetters().forEach(letter -> refused(letter, letter.value().getReceivedAt()));
            return;
        }
        EventHeader header = trace.written().get(0).value();
        arrivedAt = header.getReceivedAt();
        head(trace, header);
        station(
                "MQTT",
                header.getReceivedAt(),
                header.getSource().getMqttTopic() + ", " + header.getSource().getFormat() + ", "
                        + header.getSource().getBridge());
        boolean again = false;
        for (Found<EventHeader> found : trace.written()) {
            station(
                    language.say("类别主题", "feed topic"),
                    found.spot().at(),
                    found.spot() + (again ? language.say("，再次收到，作为重复丢弃", ", came again: dropped as a duplicate") : ""));
            again = true;
        }
        trace.readers().forEach(spot -> station(language.say("接收方", "reader"), null, spot.toString()));
        trace.unrouted().forEach(this::unrouted);
        trace.deadLetters().forEach(letter -> refused(letter, letter.spot().at()));
        if (trace.readers().isEmpty()
                && trace.unrouted().isEmpty()
                && trace.deadLetters().isEmpty()) {
            nowhere(trace);
        }
        rules(trace);
        trace.alerts().forEach(alert -> alert(alert, trace.signals()));
    }

    private void head(Trace trace, EventHeader header) {
        String feed = trace.feed() == null ? "" : trace.feed().id();
        line("事件", "event", header.getEventId());
        line("类别", "feed", feed + ", " + header.getStatus());
        line(
                "设备时间",
                "device clock",
                Moment.exact(header.getEventTime())
                        + (header.getLate() ? language.say("，迟到", ", late: stored and forwarded") : ""));
        line("收到时间", "our clock", Moment.exact(header.getReceivedAt()));
        out.accept("");
        out.accept(Printable.pad(language.say("环节", "station"), STATION)
                + GAP
                + Printable.pad(language.say("我方时钟", "our clock"), WHEN)
                + GAP
                + Printable.pad(language.say("收到后", "after"), AFTER)
                + GAP
                + language.say("位置（主题/分区/位点）", "where (topic/partition/offset)"));
    }

    private void unrouted(Found<Unrouted> found) {
        station(
                language.say("无路由", "unrouted"),
                found.value().getUnroutedAt(),
                found.spot() + ", " + found.value().getReason() + ": "
                        + found.value().getDetail());
    }

    private void refused(Found<DeadLetter> found, Instant at) {
        station(
                language.say("死信", "dead letter"),
                at,
                found.spot() + ", " + found.value().getReason() + ", " + language.say("查看：", "see ")
                        + "fengsui dead-letters show " + found.spot());
    }

    private void nowhere(Trace trace) {
        station(
                language.say("去向", "readers"),
                null,
                trace.inFlight()
                        ? language.say("处理中：流处理尚未读到", "in flight: the streams app has not come so far")
                        : language.say(
                                "没有：同编号的事件更早来过，已作为重复丢弃；用更早的 --since 再查",
                                "none: an event of this id came before and this one was dropped; an earlier --since"
                                        + " finds that"));
    }

    private void rules(Trace trace) {
        station(
                language.say("规则", "rules"),
                null,
                trace.rules().map(Printable::of).orElse(language.say("无", "none"))
                        + (trace.signals().isEmpty() ? language.say("：没有触发", ": none spoke") : ""));
        for (Found<AlertSignal> found : trace.signals()) {
            AlertSignal signal = found.value();
            station(
                    language.say("信号", "signal"),
                    signal.getSignalledAt(),
                    found.spot() + ", " + signal.getAction() + " " + signal.getSeverity() + " " + signal.getAlertId());
            note(language.say(
                    signal.getExplanation().getZh(), signal.getExplanation().getEn()));
        }
    }

    private void alert(Found<Alert> found, List<Found<AlertSignal>> signals) {
        Alert alert = found.value();
        station(
                language.say("告警", "alert"),
                alert.getChangedAt(),
                found.spot() + ", " + alert.getAlertId() + ": " + alert.getState() + " " + alert.getSeverity() + ", "
                        + language.say("第 ", "revision ") + alert.getRevision() + language.say(" 版", ""));
        Instant first = signals.stream()
                .map(Found::value)
                .filter(signal -> signal.getAlertId().equals(alert.getAlertId()))
                .map(AlertSignal::getSignalledAt)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        for (AlertChange change : alert.getHistory()) {
            if (!change.getAt().isBefore(first)) {
                station("", change.getAt(), change.getAction() + ", " + change.getActor());
            }
        }
    }

    private void line(String zh, String en, String text) {
        out.accept(Printable.pad(language.say(zh, en), STATION) + GAP + Printable.of(text));
    }

    private void station(String station, @Nullable Instant at, String text) {
        String when = at == null ? "" : Moment.exact(at);
        String after = at == null || arrivedAt.equals(Instant.EPOCH) ? "" : after(Duration.between(arrivedAt, at));
        out.accept(Printable.pad(station, STATION)
                + GAP
                + Printable.pad(when, WHEN)
                + GAP
                + Printable.pad(after, AFTER)
                + GAP
                + Printable.of(text));
    }

    private void note(String text) {
        out.accept(" ".repeat(STATION + WHEN + AFTER + 3 * GAP.length()) + Printable.of(text));
    }

    private static String after(Duration time) {
        long millis = time.toMillis();
        return Math.abs(millis) < 60_000
                ? String.format(Locale.ROOT, "%+,d ms", millis)
                : String.format(Locale.ROOT, "%+,d s", time.toSeconds());
    }
}
