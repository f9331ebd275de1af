package io.fengsui.standalone.exercise;

/** How the steps of an exercise come into the system. One thread. */
public interface Stage extends AutoCloseable {

    /** Gets ready; nothing is said yet. */
    void open() throws InterruptedException;

    /**
     * Says a step; returns when it is stored.
     *
     * @param cue its place in the plan, from 0
     */
    void play(int cue) throws InterruptedException;

    /** Brings the devices back to rest. */
    void rest() throws InterruptedException;

    @Override
    void close();
}
