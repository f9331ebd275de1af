package io.fengsui.standalone.conformance.judge;

/** The same in Chinese and in English. */
public record Words(String zh, String en) {}
