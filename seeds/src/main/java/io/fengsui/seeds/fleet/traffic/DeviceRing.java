package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Devices in turn, in a shuffled order: at a steady rate each speaks at even intervals, as heartbeats do. */
final class DeviceRing {
    private final List<Device> devices;
    private int next;

    DeviceRing(List<Device> devices, Random random) {
        this.devices = new ArrayList<>(devices);
        Collections.shuffle(this.devices, random);
    }

    /** The next one that can speak; the others lose their turn. */
    Optional<Device> next(Predicate<Device> canSpeak) {
        for (int tried = 0; tried < devices.size(); tried++) {
            Device device = devices.get(next);
            next = (next + 1) % devices.size();
            if (canSpeak.test(device)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }
}
