package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.scenario.FeedPlan;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The one list of what each feed's devices say. A feed without a line here cannot be in a scenario. */
public final class Traffic {

    /** Makes the traffic of a feed. */
    private interface Factory {
        FeedTraffic of(FeedPlan plan, List<Device> devices, Random random, String run);
    }

    private static final Map<Feed<?>, Factory> BY_FEED = Map.of(
            Feeds.VIDEO_STATUS,
            (plan, devices, random, run) -> new VideoTraffic(devices, plan.alarm(), plan.nativeFormat(), random),
            Feeds.DUST_SENSOR,
            (plan, devices, random, run) -> new DustTraffic(devices, plan.alarm(), random),
            Feeds.BEIDOU_REPORT,
            (plan, devices, random, run) -> new BeidouTraffic(devices, plan.alarm(), plan.nativeFormat(), random),
            Feeds.ELEVATOR_119,
            (plan, devices, random, run) -> new ElevatorTraffic(devices, plan.alarm(), random, run),
            Feeds.GATEWAY,
            (plan, devices, random, run) -> new GatewayTraffic(devices, plan.alarm(), random));

    private Traffic() {}

    /**
     * The traffic of a feed's devices.
     *
     * @param devices those that take part, in the order of the reference data
     * @param run tells one run from another
     */
    public static FeedTraffic of(FeedPlan plan, List<Device> devices, Random random, String run) {
        Factory factory = BY_FEED.get(plan.feed());
        if (factory == null) {
            throw new IllegalArgumentException("Feed " + plan.feed() + " has no simulated traffic; add it to Traffic");
        }
        return factory.of(plan, devices, random, run);
    }
}
