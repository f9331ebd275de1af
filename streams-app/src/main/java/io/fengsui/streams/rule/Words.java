package io.fengsui.streams.rule;

/** A text in the two languages of the console. */
public record Words(String zh, String en) {}
