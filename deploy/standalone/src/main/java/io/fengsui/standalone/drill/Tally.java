package io.fengsui.standalone.drill;

/**
 * Counts of one section of the ledger, of one feed or of all: what publishers say, and what was found. The two are kept
 * apart, so that they can be compared.
 */
final class Tally {
    /** Said by publishers: messages, and how many of them the broker took. */
    long published;

    long acknowledged;

    /** Said by publishers: copies beyond the first of events, and messages that must be refused. */
    long expectedDuplicates;

    long expectedDeadLetters;

    /** Found in the topics: events with all of their readers, and events in the queue of unrouted ones. */
    long routed;

    long late;
    long unrouted;

    /** Found among the dead letters. */
    long deadLettered;

    /** Counted by the streams app: what was dropped leaves no other trace. */
    long duplicates;

    long missing;
    long doubled;
    long misplaced;

    void add(Tally other) {
        published += other.published;
        acknowledged += other.acknowledged;
        expectedDuplicates += other.expectedDuplicates;
        expectedDeadLetters += other.expectedDeadLetters;
        routed += other.routed;
        late += other.late;
        unrouted += other.unrouted;
        deadLettered += other.deadLettered;
        duplicates += other.duplicates;
        missing += other.missing;
        doubled += other.doubled;
        misplaced += other.misplaced;
    }

    /** Messages that were found, copies included. */
    long accounted() {
        return routed + deadLettered + unrouted + duplicates;
    }

    /** Copies that were found and that no publisher sent: delivered again on the way. */
    long redelivered() {
        return Math.max(0, deadLettered - expectedDeadLetters) + Math.max(0, duplicates - expectedDuplicates);
    }

    boolean balances() {
        return published == acknowledged
                && acknowledged + redelivered() == accounted()
                && missing == 0
                && doubled == 0
                && misplaced == 0;
    }
}
