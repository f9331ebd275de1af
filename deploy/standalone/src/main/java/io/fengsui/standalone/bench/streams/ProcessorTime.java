package io.fengsui.standalone.bench.streams;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * Processor time used so far, nanoseconds.
 *
 * @param process of this JVM: the compilers, the collector and RocksDB's threads with it
 * @param threads of the Java threads of one application
 * @param broker of Kafka
 */
public record ProcessorTime(long process, long threads, long broker) {

    /** @param application id that the names of its threads hold: stream threads, their producers, restoring */
    public static ProcessorTime now(String application, long broker) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long ours = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(application)) {
                ours += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return new ProcessorTime(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(), ours, broker);
    }

    public ProcessorTime minus(ProcessorTime earlier) {
        return new ProcessorTime(process - earlier.process, threads - earlier.threads, broker - earlier.broker);
    }
}
