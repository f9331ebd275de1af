package io.fengsui.streams.rule;

/**
 * What a condition says. It is UNKNOWN when a reading that decides it is not there (three-valued logic: unknown or true is
 * true, unknown and false is false). Rules act on TRUE only, so a missing reading neither raises nor clears.
 */
public enum Truth {
    TRUE,
    FALSE,
    UNKNOWN,
    /** The evaluation failed, for example by a division by zero: counted, and treated as UNKNOWN. */
    FAILED
}
