package io.fengsui.alerting.console.page;

import io.fengsui.alerting.board.Counts;
import io.fengsui.alerting.board.FeedAccount;
import io.fengsui.alerting.board.Ledger;
import io.fengsui.schema.rejection.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ledger.
 *
 * @param read whether the ledger has been read at all
 * @param verdict in words whether it balances
 * @param tone ok, busy or alarm
 * @param staleSince since when the figures stand still; empty if they are fresh
 * @param unrouted events that wait in the unrouted queue, of all feeds
 */
public record FeedsPage(
        Frame frame,
        boolean read,
        String verdict,
        String tone,
        Optional<String> staleSince,
        List<Row> rows,
        Row sum,
        List<ReasonRow> reasons,
        long unrouted) {

    private static final Duration STALE = Duration.ofSeconds(15);
    /** A difference is shown as an alarm once it has lasted; for moments it is only the age of the figures. */
    private static final Duration TOLERATED = Duration.ofSeconds(10);

    /** @param alarm whether the difference has lasted */
    public record Row(
            String id,
            String name,
            long accepted,
            Counts counts,
            long inFlight,
            long difference,
            boolean alarm,
            double perSecond,
            long lastDayAccepted,
            Counts lastDay) {

        public String rate() {
            return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
        }
    }

    /** Dead letters of one reason over all feeds. */
    public record ReasonRow(
            String code, String words, String remedy, String owner, String feeds, long total, long lastDay) {}

    public static FeedsPage of(Frame frame, Optional<Ledger> ledger) {
        Words words = frame.words();
        Instant now = frame.times().now();
        List<Row> rows = ledger.map(Ledger::feeds).orElse(List.of()).stream()
                .map(account -> row(account, words, now))
                .toList();
        Optional<String> staleSince = ledger.map(Ledger::at)
                .filter(at -> at.isBefore(now.minus(STALE)))
                .map(at -> frame.times().full(at));
        Row sum = sum(rows, words);
        List<Row> alarming = rows.stream().filter(Row::alarm).toList();
        return new FeedsPage(
                frame,
                ledger.isPresent(),
                verdict(alarming, sum, words),
                !alarming.isEmpty() ? "alarm" : sum.inFlight() > 0 ? "busy" : "ok",
                staleSince,
                rows,
                sum,
                reasons(rows, words),
                sum.counts().unrouted());
    }

    private static Row row(FeedAccount account, Words words, Instant now) {
        boolean lasting = account.differsSince()
                .filter(since -> !since.isAfter(now.minus(TOLERATED)))
                .isPresent();
        return new Row(
                account.feed(),
                words.feed(account.feed()),
                account.accepted(),
                account.counts(),
                account.inFlight(),
                account.difference(),
                lasting,
                account.acceptedPerSecond(),
                account.lastDayAccepted(),
                account.lastDay());
    }

    private static Row sum(List<Row> rows, Words words) {
        Row sum = new Row("", words.of(Word.SUM), 0, Counts.NONE, 0, 0, false, 0, 0, Counts.NONE);
        for (Row row : rows) {
            sum = new Row(
                    "",
                    sum.name(),
                    sum.accepted() + row.accepted(),
                    sum.counts().plus(row.counts()),
                    sum.inFlight() + row.inFlight(),
                    sum.difference() + row.difference(),
                    sum.alarm() || row.alarm(),
                    sum.perSecond() + row.perSecond(),
                    sum.lastDayAccepted() + row.lastDayAccepted(),
                    sum.lastDay().plus(row.lastDay()));
        }
        return sum;
    }

    private static String verdict(List<Row> alarming, Row sum, Words words) {
        if (!alarming.isEmpty()) {
            return words.of(
                    Word.LEDGER_DIFFERS,
                    words.join(alarming.stream()
                            .map(row -> words.of(
                                    row.difference() > 0 ? Word.LEDGER_MISSING : Word.LEDGER_DOUBLED,
                                    row.name(),
                                    words.number(Math.abs(row.difference()))))
                            .toList()));
        }
        return sum.inFlight() > 0
                ? words.of(Word.LEDGER_BUSY, words.number(sum.inFlight()))
                : words.of(Word.LEDGER_BALANCED);
    }

    private static List<ReasonRow> reasons(List<Row> rows, Words words) {
        Map<String, List<Row>> byReason = new TreeMap<>();
        for (Row row : rows) {
            row.counts().reasons().keySet().forEach(reason -> byReason.computeIfAbsent(
                            reason, code -> new ArrayList<>())
                    .add(row));
        }
        List<ReasonRow> reasons = new ArrayList<>();
        byReason.forEach((code, found) -> reasons.add(reason(code, found, words)));
        reasons.sort((a, b) -> Long.compare(b.total(), a.total()));
        return reasons;
    }

    private static ReasonRow reason(String code, List<Row> rows, Words words) {
        Optional<Rejection> known = rejection(code);
        boolean zh = words.language() == Language.ZH;
        return new ReasonRow(
                code,
                known.map(rejection -> zh ? rejection.zh() : rejection.en()).orElse(code),
                known.map(rejection -> zh ? rejection.remedyZh() : rejection.remedy())
                        .orElse(""),
                known.map(rejection -> words.of(
                                Word.valueOf("OWNER_" + rejection.owner().name())))
                        .orElse(""),
                words.join(rows.stream().map(Row::name).toList()),
                rows.stream()
                        .mapToLong(row -> row.counts().reasons().getOrDefault(code, 0L))
                        .sum(),
                rows.stream()
                        .mapToLong(row -> row.lastDay().reasons().getOrDefault(code, 0L))
                        .sum());
    }

    private static Optional<Rejection> rejection(String code) {
        for (Rejection rejection : Rejection.values()) {
            if (rejection.name().equals(code)) {
                return Optional.of(rejection);
            }
        }
        return Optional.empty();
    }

    public Words words() {
        return frame.words();
    }
}
