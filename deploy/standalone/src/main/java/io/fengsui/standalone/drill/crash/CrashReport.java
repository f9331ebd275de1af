package io.fengsui.standalone.drill.crash;

import io.fengsui.standalone.drill.crash.Comparison.Difference;
import io.fengsui.standalone.drill.crash.WholeOutput.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a crash drill found.
 *
 * @param inputs records that were written for the app
 * @param cut records of transactions that a kill cut, which stand in the topics and no reader sees
 * @param takeovers from each kill to the first output of every share of the work, shortest first; of kills that another
 *     followed before, there is none
 * @param blind alerts about the app itself
 * @param silences devices of whose silence an alert was raised
 * @param untold devices that fell silent, and no alert was raised
 */
public record CrashReport(
        int kills,
        Duration took,
        int inputs,
        long cut,
        List<Duration> takeovers,
        int blind,
        int silences,
        List<String> untold,
        Comparison comparison) {

    /**
     * Whether the output is whole and nothing besides, every silence was told, and a kill did cut a transaction: else nothing was
     * tried.
     */
    public boolean good() {
        return comparison.same() && untold.isEmpty() && cut > 0;
    }

    public long lost() {
        return sum(Difference::lost, Kind.READERS, Kind.UNROUTED, Kind.DEAD_LETTERS);
    }

    public long doubled() {
        return sum(Difference::doubled, Kind.values());
    }

    public long missedAlerts() {
        return comparison.of(Kind.SIGNALS).lost() + untold.size();
    }

    public long invented() {
        return sum(Difference::invented, Kind.values());
    }

    public long outOfOrder() {
        return sum(Difference::outOfOrder, Kind.values());
    }

    private long sum(ToLongFunction<Difference> figure, Kind... kinds) {
        return Stream.of(kinds).map(comparison::of).mapToLong(figure).sum();
    }

    /** The table, what was found wrong, and a last line for machines. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "%,d kills in %d s, %,d records in", kills, took.toSeconds(), inputs);
        line(text, "%,d records of transactions that were cut; no reader saw them", cut);
        if (!takeovers.isEmpty()) {
            line(
                    text,
                    "From a kill to the first output of every partition: median %.1f s, longest %.1f s (%d kills)",
                    seconds(takeovers.get(takeovers.size() / 2)),
                    seconds(takeovers.get(takeovers.size() - 1)),
                    takeovers.size());
        }
        line(text, "%d alerts of silence; %d alerts that the app itself stood still (not compared)", silences, blind);
        line(text, "");
        line(
                text,
                "%-16s%10s%10s%8s%10s%10s%14s",
                "",
                "expected",
                "written",
                "lost",
                "doubled",
                "invented",
                "out of order");
        for (Kind kind : Kind.values()) {
            Difference difference = comparison.of(kind);
            line(
                    text,
                    "%-16s%,10d%,10d%,8d%,10d%,10d%,14d",
                    kind.words(),
                    difference.expected(),
                    difference.written(),
                    difference.lost(),
                    difference.doubled(),
                    difference.invented(),
                    difference.outOfOrder());
        }
        comparison.accounts().forEach((name, words) -> line(text, "ACCOUNT DIFFERS: %s: %s", name, words));
        comparison.examples().forEach(example -> line(text, "%s", example));
        untold.forEach(device -> line(text, "NOT TOLD: the silence of %s", device));
        if (cut == 0) {
            line(text, "NO TRANSACTION WAS CUT: the drill proves nothing; let it kill more often");
        }
        line(
                text,
                "lost=%d doubled=%d missed=%d invented=%d out_of_order=%d accounts_differ=%d",
                lost(),
                doubled(),
                missedAlerts(),
                invented(),
                outOfOrder(),
                comparison.accounts().size());
        return text.toString();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
