package io.fengsui.standalone.drill.crash;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part: some devices of each feed whose silence is normal, and of feeds that watch for silence some that are heard
 * every second, half of which fall silent for good. The reference data have nobody else, so that whoever is told silent
 * without being so was invented.
 */
final class CrashCast {

    /** Seconds; by the shipped rules a device is silent after three of it. */
    static final int HEARTBEAT_SECONDS = 4;

    private static final int OF_A_FEED = 8;
    private static final int WATCHED = 4;
    private static final List<Feed<?>> WATCHED_FEEDS = List.of(
            Feeds.VIDEO_STATUS, Feeds.DUST_SENSOR, Feeds.byId("flood-gauge").orElseThrow());

    private final SeedSet seeds;
    private final Map<Feed<?>, List<Device>> talkers = new HashMap<>();
    private final List<Device> steady = new ArrayList<>();
    private final List<Device> falling = new ArrayList<>();

    CrashCast(SeedSet all, Random random) {
        Map<String, Device> devices = new LinkedHashMap<>();
        for (Feed<?> feed : Feeds.all()) {
            List<Device> registered = new ArrayList<>(all.devices().values().stream()
                    .filter(device -> device.getFeed().equals(feed.id()))
                    .filter(device -> device.getValidFrom() == null && device.getValidTo() == null)
                    .toList());
            Collections.shuffle(registered, random);
            int watched = WATCHED_FEEDS.contains(feed) ? Math.min(WATCHED, registered.size() / 2) : 0;
            for (int i = 0; i < watched; i++) {
                Device device = with(registered.get(i), HEARTBEAT_SECONDS);
                (i % 2 == 0 ? steady : falling).add(device);
                devices.put(device.getDeviceId(), device);
            }
            List<Device> others =
                    registered.stream().skip(watched).limit(OF_A_FEED).toList();
            others.forEach(device -> devices.put(device.getDeviceId(), with(device, null)));
            talkers.put(feed, List.copyOf(others));
        }
        seeds = all.with(Collections.unmodifiableMap(devices));
    }

    private static Device with(Device device, @Nullable Integer heartbeatSeconds) {
        return Device.newBuilder(device).setHeartbeatSeconds(heartbeatSeconds).build();
    }

    /** The reference data of the drill. */
    SeedSet seeds() {
        return seeds;
    }

    /** Devices of a feed that say what happens. */
    List<Device> talkers(Feed<?> feed) {
        return talkers.getOrDefault(feed, List.of());
    }

    /** Heard every second, from the beginning to the end. */
    List<Device> steady() {
        return steady;
    }

    /** Heard every second until each falls silent. */
    List<Device> falling() {
        return falling;
    }
}
