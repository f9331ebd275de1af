package io.fengsui.ingest;

import java.util.concurrent.atomic.AtomicInteger;

/** Runs something once a number of things are done, by whatever threads. */
final class Countdown {
    private final AtomicInteger left;
    private final Runnable then;

    Countdown(int count, Runnable then) {
        this.left = new AtomicInteger(count);
        this.then = then;
    }

    void one() {
        if (left.decrementAndGet() == 0) {
            then.run();
        }
    }
}
