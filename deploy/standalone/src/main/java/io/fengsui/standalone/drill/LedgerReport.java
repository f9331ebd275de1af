package io.fengsui.standalone.drill;

import io.fengsui.schema.topic.Realm;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The result of an audit, and how it is printed. */
public final class LedgerReport {
    private static final int COLUMN = 14;

    private final Map<String, Tally> tallies;
    private final Tally total;
    private final Observations observations;
    private final Audit.Findings findings;

    LedgerReport(Map<String, Tally> tallies, Tally total, Observations observations, Audit.Findings findings) {
        this.tallies = tallies;
        this.total = total;
        this.observations = observations;
        this.findings = findings;
    }

    /**
     * Published = acknowledged = routed + dead-lettered + unrouted + duplicates, less what was delivered again where that is
     * allowed, and nothing wrong was found.
     */
    public boolean balances() {
        return total.balances() && findings.counts().isEmpty();
    }

    /** Acknowledged messages that are not where they should be. */
    public long missing() {
        return total.missing;
    }

    /** Events that a reader sees twice. */
    public long doubled() {
        return total.doubled;
    }

    public long published() {
        return total.published;
    }

    /** Copies that were found and that no publisher sent. */
    public long redelivered() {
        return total.redelivered();
    }

    /** Revisions of alerts in alert.state. */
    public long alertRevisions(Realm realm) {
        return observations.alerts().keySet().stream()
                .filter(revision -> revision.key().realm() == realm)
                .count();
    }

    /** Number of findings by kind; empty if nothing is wrong. */
    public Map<String, Integer> findings() {
        return Map.copyOf(findings.counts());
    }

    /** The table with what was found wrong below it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format("%-16s", "feed"));
        for (Column column : Column.values()) {
            text.append(String.format("%" + COLUMN + "s", column.title));
        }
        text.append('\n');
        tallies.forEach((feed, tally) -> row(text, feed, tally));
        row(text, "total", total);
        Map<String, Integer> reasons = observations.reasons();
        if (!reasons.isEmpty()) {
            text.append("\nDead letters: ")
                    .append(reasons.entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        text.append("\nAlerts: ")
                .append(alertRevisions(Realm.LIVE))
                .append(" revisions and ")
                .append(alertRevisions(Realm.DRILL))
                .append(" of exercises, each once in alert.state and with each reader, unless said below\n");
        findings.counts().forEach((kind, count) -> {
            text.append('\n').append(kind).append(": ").append(count).append('\n');
            findings.examples(kind)
                    .forEach(example -> text.append("  ").append(example).append('\n'));
            if (count > findings.examples(kind).size()) {
                text.append("  …\n");
            }
        });
        return text.append('\n').append(verdict()).append('\n').toString();
    }

    private String verdict() {
        if (balances()) {
            return String.format(
                    Locale.ROOT,
                    "The ledger balances: %,d published = %,d acknowledged = %,d routed + %,d dead-lettered + %,d unrouted"
                            + " + %,d duplicates%s",
                    total.published,
                    total.acknowledged,
                    total.routed,
                    total.deadLettered,
                    total.unrouted,
                    total.duplicates,
                    total.redelivered() == 0
                            ? ""
                            : String.format(Locale.ROOT, " - %,d delivered again", total.redelivered()));
        }
        return String.format(
                Locale.ROOT,
                "THE LEDGER DOES NOT BALANCE: %,d published, %,d acknowledged, %,d accounted for; missing %,d, doubled %,d,"
                        + " misplaced %,d",
                total.published,
                total.acknowledged,
                total.accounted(),
                total.missing,
                total.doubled,
                total.misplaced);
    }

    private static void row(StringBuilder text, String name, Tally tally) {
        text.append(String.format("%-16s", name));
        for (Column column : Column.values()) {
            text.append(String.format(Locale.ROOT, "%," + COLUMN + "d", column.count.applyAsLong(tally)));
        }
        text.append('\n');
    }

    private enum Column {
        PUBLISHED("published", t -> t.published),
        ACKNOWLEDGED("acknowledged", t -> t.acknowledged),
        ROUTED("routed", t -> t.routed),
        DEAD_LETTERED("dead-lettered", t -> t.deadLettered),
        UNROUTED("unrouted", t -> t.unrouted),
        DUPLICATES("duplicates", t -> t.duplicates),
        REDELIVERED("again", Tally::redelivered),
        MISSING("missing", t -> t.missing),
        DOUBLED("doubled", t -> t.doubled),
        MISPLACED("misplaced", t -> t.misplaced);

        private final String title;

        @SuppressWarnings("ImmutableEnumChecker") // captures nothing
        private final ToLongFunction<Tally> count;

        Column(String title, ToLongFunction<Tally> count) {
            this.title = title;
            this.count = count;
        }
    }
}
