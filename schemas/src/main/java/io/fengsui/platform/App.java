package io.fengsui.platform;

/**
 * A process that can also run beside others in one JVM. The constructor only wires; {@link #start()} opens connections
 * and returns once the app works; {@link #close()} may be called at any time, more than once, and finishes what was
 * begun.
 */
public interface App extends AutoCloseable {

    /**
     * Starts and waits until the app is ready to do its work at full speed.
     *
     * @throws StartException if it cannot start; the message names the place and the remedy
     */
    void start() throws InterruptedException;

    /** Health now; never blocks. */
    Health check();

    @Override
    void close();
}
