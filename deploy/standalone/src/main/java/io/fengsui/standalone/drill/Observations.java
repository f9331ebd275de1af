package io.fengsui.standalone.drill;

import io.fengsui.alert.Alert;
import io.fengsui.event.EventHeader;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What lies in the topics at the end of the pipeline. One thread. */
final class Observations {

    /** Where copies of one event were found. */
    static final class Found {
        private final Map<String, Integer> topics = new TreeMap<>();
        private final List<String> reasons = new ArrayList<>();
        private boolean late;

        /** Copies by name of the reader topic or feed.unrouted. */
        Map<String, Integer> topics() {
            return topics;
        }

        /** Reason of each dead letter. */
        List<String> reasons() {
            return reasons;
        }

        /** Whether a reader sees it marked late. */
        boolean late() {
            return late;
        }
    }

    /** One revision of an alert. */
    record Revision(Realm realm, String alertId, int revision) {}

    private final Map<String, Found> events = new HashMap<>();
    private final Map<Revision, Alert> alerts = new HashMap<>();
    private final Map<Revision, Map<String, Integer>> alertCopies = new HashMap<>();
    private final Map<Realm, Set<String>> signalled = new HashMap<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private long deadLetters;
    private long records;

    void event(String topic, EventHeader header) {
        records++;
        Found found = found(header.getEventId());
        found.topics.merge(topic, 1, Integer::sum);
        found.late |= header.getLate();
    }

    void unrouted(String topic, Unrouted unrouted) {
        records++;
        found(unrouted.getEventId()).topics.merge(topic, 1, Integer::sum);
    }

    void deadLetter(DeadLetter letter) {
        records++;
        deadLetters++;
        String id = letter.getEventId();
        found(id == null ? "dead letter " + deadLetters + " without id" : id)
                .reasons
                .add(letter.getReason());
    }

    /** An alert as it stands in alert.state or in the topic of a unit or department. */
    void alert(Realm realm, String topic, Alert alert) {
        records++;
        Revision revision = new Revision(realm, alert.getAlertId(), alert.getRevision());
        if (topic.equals(Topics.alertState(realm).name())) {
            alerts.put(revision, alert);
        }
        alertCopies.computeIfAbsent(revision, r -> new TreeMap<>()).merge(topic, 1, Integer::sum);
    }

    void signal(Realm realm, String alertId) {
        records++;
        signalled.computeIfAbsent(realm, r -> new HashSet<>()).add(alertId);
    }

    void account(String key, Account account) {
        records++;
        accounts.put(key, account);
    }

    void unreadable(String where) {
        records++;
        unreadable.add(where);
    }

    Map<String, Found> events() {
        return events;
    }

    /** Revisions in alert.state. */
    Map<Revision, Alert> alerts() {
        return alerts;
    }

    /** Copies of each revision by topic, alert.state included. */
    Map<Revision, Map<String, Integer>> alertCopies() {
        return alertCopies;
    }

    /** Alerts that rules have spoken of. */
    Set<String> signalled(Realm realm) {
        return signalled.getOrDefault(realm, Collections.emptySet());
    }

    /** The last account of every task, feed, hour and realm. */
    Map<String, Account> accounts() {
        return accounts;
    }

    /** Topic, partition and offset of records that nobody could read. */
    List<String> unreadable() {
        return unreadable;
    }

    /** Dead letters, repetitions included. */
    long deadLetters() {
        return deadLetters;
    }

    /** Events with a reader or in feed.unrouted, duplicates that the ledger counts, and dead letters. */
    long accountedFor() {
        long placed = events.values().stream().filter(f -> !f.topics.isEmpty()).count();
        return placed
                + deadLetters
                + accounts.values().stream().mapToLong(Account::getDuplicates).sum();
    }

    /** Records read so far. */
    long records() {
        return records;
    }

    private Found found(String eventId) {
        return events.computeIfAbsent(eventId, id -> new Found());
    }
}
