package io.fengsui.standalone.process;

import io.fengsui.platform.Health;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Meters of each process, whatever it runs. */
public enum ProcessMeters {
    READY("fengsui.process.ready", "", "1 while the process does its work, as /health/ready says, else 0"),
    REGISTRY_ANSWERS(
            "fengsui.process.registry.answers",
            "",
            "1 while the schema registry answers this process, else 0; asked every 10 seconds"),
    DISK_FREE(
            "fengsui.process.disk.free", "bytes", "Free on the disk of the process's data; usable without being root"),
    DISK_SIZE("fengsui.process.disk.size", "bytes", "Size of that disk");

    private final String meterName;
    private final String unit;
    private final String description;

    ProcessMeters(String meterName, String unit, String description) {
        this.meterName = meterName;
        this.unit = unit;
        this.description = description;
    }

    /**
     * Shows a process.
     *
     * @param directory of its data; need not exist yet
     */
    public static void bind(MeterRegistry meters, Supplier<Health> health, RegistryProbe registry, Path directory) {
        READY.gauge(meters, () -> health.get().ready() ? 1 : 0);
        REGISTRY_ANSWERS.gauge(meters, () -> registry.answers() ? 1 : 0);
        DISK_FREE.gauge(meters, () -> existing(directory).toFile().getUsableSpace());
        DISK_SIZE.gauge(meters, () -> existing(directory).toFile().getTotalSpace());
    }

    private void gauge(MeterRegistry meters, Supplier<Number> value) {
        Gauge.builder(meterName, value)
                .baseUnit(unit.isEmpty() ? null : unit)
                .description(description)
                .tags(Tags.empty())
                .strongReference(true)
                .register(meters);
    }

    private static Path existing(Path directory) {
        Path path = directory.toAbsolutePath();
        for (Path parent = path; parent != null; parent = parent.getParent()) {
            if (parent.toFile().exists()) {
                return parent;
            }
        }
        return path;
    }

    public String meterName() {
        return meterName;
    }

    public Type type() {
        return Type.GAUGE;
    }

    /** Empty if it has none. */
    public String unit() {
        return unit;
    }

    public List<String> tags() {
        return List.of();
    }

    public String description() {
        return description;
    }
}
