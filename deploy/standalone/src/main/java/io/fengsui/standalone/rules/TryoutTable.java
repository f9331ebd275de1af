package io.fengsui.standalone.rules;

import io.fengsui.standalone.letters.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What two sets of rules said of the same events, a line a rule, and where they differ. */
public final class TryoutTable {
    private final RuleTally before;
    private final RuleTally after;
    private final int named;

    /** @param named most alerts that are named a rule, of those that only one of the two has */
    public TryoutTable(RuleTally before, RuleTally after, int named) {
        this.before = before;
        this.after = after;
        this.named = named;
    }

    /** @param rules that get a line, though they may have said nothing */
    public void print(Set<String> rules, Consumer<String> out) {
        out.accept(row("", "in force", "", "", "tried", "", ""));
        out.accept(row("rule", "raised", "cleared", "devices", "raised", "cleared", "devices"));
        Set<String> all = new TreeSet<>(rules);
        all.addAll(before.rules());
        all.addAll(after.rules());
        boolean same = true;
        for (String rule : all) {
            RuleTally.Count is = before.of(rule);
            RuleTally.Count wouldBe = after.of(rule);
            out.accept(row(
                    rule,
                    number(is.raised()),
                    number(is.cleared()),
                    number(is.devices().size()),
                    number(wouldBe.raised()),
                    number(wouldBe.cleared()),
                    number(wouldBe.devices().size())));
            difference("only tried:   ", wouldBe.alerts(), is.alerts(), out);
            difference("only in force:", is.alerts(), wouldBe.alerts(), out);
            same &= is.raised() == wouldBe.raised()
                    && is.cleared() == wouldBe.cleared()
                    && is.alerts().equals(wouldBe.alerts());
        }
        if (same) {
            out.accept("No difference");
        }
    }

    private void difference(String what, Set<String> alerts, Set<String> without, Consumer<String> out) {
        List<String> only =
                alerts.stream().filter(alert -> !without.contains(alert)).toList();
        if (only.isEmpty()) {
            return;
        }
        String rest = only.size() > named ? " and " + (only.size() - named) + " more" : "";
        out.accept("  " + what + " " + Printable.of(String.join(", ", only.subList(0, Math.min(named, only.size()))))
                + rest);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-32s %10s %10s %10s %10s %10s %10s", cells)
                .stripTrailing();
    }
}
