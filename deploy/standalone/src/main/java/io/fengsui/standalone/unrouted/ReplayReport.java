package io.fengsui.standalone.unrouted;

import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of events that are sent on, for people: a line each, and the counts. */
public final class ReplayReport {
    private final Language language;

    public ReplayReport(Language language) {
        this.language = language;
    }

    public String line(Delivery delivery) {
        return Printable.of(delivery.eventId() + "  " + what(delivery));
    }

    private String what(Delivery delivery) {
        String missing = delivery.routing().shortfalls().stream()
                .map(shortfall -> shortfall.reason() + ": " + shortfall.detail())
                .collect(Collectors.joining("; "));
        if (delivery.changesNothing()) {
            return language.say("仍无去处：", "still missed: ") + missing;
        }
        if (delivery.topics().isEmpty()) {
            return language.say("现在没有别的读者了", "nobody else is to read it now");
        }
        return language.say("送往 ", "to ")
                + String.join(", ", delivery.topics())
                + (delivery.settles() ? "" : language.say("；仍缺 ", "; still missed: ") + missing);
    }

    /** @param dryRun whether it is only what would be */
    public String counts(List<Delivery> deliveries, boolean dryRun) {
        long copies = deliveries.stream().mapToLong(d -> d.topics().size()).sum();
        long settled = deliveries.stream().filter(Delivery::settles).count();
        long open = deliveries.size() - settled;
        return language.say(
                deliveries.size() + " 个事件：送出 " + copies + " 份，" + settled + " 个了结，" + open + " 个仍无去处"
                        + (dryRun ? "；未写入任何内容" : ""),
                deliveries.size() + (deliveries.size() == 1 ? " event: " : " events: ") + copies + " copies, " + settled
                        + " settled, " + open + " still open" + (dryRun ? "; nothing was written" : ""));
    }

    public static boolean allSettled(List<Delivery> deliveries) {
        return deliveries.stream().allMatch(Delivery::settles);
    }
}
