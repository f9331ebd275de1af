package io.fengsui.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What reading foreign bytes may cost. Judged by the best of some runs: the first pays for classes and tables, and the machine is
 * not ours alone.
 */
public final class Cost {
    /** For one message of at most 64 KiB. */
    private static final long LITTLE_NANOS = Duration.ofMillis(50).toNanos();

    /** An XML parser of the JDK takes some 45 KiB before it has read anything. */
    private static final long FIXED_BYTES = 64 * 1024;

    /** An event is made of some 5 KiB, two hashes included, and the shortest sentence is one of 14 bytes: 340, measured. */
    private static final long BYTES_PER_BYTE = 512;

    private static final int RUNS = 10;

    /** What a fuzzer notes down of each comparison costs too. */
    private static final int FUZZER = System.getenv("JAZZER_FUZZ") == null ? 1 : 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long nanos = Long.MAX_VALUE;
    private long allocated = Long.MAX_VALUE;

    private Cost() {}

    /**
     * Does a work that costs little time, and memory by the size of what it reads.
     *
     * @param work gives the same at each call
     */
    public static <T> T little(int bytesRead, Supplier<T> work) {
        Cost cost = new Cost();
        T result = cost.of(work);
        for (int run = 1; run < RUNS && !cost.isLittle(bytesRead); run++) {
            cost.of(work);
        }
        assertThat(cost.nanos).as("nanoseconds").isLessThan(FUZZER * LITTLE_NANOS);
        assertThat(cost.allocated).as("bytes allocated").isLessThan(most(bytesRead));
        return result;
    }

    private <T> T of(Supplier<T> work) {
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        T result = work.get();
        nanos = Math.min(nanos, System.nanoTime() - start);
        allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore);
        return result;
    }

    private boolean isLittle(int bytesRead) {
        return nanos < FUZZER * LITTLE_NANOS && allocated < most(bytesRead);
    }

    private static long most(int bytesRead) {
        return FUZZER * (FIXED_BYTES + BYTES_PER_BYTE * bytesRead);
    }
}
