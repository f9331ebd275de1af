package io.fengsui.standalone;

import io.fengsui.platform.StartException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts parts, those of one stage side by side, and stops them in reverse order of the stages. What was begun is
 * stopped, also after a stage that failed.
 */
final class Stages implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Stages.class);

    /**
     * A part of a run.
     *
     * @param where its address, or what it holds, for the progress line
     */
    record Step(String what, String where, Start start, AutoCloseable stop) {}

    interface Start {
        void run() throws InterruptedException;
    }

    private final Progress progress;
    private final Deque<List<Step>> begun = new ArrayDeque<>();
    private boolean closed;

    Stages(Progress progress) {
        this.progress = progress;
    }

    /**
     * Returns when all are up.
     *
     * @throws StartException of the first that failed
     */
    void start(Step... steps) throws InterruptedException {
        synchronized (this) {
            if (closed) {
                throw new StartException("Stopped while starting");
            }
            begun.push(List.of(steps));
        }
        ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "standalone-start"));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Step step : steps) {
                running.add(threads.submit(() -> {
                    long started = System.nanoTime();
                    step.start().run();
                    progress.ready(step.what(), step.where(), Duration.ofNanos(System.nanoTime() - started));
                    return null;
                }));
            }
            for (Future<?> future : running) {
                await(future);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (e.getCause() instanceof Error grave) {
                throw grave;
            }
            throw new InterruptedException("A start was broken off");
        }
    }

    /** Stops every stage begun, the last first; the parts of a stage side by side. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!begun.isEmpty()) {
            List<Thread> stopping = begun.pop().stream()
                    .map(step -> new Thread(() -> stop(step), "standalone-stop"))
                    .toList();
            stopping.forEach(Thread::start);
            for (Thread thread : stopping) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static void stop(Step step) {
        try {
            step.stop().close();
        } catch (Exception e) {
            logger.warn("{} did not stop cleanly", step.what(), e);
        }
    }
}
