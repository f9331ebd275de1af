package io.fengsui.seeds.fleet;

import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.Validity;
import io.fengsui.seeds.scenario.Fault;
import io.fengsui.seeds.scenario.FeedPlan;
import io.fengsui.seeds.scenario.Scenario;
import io.fengsui.seeds.scenario.Silence;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** Which devices take part in a scenario, and which of them fall silent when. */
final class Cast {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final SeedSet seeds;
    private final Instant now;
    private final Destinations destinations;
    private final Map<Feed<?>, List<Device>> devices = new LinkedHashMap<>();
    private final Map<Silence, Set<String>> silent = new HashMap<>();

    /** @throws StartException if the scenario asks for more devices than there are */
    Cast(Scenario scenario, SeedSet seeds, Instant now, Random random) {
        this.seeds = seeds;
        this.now = now;
        this.destinations = new Destinations(seeds);
        for (FeedPlan plan : scenario.feeds()) {
            List<Device> all = new ArrayList<>(registered(plan.feed(), true));
            int wanted = plan.devices().orElse(all.size());
            if (wanted > all.size() || all.isEmpty()) {
                throw new StartException("Scenario " + scenario.name() + ": feeds." + plan.feed() + ".devices: found "
                        + wanted + ", expected at most " + all.size() + ", which the reference data has with a reader");
            }
            if (wanted < all.size()) {
                Collections.shuffle(all, random);
            }
            devices.put(plan.feed(), List.copyOf(all.subList(0, wanted)));
        }
        scenario.silences().forEach(silence -> silent.put(silence, chosen(scenario, silence, random)));
        checkStrays(scenario);
    }

    private Set<String> chosen(Scenario scenario, Silence silence, Random random) {
        List<Device> taking = new ArrayList<>(devices.getOrDefault(silence.feed(), List.of()));
        if (silence.devices() > taking.size()) {
            throw new StartException("Scenario " + scenario.name() + ": silences: found " + silence.devices() + " of "
                    + silence.feed() + ", expected at most " + taking.size() + ", which take part");
        }
        Collections.shuffle(taking, random);
        Set<String> ids = new HashSet<>();
        taking.subList(0, silence.devices()).forEach(d -> ids.add(d.getDeviceId()));
        return ids;
    }

    private void checkStrays(Scenario scenario) {
        boolean wanted =
                scenario.feeds().stream().anyMatch(plan -> plan.faults().getOrDefault(Fault.UNROUTED, 0.0) > 0);
        if (wanted
                && scenario.feeds().stream()
                        .allMatch(plan -> strays(plan.feed()).isEmpty())) {
            throw new StartException("Scenario " + scenario.name() + ": unrouted: found a share above 0, expected 0:"
                    + " every device of its feeds has a reader");
        }
    }

    /** Those of a feed that take part. */
    List<Device> devices(Feed<?> feed) {
        return devices.getOrDefault(feed, List.of());
    }

    /** Registered devices of a feed that no reader is found for. */
    List<Device> strays(Feed<?> feed) {
        return registered(feed, false);
    }

    /** Whether a device is silent by scenario. */
    boolean isSilent(Device device, long nanosSinceStart) {
        for (Map.Entry<Silence, Set<String>> silence : silent.entrySet()) {
            if (silence.getValue().contains(device.getDeviceId())
                    && silence.getKey().outage().isOn(nanosSinceStart)) {
                return true;
            }
        }
        return false;
    }

    private List<Device> registered(Feed<?> feed, boolean withReader) {
        LocalDate today = LocalDate.ofInstant(now, SHANGHAI);
        return seeds.devices().values().stream()
                .filter(d -> d.getFeed().equals(feed.id()))
                .map(d -> Validity.on(Dated.DEVICE, d, today))
                .filter(Objects::nonNull)
                .filter(d ->
                        (destinations.of(Realm.LIVE, feed, d, null, now).outcome() == Outcome.ROUTED) == withReader)
                .toList();
    }
}
