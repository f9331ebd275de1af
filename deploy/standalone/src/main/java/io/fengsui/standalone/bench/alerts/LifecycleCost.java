package io.fengsui.standalone.bench.alerts;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/**
 * What the thread that decides over alerts has used so far.
 *
 * @param nanos of the wall
 * @param processor nanoseconds of the processor
 * @param allocated bytes of all its objects
 * @param signals decided on
 */
record LifecycleCost(long nanos, long processor, long allocated, long signals) {

    static LifecycleCost now(AlertsStage stage) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long processor = 0;
        long allocated = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && thread.getThreadName().startsWith(AlertsStage.APPLICATION)
                    && thread.getThreadName().contains("StreamThread")
                    && !thread.getThreadName().contains("producer")) {
                processor += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
                allocated += Math.max(0, threads.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return new LifecycleCost(System.nanoTime(), processor, allocated, stage.decided());
    }

    LifecycleCost minus(LifecycleCost earlier) {
        return new LifecycleCost(
                nanos - earlier.nanos,
                processor - earlier.processor,
                allocated - earlier.allocated,
                signals - earlier.signals);
    }

    double perSecond() {
        return signals / (nanos / 1e9);
    }

    double micros() {
        return processor / 1e3 / signals;
    }

    double bytes() {
        return (double) allocated / signals;
    }
}
