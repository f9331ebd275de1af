package io.fengsui.standalone.drill;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** What lies in the topics at the end of the pipeline. One thread. */
final class Observations {
    /** Feed of a dead letter that names none, in the ledger. */
    private static final String UNKNOWN_FEED = "unknown";

    /** Where copies of one event were found. */
    static final class Found {
        private final Map<String, Integer> topics = new TreeMap<>();
        private final Map<String, Long> places = new HashMap<>();
        private final List<String> reasons = new ArrayList<>();
        private final Set<String> letterTopics = new TreeSet<>();
        private boolean late;

        /** Copies by name of the topic, of a reader or of unrouted events. */
        Map<String, Integer> topics() {
            return topics;
        }

        /** By name of the topic, where its first copy stands among all that was read: greater is later. */
        Map<String, Long> places() {
            return places;
        }

        /** Reason of each dead letter. */
        List<String> reasons() {
            return reasons;
        }

        /** Names of the topics that its dead letters are in. */
        Set<String> letterTopics() {
            return letterTopics;
        }

        /** Whether a reader sees it marked late. */
        boolean late() {
            return late;
        }

        private void add(String topic, long place) {
            topics.merge(topic, 1, Integer::sum);
            places.putIfAbsent(topic, place);
        }
    }

    /** An alert is the same one again only within its realm. */
    record AlertKey(Realm realm, String alertId) {
        @Override
        public String toString() {
            return realm.prefix() + alertId;
        }
    }

    /** One revision of an alert. */
    record Revision(AlertKey key, int revision) {}

    private final Map<String, Found> events = new HashMap<>();
    private final Map<Revision, Alert> alerts = new HashMap<>();
    private final Map<Revision, Map<String, Integer>> alertCopies = new HashMap<>();
    private final Map<AlertKey, SpokenAlert> spokenAlerts = new HashMap<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private final Map<Section, Long> deadLetters = new HashMap<>();
    private long lettersWithoutId;
    private long records;

    void event(String topic, EventHeader header) {
        records++;
        Found found = found(header.getEventId());
        found.add(topic, records);
        found.late |= header.getLate();
    }

    void unrouted(String topic, Unrouted unrouted) {
        records++;
        found(unrouted.getEventId()).add(topic, records);
    }

    void deadLetter(String topic, DeadLetter letter) {
        records++;
        // Feed and realm as the ledger takes them.
        String feed = letter.getFeed() == null ? UNKNOWN_FEED : letter.getFeed();
        boolean drill = letter.getStatus() != EventStatus.UNKNOWN && letter.getStatus() != EventStatus.ACTUAL;
        deadLetters.merge(new Section(feed, drill ? Realm.DRILL : Realm.LIVE), 1L, Long::sum);
        String id = letter.getEventId();
        Found found = found(id == null ? "dead letter " + ++lettersWithoutId + " without id" : id);
        found.reasons.add(letter.getReason());
        found.letterTopics.add(topic);
    }

    /** An alert as it stands in alert.state or in the topic of a unit or department. */
    void alert(Realm realm, String topic, Alert alert) {
        records++;
        Revision revision = new Revision(new AlertKey(realm, alert.getAlertId()), alert.getRevision());
        if (topic.equals(Topics.alertState(realm).name())) {
            alerts.put(revision, alert);
        }
        alertCopies.computeIfAbsent(revision, r -> new TreeMap<>()).merge(topic, 1, Integer::sum);
    }

    void signal(Realm realm, AlertSignal signal) {
        records++;
        spokenAlerts
                .computeIfAbsent(new AlertKey(realm, signal.getAlertId()), key -> new SpokenAlert())
                .hear(signal);
    }

    /** @param key ends in '|' and the realm */
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

    /** What rules have said of each alert. */
    Map<AlertKey, SpokenAlert> spokenAlerts() {
        return spokenAlerts;
    }

    /** What the streams app's ledger has counted: the last account of every task and hour. */
    long counted(Section section, ToLongFunction<Account> count) {
        return accounts.entrySet().stream()
                .filter(account -> sectionOf(account).equals(section))
                .mapToLong(account -> count.applyAsLong(account.getValue()))
                .sum();
    }

    /** Sections of which there is an account or a dead letter. */
    Set<Section> sections() {
        Set<Section> sections = new HashSet<>(deadLetters.keySet());
        accounts.entrySet().forEach(account -> sections.add(sectionOf(account)));
        return sections;
    }

    private static Section sectionOf(Map.Entry<String, Account> account) {
        String key = account.getKey();
        return new Section(account.getValue().getFeed(), Realm.valueOf(key.substring(key.lastIndexOf('|') + 1)));
    }

    /** Topic, partition and offset of records that nobody could read. */
    List<String> unreadable() {
        return unreadable;
    }

    /** Dead letters by reason. */
    Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        events.values().forEach(found -> found.reasons.forEach(reason -> reasons.merge(reason, 1, Integer::sum)));
        return reasons;
    }

    /** Dead letters, repetitions included. */
    long deadLetters(Section section) {
        return deadLetters.getOrDefault(section, 0L);
    }

    /** Events with a reader or unrouted, duplicates that the ledger counts, and dead letters. */
    long accountedFor() {
        long placed = events.values().stream().filter(f -> !f.topics.isEmpty()).count();
        return placed
                + deadLetters.values().stream().mapToLong(Long::longValue).sum()
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
