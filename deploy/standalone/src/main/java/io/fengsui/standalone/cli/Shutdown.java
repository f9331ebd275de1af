package io.fengsui.standalone.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Closes resources, one after another, when the process is told to end (Ctrl-C, SIGTERM), before the JVM goes. */
final class Shutdown {
    private static final Logger logger = LoggerFactory.getLogger(Shutdown.class);

    private final CountDownLatch begun = new CountDownLatch(1);

    private Shutdown() {}

    static Shutdown closing(AutoCloseable... resources) {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            shutdown.begun.countDown();
                            for (AutoCloseable resource : resources) {
                                close(resource);
                            }
                        },
                        "fengsui-shutdown"));
        return shutdown;
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            logger.warn("Not stopped cleanly", e);
        }
    }

    private boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /**
     * Does the work. What fails in it once the process has been told to end is no failure: its resources were closed under
     * it.
     *
     * @return the work's exit code
     */
    int unlessBegun(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (Exception e) {
            if (!hasBegun()) {
                throw e;
            }
            logger.debug("Broken off", e);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Returns when the process is told to end; the JVM goes once the resources are closed. */
    void await() throws InterruptedException {
        begun.await();
    }
}
