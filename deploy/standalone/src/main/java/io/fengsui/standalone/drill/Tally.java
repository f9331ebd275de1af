package io.fengsui.standalone.drill;

/** Counts of one feed's messages, or of all. */
final class Tally {
    long published;
    long acknowledged;
    long routed;
    long deadLettered;
    long unrouted;
    long duplicates;
    long missing;
    long doubled;
    long misplaced;

    void add(Tally other) {
        published += other.published;
        acknowledged += other.acknowledged;
        routed += other.routed;
        deadLettered += other.deadLettered;
        unrouted += other.unrouted;
        duplicates += other.duplicates;
        missing += other.missing;
        doubled += other.doubled;
        misplaced += other.misplaced;
    }

    /** Messages that were found where they belong. */
    long accounted() {
        return routed + deadLettered + unrouted + duplicates;
    }

    boolean balances() {
        return published == acknowledged
                && acknowledged == accounted()
                && missing == 0
                && doubled == 0
                && misplaced == 0;
    }
}
