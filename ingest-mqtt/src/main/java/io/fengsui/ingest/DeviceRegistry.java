package io.fengsui.ingest;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.rejection.Rejection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may publish what: a view of the reference data's devices. */
public final class DeviceRegistry {
    private final Function<String, Optional<Device>> devices;
    private final Keepers keepers;

    /** @param devices looks a device up by id, now */
    public DeviceRegistry(Function<String, Optional<Device>> devices, Keepers keepers) {
        this.devices = devices;
        this.keepers = keepers;
    }

    /** The protected feed that keeps a message of the topic if it is refused. */
    public Optional<Feed<?>> keeper(String mqttTopic) {
        return keepers.of(mqttTopic, devices);
    }

    /**
     * The device of a topic, if it is registered and valid today (Asia/Shanghai), for that vendor and that feed.
     *
     * @throws DecodeException UNKNOWN_DEVICE, WRONG_VENDOR or WRONG_FEED
     */
    public Device registered(TopicAddress address, Instant now) {
        Device record = devices.apply(address.deviceId())
                .orElseThrow(() -> new DecodeException(
                        Rejection.UNKNOWN_DEVICE, "'" + address.deviceId() + "' is not in the reference data"));
        Device today = Dated.DEVICE.always(record)
                ? record
                : Dated.DEVICE.timeline(record).at(now);
        Device device = today == null ? record : today;
        if (!device.getVendor().equals(address.vendor())) {
            // Whose it is, is nobody else's business.
            throw new DecodeException(
                    Rejection.WRONG_VENDOR,
                    "'" + address.deviceId() + "' is not registered for vendor '" + address.vendor() + "'");
        }
        if (!device.getFeed().equals(address.feedId())) {
            throw new DecodeException(
                    Rejection.WRONG_FEED,
                    "'" + address.deviceId() + "' is registered for feed '" + device.getFeed() + "'");
        }
        if (today == null) {
            String days = Dated.DEVICE.timeline(record).rows().stream()
                    .map(DeviceRegistry::days)
                    .collect(Collectors.joining(", "));
            throw new DecodeException(
                    Rejection.UNKNOWN_DEVICE,
                    "'" + address.deviceId() + "' is registered " + days + ", not for "
                            + LocalDate.ofInstant(now, DeviceTime.SHANGHAI));
        }
        return today;
    }

    private static String days(Device device) {
        LocalDate from = device.getValidFrom();
        LocalDate to = device.getValidTo();
        return "from " + (from == null ? "ever" : from) + " to " + (to == null ? "ever" : to);
    }
}
