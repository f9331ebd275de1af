package io.fengsui.standalone.drill;

import io.fengsui.ops.Account;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.seeds.fleet.Expectation;
import io.fengsui.seeds.fleet.Outcome;
import io.fengsui.standalone.drill.Observations.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Matches what a fleet sent with what lies in the topics, event by event. Each message that was acknowledged must be in
 * all of its reader topics, in feed.unrouted or in feed.dead-letter; copies of one that is there are duplicates. The
 * ledger that the streams app keeps must say the same. Pure.
 */
final class Audit {
    private static final int SHOWN = 10;

    private final Observations observations;
    private final Map<Feed<?>, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Set<String> expected = new HashSet<>();
    private final Findings findings = new Findings(SHOWN);

    Audit(Observations observations) {
        this.observations = observations;
        Feeds.all().forEach(feed -> tallies.put(feed, new Tally()));
    }

    /** To be called with every message that was published. */
    void check(Expectation message) {
        expected.add(message.eventId());
        Tally tally = Objects.requireNonNull(tallies.get(message.feed()));
        tally.published += message.copies();
        tally.acknowledged += message.acknowledged();
        Found found = observations.events().get(message.eventId());
        if (found == null) {
            if (message.due()) {
                tally.missing += message.acknowledged();
                findings.add("missing", message.eventId());
            }
        } else if (message.outcome() == Outcome.DEAD_LETTER) {
            checkDeadLetter(message, found, tally);
        } else {
            checkEvent(message, found, tally);
        }
    }

    /** To be called last. */
    LedgerReport report() {
        Tally total = new Tally();
        tallies.values().forEach(total::add);
        observations.events().keySet().stream()
                .filter(id -> !expected.contains(id))
                .forEach(id -> findings.add("never sent", id));
        observations.unreadable().forEach(where -> findings.add("unreadable", where));
        AlertAudit alerts = new AlertAudit(observations, findings);
        alerts.check();
        compareAccounts(total);
        return new LedgerReport(tallies, total, reasons, alerts.revisions(), findings);
    }

    private void checkDeadLetter(Expectation message, Found found, Tally tally) {
        int letters = found.reasons().size();
        long short_ = Math.max(0, message.acknowledged() - letters);
        tally.deadLettered += message.acknowledged() - short_;
        if (short_ > 0) {
            tally.missing += short_;
            findings.add("missing", message.eventId());
        }
        Rejection reason = message.reason();
        found.reasons().stream().distinct().forEach(r -> reasons.merge(r, 0L + message.acknowledged(), Long::sum));
        boolean otherReason = reason != null && !Set.of(reason.name()).containsAll(found.reasons());
        if (!found.topics().isEmpty() || otherReason) {
            tally.misplaced++;
            findings.add(
                    "misplaced",
                    message.eventId() + ": expected " + reason + ", found " + found.reasons()
                            + found.topics().keySet());
        }
    }

    private void checkEvent(Expectation message, Found found, Tally tally) {
        Set<String> lacking = new HashSet<>(message.topics());
        lacking.removeAll(found.topics().keySet());
        Set<String> wrong = new HashSet<>(found.topics().keySet());
        wrong.removeAll(message.topics());
        if (!found.reasons().isEmpty() || !wrong.isEmpty()) {
            tally.misplaced++;
            findings.add("misplaced", message.eventId() + ": found in " + wrong + found.reasons());
        }
        if (!lacking.isEmpty()) {
            if (message.due()) {
                tally.missing++;
                findings.add("missing", message.eventId() + " in " + String.join(", ", lacking));
            }
            return;
        }
        if (message.outcome() == Outcome.ROUTED) {
            tally.routed++;
            if (found.late() != message.late()) {
                findings.add("wrongly marked " + (found.late() ? "late" : "in time"), message.eventId());
            }
        } else {
            tally.unrouted++;
        }
        tally.duplicates += Math.max(0, message.acknowledged() - 1);
        List<String> twice = found.topics().entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!twice.isEmpty()) {
            tally.doubled++;
            findings.add("doubled", message.eventId() + " in " + String.join(", ", twice));
        }
    }

    /** A broker may deliver a message again of which the publisher knows nothing, so there may be more duplicates. */
    private void compareAccounts(Tally total) {
        List<String> differences = new ArrayList<>();
        compare(differences, "routed", Account::getRouted, total.routed);
        compare(differences, "unrouted", Account::getUnrouted, total.unrouted);
        compare(differences, "dead-lettered", Account::getDeadLettered, observations.deadLetters());
        long duplicates = sum(Account::getDuplicates);
        if (duplicates < total.duplicates) {
            differences.add("duplicates " + duplicates + ", the audit found " + total.duplicates);
        }
        differences.forEach(difference -> findings.add("ledger.account differs", difference));
    }

    private void compare(List<String> differences, String what, ToLongFunction<Account> count, long audited) {
        long kept = sum(count);
        if (kept != audited) {
            differences.add(what + " " + kept + ", the audit found " + audited);
        }
    }

    private long sum(ToLongFunction<Account> count) {
        return observations.accounts().values().stream().mapToLong(count).sum();
    }

    /** What is wrong, by kind, the first few of each in words. */
    static final class Findings {
        private final int shown;
        private final Map<String, Integer> counts = new LinkedHashMap<>();
        private final Map<String, List<String>> examples = new LinkedHashMap<>();

        Findings(int shown) {
            this.shown = shown;
        }

        void add(String kind, String example) {
            counts.merge(kind, 1, Integer::sum);
            List<String> list = examples.computeIfAbsent(kind, k -> new ArrayList<>());
            if (list.size() < shown) {
                list.add(example);
            }
        }

        Map<String, Integer> counts() {
            return counts;
        }

        List<String> examples(String kind) {
            @Nullable List<String> list = examples.get(kind);
            return list == null ? List.of() : list;
        }
    }
}
