package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import java.util.Optional;
import java.util.function.Predicate;

/** What the devices of one feed say. For one thread. */
public interface FeedTraffic {

    /**
     * The next report of a device that can speak now; it may go on with what the device told before, an alarm or a work
     * order. Empty if none can speak.
     */
    Optional<DeviceReport> next(Predicate<Device> canSpeak);

    /** A report that all is well and that belongs to no story, for a device that is none of this feed's own as well. */
    DeviceReport plain(Device device);

    /** A device that can speak now, in turn. */
    Optional<Device> device(Predicate<Device> canSpeak);
}
