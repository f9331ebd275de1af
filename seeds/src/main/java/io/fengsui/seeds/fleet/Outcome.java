package io.fengsui.seeds.fleet;

/** What must become of a message. */
public enum Outcome {
    /** In every one of its reader topics, once each. */
    ROUTED,
    /** With the unrouted events of its realm and feed, once. */
    UNROUTED,
    /** Among the dead letters of its feed with the expected reason, once a copy. */
    DEAD_LETTER
}
