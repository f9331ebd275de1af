package io.fengsui.seeds.fleet;

/** What must become of a message. */
public enum Outcome {
    /** In every one of its reader topics, once each. */
    ROUTED,
    /** In feed.unrouted of its realm, once. */
    UNROUTED,
    /** In feed.dead-letter with the expected reason, once a copy. */
    DEAD_LETTER
}
