package io.fengsui.standalone.unrouted;

import io.fengsui.ops.Unrouted;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Moment;
import io.fengsui.standalone.letters.Printable;
import io.fengsui.streams.route.UnroutedReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The queue for people: what is missing and how many events wait for it, or event by event. Fits a terminal of 120 columns. */
public final class QueueTable {
    private static final int COLUMNS = 120;
    private static final int COUNT = 7;
    private static final int FEED = 14;
    private static final int TIME = 19;
    private static final int DETAIL = 52;
    private static final String GAP = "  ";

    private final Language language;
    private final Consumer<String> out;

    private record Cause(String feed, String detail) {}

    private record Group(long count, long open, Instant oldest, Instant newest) {
        Group plus(Group more) {
            return new Group(
                    count + more.count,
                    open + more.open,
                    oldest.isBefore(more.oldest) ? oldest : more.oldest,
                    newest.isAfter(more.newest) ? newest : more.newest);
        }
    }

    public QueueTable(Language language, Consumer<String> out) {
        this.language = language;
        this.out = out;
    }

    /** What is missing, the most frequent first, and what to do about it. */
    public void causes(Queue queue) {
        Map<Cause, Group> groups = new LinkedHashMap<>();
        for (Unrouted entry : queue.entries()) {
            long open = queue.log().settled(entry.getEventId()) ? 0 : 1;
            groups.merge(
                    new Cause(entry.getFeed(), entry.getDetail()),
                    new Group(1, open, entry.getUnroutedAt(), entry.getUnroutedAt()),
                    Group::plus);
        }
        if (!groups.isEmpty()) {
            row(
                    language.say("事件", "EVENTS"),
                    language.say("未了", "OPEN"),
                    language.say("类别", "FEED"),
                    language.say("缺少什么", "WHAT IS MISSING"),
                    language.say("最近一次", "NEWEST"));
        }
        groups.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingLong(Group::count).reversed()))
                .forEach(group -> row(
                        Long.toString(group.getValue().count()),
                        Long.toString(group.getValue().open()),
                        group.getKey().feed(),
                        group.getKey().detail(),
                        Moment.shown(group.getValue().newest())));
        counts(queue);
        remedies(queue.entries());
    }

    /** The newest events, the newest last. */
    public void events(Queue queue, int limit) {
        List<Unrouted> entries = List.copyOf(queue.entries());
        entries.subList(Math.max(0, entries.size() - limit), entries.size())
                .forEach(entry -> out.accept(Printable.of((queue.log().settled(entry.getEventId()) ? "* " : "  ")
                        + Moment.shown(entry.getUnroutedAt())
                        + GAP
                        + entry.getFeed()
                        + GAP
                        + entry.getEventId()
                        + GAP
                        + entry.getDetail())));
        counts(queue);
    }

    private void counts(Queue queue) {
        long all = queue.entries().size();
        long settled = queue.entries().stream()
                .filter(entry -> queue.log().settled(entry.getEventId()))
                .count();
        out.accept(language.say(
                "共 " + all + " 个事件，其中 " + (all - settled) + " 个未了",
                all + (all == 1 ? " event, " : " events, ") + (all - settled) + " of them open"));
    }

    private void remedies(Collection<Unrouted> entries) {
        Set<UnroutedReason> reasons = new TreeSet<>();
        entries.forEach(entry -> reasonsOf(entry).forEach(reasons::add));
        reasons.forEach(reason -> out.accept(Printable.cut(
                reason.name() + ": " + language.say(reason.zh(), reason.en()) + ". " + reason.remedy(), 2 * COLUMNS)));
    }

    static List<UnroutedReason> reasonsOf(Unrouted entry) {
        return Arrays.stream(entry.getDetail().split("; "))
                .map(part -> part.split(": ")[0])
                .flatMap(name -> reason(name).stream())
                .distinct()
                .toList();
    }

    private static Optional<UnroutedReason> reason(String name) {
        return Arrays.stream(UnroutedReason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst();
    }

    private void row(String count, String open, String feed, String detail, String newest) {
        out.accept(Printable.cut(
                        " ".repeat(Math.max(0, COUNT - Printable.width(count)))
                                + count
                                + " ".repeat(Math.max(0, COUNT - Printable.width(open)))
                                + open
                                + GAP
                                + Printable.pad(Printable.of(feed), FEED)
                                + GAP
                                + Printable.pad(Printable.cut(Printable.of(detail), DETAIL), DETAIL)
                                + GAP
                                + Printable.pad(newest, TIME),
                        COLUMNS)
                .stripTrailing());
    }
}
