package io.fengsui.standalone.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What this JVM takes, looked at again and again. For one thread. */
public final class Footprint {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MIB = 1 << 20;

    /**
     * One look.
     *
     * @param elapsed since the first
     * @param cores busy since the look before
     * @param heapMib used, what could be collected with it
     * @param residentMib 0 where /proc does not tell
     */
    public record Look(Duration elapsed, double cores, double heapMib, double residentMib) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%4d s  %.2f cores  heap %4.0f MiB  resident %4.0f MiB",
                    elapsed.toSeconds(),
                    cores,
                    heapMib,
                    residentMib);
        }
    }

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<Look> looks = new ArrayList<>();
    private final long began = System.nanoTime();
    private long lastAt = began;
    private long lastCpu = system.getProcessCpuTime();

    public Look look() {
        long now = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        Look look = new Look(
                Duration.ofNanos(now - began),
                (cpu - lastCpu) / (double) Math.max(1, now - lastAt),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB,
                resident());
        lastAt = now;
        lastCpu = cpu;
        looks.add(look);
        return look;
    }

    public List<Look> looks() {
        return List.copyOf(looks);
    }

    private static double resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
