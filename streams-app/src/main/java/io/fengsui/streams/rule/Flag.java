package io.fengsui.streams.rule;

/**
 * Something odd that a rule file looks for. The event is kept, with the id in {@code header.flags}.
 *
 * @param when true: flagged
 */
public record Flag(String id, Words title, Condition when) {}
