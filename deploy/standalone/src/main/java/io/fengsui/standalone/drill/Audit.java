package io.fengsui.standalone.drill;

import io.fengsui.ops.Account;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.fleet.Expectation;
import io.fengsui.seeds.fleet.Outcome;
import io.fengsui.standalone.drill.Observations.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Matches what a fleet sent with what lies in the topics, event by event. Each message that was acknowledged must be in
 * all of its reader topics, with the unrouted ones or a dead letter, behind what its device sent before; copies of one that
 * is there are duplicates, which the streams app counts. The ledger that it keeps must say the same of each feed and realm.
 * Pure.
 */
final class Audit {
    private static final int SHOWN = 10;

    private final Observations observations;
    private final long redeliveries;
    private final Map<Section, Tally> tallies = new LinkedHashMap<>();
    private final Set<String> expected = new HashSet<>();
    /** By topic and device, where its newest event stands. */
    private final Map<String, Long> newest = new HashMap<>();

    private final Findings findings = new Findings(SHOWN);

    /** @param redeliveries most copies there may be of which publishers know nothing, made by a broker or by a restart */
    Audit(Observations observations, long redeliveries) {
        this.observations = observations;
        this.redeliveries = redeliveries;
        for (Feed<?> feed : Feeds.all()) {
            for (Realm realm : Realm.values()) {
                tallies.put(new Section(feed.id(), realm), new Tally());
            }
        }
    }

    /** To be called with every message that was or may have been published, those of a device in the order of sending. */
    void check(Expectation message) {
        expected.add(message.eventId());
        Found found = observations.events().get(message.eventId());
        if (!message.possible()) {
            check(message, found == null ? new Found() : found);
        } else if (found != null) {
            check(message.fired(), found);
        }
    }

    private void check(Expectation message, Found found) {
        Tally tally = tally(new Section(message.feed().id(), message.realm()));
        tally.published += message.copies();
        tally.acknowledged += message.acknowledged();
        if (message.outcome() == Outcome.DEAD_LETTER) {
            checkDeadLetter(message, found, tally);
        } else {
            checkEvent(message, found, tally);
            checkOrder(message, found);
        }
    }

    /** To be called last. */
    LedgerReport report() {
        observations.events().keySet().stream()
                .filter(id -> !expected.contains(id))
                .forEach(id -> findings.add("never sent", id));
        observations.unreadable().forEach(where -> findings.add("unreadable", where));
        AlertAudit alerts = new AlertAudit(observations, findings);
        alerts.check();
        observations.sections().forEach(this::tally);
        tallies.forEach(this::compareAccounts);
        Map<String, Tally> byFeed = new LinkedHashMap<>();
        Tally total = new Tally();
        tallies.forEach((section, tally) -> {
            byFeed.computeIfAbsent(section.feedId(), id -> new Tally()).add(tally);
            total.add(tally);
        });
        if (total.redelivered() > redeliveries) {
            byFeed.forEach(this::tellRedelivered);
        }
        return new LedgerReport(byFeed, total, observations, findings);
    }

    private Tally tally(Section section) {
        return tallies.computeIfAbsent(section, s -> new Tally());
    }

    private void checkDeadLetter(Expectation message, Found found, Tally tally) {
        tally.expectedDeadLetters += message.acknowledged();
        int lacking = message.acknowledged() - found.reasons().size();
        if (lacking > 0) {
            tally.missing += lacking;
            findings.add("missing", message.eventId());
        }
        Rejection reason = message.reason();
        boolean otherReason = reason != null && !Set.of(reason.name()).containsAll(found.reasons());
        // Of other feeds' devices a protected feed may keep letters, too: the same vendor sent them.
        boolean exposed = message.feed().isProtected() && !message.topics().containsAll(found.letterTopics());
        if (!found.topics().isEmpty() || otherReason || exposed) {
            tally.misplaced++;
            findings.add(
                    "misplaced",
                    message.eventId() + ": expected " + reason + " in " + message.topics() + ", found "
                            + found.reasons() + found.letterTopics()
                            + found.topics().keySet());
        }
    }

    private void checkEvent(Expectation message, Found found, Tally tally) {
        tally.expectedDuplicates += Math.max(0, message.acknowledged() - 1);
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
            tally.late += found.late() ? 1 : 0;
            if (found.late() != message.late()) {
                findings.add("wrongly marked " + (found.late() ? "late" : "in time"), message.eventId());
            }
        } else {
            tally.unrouted++;
        }
        List<String> twice = found.topics().entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!twice.isEmpty()) {
            tally.doubled++;
            findings.add("doubled", message.eventId() + " in " + String.join(", ", twice));
        }
    }

    /** A device clock that is behind, or set back, changes nothing about the order: it is that of sending. */
    private void checkOrder(Expectation message, Found found) {
        if (message.lastWill()) {
            return;
        }
        String device = message.eventId().substring(0, message.eventId().lastIndexOf('/'));
        found.places().forEach((topic, place) -> {
            long before = newest.getOrDefault(topic + " " + device, -1L);
            if (place < before) {
                findings.add("out of order", message.eventId() + " in " + topic);
            }
            newest.put(topic + " " + device, Math.max(place, before));
        });
    }

    /** Dead letters are found in their topic and in the account; duplicates in the account alone. */
    private void compareAccounts(Section section, Tally tally) {
        tally.deadLettered = observations.deadLetters(section);
        tally.duplicates = observations.counted(section, Account::getDuplicates);
        compare(section, "routed", Account::getRouted, tally.routed);
        compare(section, "unrouted", Account::getUnrouted, tally.unrouted);
        compare(section, "late", Account::getLate, tally.late);
        compare(section, "dead-lettered", Account::getDeadLettered, tally.deadLettered);
        if (tally.duplicates < tally.expectedDuplicates) {
            differs(section, "duplicates " + tally.duplicates + ", published were " + tally.expectedDuplicates);
        }
    }

    private void compare(Section section, String what, ToLongFunction<Account> count, long audited) {
        long kept = observations.counted(section, count);
        if (kept != audited) {
            differs(section, what + " " + kept + ", the audit found " + audited);
        }
    }

    private void differs(Section section, String how) {
        findings.add("ledger.account differs", section + ": " + how);
    }

    private void tellRedelivered(String feedId, Tally tally) {
        if (tally.redelivered() > 0) {
            findings.add(
                    "delivered again",
                    String.format(
                            Locale.ROOT,
                            "%s: %,d duplicates, published were %,d; %,d dead letters, published were %,d",
                            feedId,
                            tally.duplicates,
                            tally.expectedDuplicates,
                            tally.deadLettered,
                            tally.expectedDeadLetters));
        }
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
