package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Gateways that say they are up; now and then one that says it goes down for maintenance, and comes back. */
final class GatewayTraffic implements FeedTraffic {
    private final DeviceRing ring;
    private final Episodes episodes;
    private final Set<String> down = new HashSet<>();

    GatewayTraffic(List<Device> gateways, double alarmShare, Random random) {
        this.ring = new DeviceRing(gateways, random);
        this.episodes = new Episodes(alarmShare, 1);
    }

    @Override
    public Optional<Device> device(Predicate<Device> canSpeak) {
        return ring.next(canSpeak);
    }

    @Override
    public Optional<DeviceReport> next(Predicate<Device> canSpeak) {
        return ring.next(canSpeak).map(this::report);
    }

    private DeviceReport report(Device gateway) {
        boolean wasDown = down.remove(gateway.getDeviceId());
        if (!wasDown && episodes.begins()) {
            down.add(gateway.getDeviceId());
            return new DeviceReport(gateway, fields("DOWN", "样例: 检修"), null, true);
        }
        return plain(gateway);
    }

    @Override
    public DeviceReport plain(Device device) {
        return new DeviceReport(device, fields("UP", "样例: 正常"), null, false);
    }

    private static Map<String, Object> fields(String state, String cause) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", state);
        fields.put("cause", cause);
        return fields;
    }
}
