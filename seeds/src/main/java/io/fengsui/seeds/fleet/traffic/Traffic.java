package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.scenario.FeedPlan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What each feed's devices say: by a {@link Script}, or by a class of its own where they say it in their own format. */
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
     * @param units of the reference data
     * @param run tells one run from another
     */
    public static FeedTraffic of(
            FeedPlan plan, List<Device> devices, Collection<Unit> units, Random random, String run) {
        Feed<?> feed = plan.feed();
        Factory factory = BY_FEED.get(feed);
        if (factory != null) {
            return factory.of(plan, devices, random, run);
        }
        return Script.of(feed)
                .map(script -> new ScriptedTraffic(feed, script, devices, units, plan.alarm(), random, run))
                .orElseThrow(() -> new IllegalArgumentException("Feed " + feed + " has no simulated traffic; write "
                        + "seeds/src/main/resources/io/fengsui/seeds/fleet/traffic/" + feed + ".yaml"));
    }
}
