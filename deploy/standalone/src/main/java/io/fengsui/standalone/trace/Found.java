package io.fengsui.standalone.trace;

/** A record of what is traced, and where it lies. */
public record Found<T>(Spot spot, T value) {}
