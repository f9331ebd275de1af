package io.fengsui.standalone.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.alerting.board.Counts;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Moment;
import io.fengsui.standalone.letters.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** The ledger for people: a line a feed and hour in which anything happened, a sum, and the verdict. */
public final class LedgerTable {
    private static final int HOUR = 16;
    private static final int FEED = 14;
    private static final int COUNT = 12;

    private enum Column {
        ACCEPTED("接收", "accepted", HourEntry::accepted),
        ROUTED("路由", "routed", entry -> entry.counts().routed()),
        DEAD_LETTERED("死信", "dead letter", entry -> entry.counts().deadLettered()),
        UNROUTED("无路由", "unrouted", entry -> entry.counts().unrouted()),
        DUPLICATES("重复", "duplicate", entry -> entry.counts().duplicates()),
        IN_FLIGHT("处理中", "in flight", HourEntry::inFlight),
        DIFFERENCE("差额", "difference", HourEntry::difference),
        DERIVED("另有合成", "derived", entry -> entry.counts().derived());

        private final String zh;
        private final String en;

        @SuppressWarnings("ImmutableEnumChecker") // captures nothing
        private final ToLongFunction<HourEntry> figure;

        Column(String zh, String en, ToLongFunction<HourEntry> figure) {
            this.zh = zh;
            this.en = en;
            this.figure = figure;
        }
    }

    private final Language language;
    private final Consumer<String> out;

    public LedgerTable(Language language, Consumer<String> out) {
        this.language = language;
        this.out = out;
    }

    public void print(List<HourEntry> entries) {
        StringBuilder head = new StringBuilder(Printable.pad(language.say("小时", "hour"), HOUR) + "  "
                + Printable.pad(language.say("类别", "feed"), FEED));
        for (Column column : Column.values()) {
            String title = language.say(column.zh, column.en);
            head.append(" ".repeat(COUNT - Printable.width(title))).append(title);
        }
        out.accept(head.toString());
        HourEntry sum = null;
        for (HourEntry entry : entries) {
            if (!entry.isEmpty()) {
                row(Moment.shown(entry.hour()).substring(0, HOUR), entry.feed(), entry);
            }
            sum = sum == null ? entry : plus(sum, entry);
        }
        if (sum != null) {
            row(language.say("合计", "sum"), "", sum);
        }
    }

    private void row(String hour, String feed, HourEntry entry) {
        StringBuilder row = new StringBuilder(Printable.pad(hour, HOUR) + "  " + Printable.pad(feed, FEED));
        for (Column column : Column.values()) {
            row.append(String.format(Locale.ROOT, "%," + COUNT + "d", column.figure.applyAsLong(entry)));
        }
        out.accept(row.toString());
    }

    /** What is in flight at the end of an hour is accounted for later: only the last of each feed still is. */
    private static HourEntry plus(HourEntry sum, HourEntry entry) {
        boolean sameFeed = sum.feed().equals(entry.feed());
        return new HourEntry(
                entry.feed(),
                entry.hour(),
                sum.accepted() + entry.accepted(),
                sum.counts().plus(entry.counts()),
                sameFeed ? entry.inFlight() : sum.inFlight() + entry.inFlight(),
                sum.difference() + entry.difference());
    }

    /** In words what differs, a line each; nothing if all adds up. */
    public List<String> differences(List<HourEntry> entries) {
        List<String> lines = new ArrayList<>();
        for (HourEntry entry : entries) {
            if (entry.difference() != 0) {
                String hour = Moment.shown(entry.hour()).substring(0, HOUR);
                long count = Math.abs(entry.difference());
                lines.add(
                        entry.difference() > 0
                                ? language.say(
                                        "账目不平：" + hour + " 起一小时，" + entry.feed() + " 缺 " + count + " 条",
                                        "DOES NOT BALANCE: in the hour from " + hour + " " + entry.feed() + " misses "
                                                + count)
                                : language.say(
                                        "账目不平：" + hour + " 起一小时，" + entry.feed() + " 多 " + count + " 条",
                                        "DOES NOT BALANCE: in the hour from " + hour + " " + entry.feed() + " has "
                                                + count + " too many"));
            }
        }
        return lines;
    }

    /** One JSON object a line; times in UTC. */
    public void json(List<HourEntry> entries) {
        ObjectMapper json = new ObjectMapper();
        for (HourEntry entry : entries) {
            if (entry.isEmpty()) {
                continue;
            }
            Counts counts = entry.counts();
            ObjectNode line = json.createObjectNode()
                    .put("hour", entry.hour().toString())
                    .put("feed", entry.feed())
                    .put("accepted", entry.accepted())
                    .put("routed", counts.routed())
                    .put("late", counts.late())
                    .put("deadLettered", counts.deadLettered())
                    .put("unrouted", counts.unrouted())
                    .put("duplicates", counts.duplicates())
                    .put("inFlight", entry.inFlight())
                    .put("difference", entry.difference())
                    .put("derived", counts.derived());
            counts.reasons().forEach(line.withObject("/reasons")::put);
            try {
                out.accept(json.writeValueAsString(line));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Numbers and texts can be written", e);
            }
        }
    }
}
