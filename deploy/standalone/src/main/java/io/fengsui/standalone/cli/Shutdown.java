package io.fengsui.standalone.cli;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a resource when the process is told to end (Ctrl-C, SIGTERM), before the JVM goes. */
final class Shutdown {
    private static final Logger logger = LoggerFactory.getLogger(Shutdown.class);

    private final CountDownLatch begun = new CountDownLatch(1);

    private Shutdown() {}

    static Shutdown closing(AutoCloseable resource) {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            shutdown.begun.countDown();
                            try {
                                resource.close();
                            } catch (Exception e) {
                                logger.warn("Not stopped cleanly", e);
                            }
                        },
                        "fengsui-shutdown"));
        return shutdown;
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /** Returns when the process is told to end; the JVM goes once the resource is closed. */
    void await() throws InterruptedException {
        begun.await();
    }
}
