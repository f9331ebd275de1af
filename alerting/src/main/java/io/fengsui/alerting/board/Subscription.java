package io.fengsui.alerting.board;

/** Keeps a listener called until it is closed. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
