package io.fengsui.standalone;

import java.time.Duration;

/** Hears of each step of a start. Called by several threads. */
@FunctionalInterface
public interface Progress {

    /**
     * @param what the part that is up
     * @param where its address, or what it holds
     */
    void ready(String what, String where, Duration took);
}
