package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Cameras and recorders: keepalives, and now and then one that goes off line for some reports and comes back. */
final class VideoTraffic implements FeedTraffic {
    /** Reports of an outage; one more tells that the device is back. */
    private static final int OUTAGE_REPORTS = 4;

    /** States of an outage with the catalog event that says the same. */
    private static final List<Map.Entry<String, String>> OUTAGES =
            List.of(Map.entry("OFF", "OFF"), Map.entry("VIDEO_LOST", "VLOST"), Map.entry("DEFECT", "DEFECT"));

    private static final class Outage {
        private final Map.Entry<String, String> state;
        private int reportsLeft = OUTAGE_REPORTS;

        Outage(Map.Entry<String, String> state) {
            this.state = state;
        }
    }

    private final DeviceRing ring;
    private final Episodes episodes;
    private final Random random;
    private final Set<String> speakXml = new HashSet<>();
    private final Map<String, Outage> outages = new HashMap<>();
    private int serial;

    /** @param nativeShare share of the devices that speak GB/T 28181 XML */
    VideoTraffic(List<Device> devices, double alarmShare, double nativeShare, Random random) {
        this.ring = new DeviceRing(devices, random);
        this.episodes = new Episodes(alarmShare, OUTAGE_REPORTS);
        this.random = random;
        devices.stream()
                .limit(Math.round(devices.size() * nativeShare))
                .map(Device::getDeviceId)
                .forEach(speakXml::add);
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
        serial++;
        String id = device.getDeviceId();
        Outage outage = outages.get(id);
        if (outage == null && episodes.begins()) {
            outage = new Outage(OUTAGES.get(random.nextInt(OUTAGES.size())));
            outages.put(id, outage);
        }
        if (outage == null) {
            return alive(device);
        }
        if (outage.reportsLeft == 0) {
            outages.remove(id);
            return status(device, "ON", "ON", null);
        }
        outage.reportsLeft--;
        return status(device, outage.state.getKey(), outage.state.getValue(), "样例: 平台上报");
    }

    @Override
    public DeviceReport plain(Device device) {
        return new DeviceReport(device, alive(device).fields(), null, false);
    }

    private DeviceReport alive(Device device) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", "KEEPALIVE");
        fields.put("state", "ON");
        fields.put("recording", true);
        boolean xml = speakXml.contains(device.getDeviceId());
        return new DeviceReport(device, fields, xml ? Payload.keepalive(device, serial) : null, false);
    }

    private DeviceReport status(Device device, String state, String event, @Nullable String cause) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", "STATUS");
        fields.put("state", state);
        if (cause != null) {
            fields.put("cause", cause);
        }
        boolean xml = speakXml.contains(device.getDeviceId());
        Payload nativeForm = xml ? Payload.catalogEvent(device, serial, event) : null;
        return new DeviceReport(device, fields, nativeForm, !state.equals("ON"));
    }
}
