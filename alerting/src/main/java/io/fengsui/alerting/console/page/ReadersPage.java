package io.fengsui.alerting.console.page;

import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.board.ReadersView.Reading;
import io.fengsui.reference.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which platforms read what is sent to them.
 *
 * @param rows those that do not read first
 * @param silent how many do not
 * @param stale since when this could not be read anew; empty if it was
 * @param limit how long a record may wait, in words
 */
public record ReadersPage(
        Frame frame, boolean read, List<Row> rows, int silent, int without, Optional<String> stale, String limit) {
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** How a platform is with its topics, the worst first. */
    public enum Standing {
        /** Records wait longer than the limit. */
        SILENT(AccessWord.READER_SILENT, "silent"),
        /** Records wait, and no client is connected to take them. */
        AWAY(AccessWord.READER_AWAY, "away"),
        /** Records wait, not for long. */
        BEHIND(AccessWord.READER_BEHIND, "behind"),
        /** Everything is read. */
        READ(AccessWord.READER_READ, "read"),
        /** No group has ever read this unit's topics. */
        NOBODY(AccessWord.READER_NOBODY, "nobody");

        @SuppressWarnings("ImmutableEnumChecker") // all phrases are enums
        private final Phrase word;

        private final String style;

        Standing(Phrase word, String style) {
            this.word = word;
            this.style = style;
        }

        public Phrase word() {
            return word;
        }

        public String style() {
            return style;
        }

        static Standing of(Receipt receipt, Duration limit, Instant now) {
            Instant oldest = receipt.oldestUnread();
            if (oldest == null) {
                return READ;
            }
            if (Duration.between(oldest, now).compareTo(limit) >= 0) {
                return SILENT;
            }
            return receipt.members() == 0 ? AWAY : BEHIND;
        }
    }

    /**
     * One consumer group at a unit's topics, or a unit that none reads.
     *
     * @param oldest how long the oldest unread record has waited; empty if everything is read
     */
    public record Row(
            Standing standing, String unit, String unitId, String group, int members, long unread, String oldest) {}

    /**
     * @param units all that have topics
     * @param limit a platform that lets records wait for so long does not read
     */
    public static ReadersPage of(Frame frame, Collection<Unit> units, Optional<Reading> reading, Duration limit) {
        Times times = frame.times();
        List<Receipt> receipts = reading.map(Reading::receipts).orElse(List.of());
        List<Row> rows = new ArrayList<>();
        for (Receipt receipt : receipts) {
            rows.add(row(receipt, units, limit, times));
        }
        if (reading.isPresent()) {
            units.stream()
                    .filter(unit -> receipts.stream()
                            .noneMatch(receipt -> receipt.unit().equals(unit.getUnitId())))
                    .map(unit -> new Row(Standing.NOBODY, name(unit, times.words()), unit.getUnitId(), "", 0, 0, ""))
                    .forEach(rows::add);
        }
        rows.sort(Comparator.comparing(Row::standing).thenComparing(Row::unitId).thenComparing(Row::group));
        return new ReadersPage(
                frame,
                reading.isPresent(),
                rows,
                count(rows, Standing.SILENT),
                count(rows, Standing.NOBODY),
                reading.map(Reading::at)
                        .filter(at -> Duration.between(at, times.now()).compareTo(FRESH) > 0)
                        .map(times::full),
                times.span(limit));
    }

    private static Row row(Receipt receipt, Collection<Unit> units, Duration limit, Times times) {
        Instant oldest = receipt.oldestUnread();
        return new Row(
                Standing.of(receipt, limit, times.now()),
                units.stream()
                        .filter(unit -> unit.getUnitId().equals(receipt.unit()))
                        .findFirst()
                        .map(unit -> name(unit, times.words()))
                        .orElse(receipt.unit()),
                receipt.unit(),
                receipt.group(),
                receipt.members(),
                receipt.unread(),
                oldest == null ? "" : times.age(oldest));
    }

    private static int count(List<Row> rows, Standing standing) {
        return (int) rows.stream().filter(row -> row.standing() == standing).count();
    }

    private static String name(Unit unit, Words words) {
        return Stream.of(words.language() == Language.ZH ? unit.getNameZh() : unit.getNameEn(), unit.getNameZh())
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse(unit.getUnitId());
    }

    public Words words() {
        return frame.words();
    }
}
