package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Dust collectors at work: readings that hardly move, and now and then a hopper that heats up over warn and alarm level
 * and cools down, or hydrogen that gathers at a wet collector. The figures are our own, chosen below the default levels
 * of the rules.
 */
final class DustTraffic implements FeedTraffic {
    /** °C; the default levels are 60 and 70. */
    private static final double[] HOPPER = {49, 56, 62, 67, 72, 78, 74, 66, 57, 48};

    /** % of the lower explosive limit; the default levels are 25 and 50. */
    private static final double[] HYDROGEN = {8, 16, 27, 38, 52, 58, 46, 30, 19, 9};

    private final DeviceRing ring;
    private final Episodes episodes;
    private final Random random;
    /** Next step of the episode of a device. */
    private final Map<String, Integer> steps = new HashMap<>();

    DustTraffic(List<Device> devices, double alarmShare, Random random) {
        this.ring = new DeviceRing(devices, random);
        this.episodes = new Episodes(alarmShare, HOPPER.length);
        this.random = random;
    }

    @Override
    public Optional<Device> device(Predicate<Device> canSpeak) {
        return ring.next(canSpeak);
    }

    @Override
    public Optional<DeviceReport> next(Predicate<Device> canSpeak) {
        return ring.next(canSpeak).map(this::report);
    }

    private DeviceReport report(Device device) {
        String id = device.getDeviceId();
        Integer step = steps.get(id);
        if (step == null && episodes.begins()) {
            step = 0;
        }
        if (step == null) {
            return plain(device);
        }
        if (step + 1 < HOPPER.length) {
            steps.put(id, step + 1);
        } else {
            steps.remove(id);
        }
        Map<String, Object> fields = readings(device);
        if (isWet(device)) {
            fields.put("hydrogenPercentLel", around(HYDROGEN[step], 0.5));
        } else {
            fields.put("hopperTemperatureCelsius", around(HOPPER[step], 0.5));
        }
        return new DeviceReport(device, fields, null, true);
    }

    @Override
    public DeviceReport plain(Device device) {
        return new DeviceReport(device, readings(device), null, false);
    }

    private Map<String, Object> readings(Device device) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fanRunning", true);
        fields.put("sparkDetected", false);
        fields.put("dustGramsPerCubicMetre", around(1.2, 0.6));
        fields.put("airVelocityMetresPerSecond", around(20, 1.5));
        if (isWet(device)) {
            fields.put("collector", "WET");
            fields.put("hydrogenPercentLel", around(2, 1));
            fields.put("waterLevelMetres", around(0.75, 0.1));
            fields.put("waterFlowCubicMetresPerSecond", around(0.02, 0.003));
        } else {
            fields.put("collector", "DRY");
            fields.put("hopperTemperatureCelsius", around(37, 4));
            fields.put("inletTemperatureCelsius", around(31, 2));
            fields.put("outletTemperatureCelsius", around(29, 2));
            fields.put("differentialPressurePascals", around(850, 120));
            fields.put("cleaningPressureMegapascals", around(0.5, 0.04));
            fields.put("dischargeLockFault", false);
        }
        return fields;
    }

    private static boolean isWet(Device device) {
        return device.getType().equals("wet-collector");
    }

    /** Evenly spread over middle ± spread, three decimals. */
    private double around(double middle, double spread) {
        return Math.round((middle + (random.nextDouble() * 2 - 1) * spread) * 1_000) / 1_000.0;
    }
}
