package io.fengsui.seeds.fleet;

import io.fengsui.reference.Device;
import io.fengsui.seeds.fleet.link.Outgoing;
import io.fengsui.seeds.scenario.GatewayLoss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Breaks the connections of gateways and mends them, by scenario. For one thread, besides {@link #count()}. */
final class GatewayLosses {
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Links links;
    private final FleetCounters counters;
    private final Random random;
    private final Set<String> down = ConcurrentHashMap.newKeySet();

    /** Hears of a gateway that may connect again, with the time that was due. */
    private final BiConsumer<Device, Long> back;

    GatewayLosses(Links links, FleetCounters counters, Random random, BiConsumer<Device, Long> back) {
        this.links = links;
        this.counters = counters;
        this.random = random;
        this.back = back;
    }

    void schedule(GatewayLoss loss, Timeline timeline) {
        timeline.at(loss.outage().at().toNanos(), due -> begin(loss, timeline, due));
    }

    boolean isDown(Device device) {
        String gateway = Links.gatewayOf(device);
        return gateway != null && down.contains(gateway);
    }

    int count() {
        return down.size();
    }

    private void begin(GatewayLoss loss, Timeline timeline, long due) throws InterruptedException {
        List<Device> candidates = new ArrayList<>(links.gateways());
        candidates.removeIf(this::isDown);
        Collections.shuffle(candidates, random);
        List<Device> lost = candidates.subList(0, Math.min(loss.gateways(), candidates.size()));
        for (Device gateway : lost) {
            links.of(gateway).awaitAcknowledged(DRAIN);
            down.add(gateway.getDeviceId());
            Outgoing will = links.of(gateway).drop();
            if (will != null) {
                counters.willFired(will);
            }
        }
        loss.outage().lasts().ifPresent(lasts -> timeline.at(due + lasts.toNanos(), end -> end(lost, end)));
        loss.outage()
                .every()
                .ifPresent(every -> timeline.at(due + every.toNanos(), next -> begin(loss, timeline, next)));
    }

    private void end(List<Device> lost, long due) {
        for (Device gateway : lost) {
            down.remove(gateway.getDeviceId());
            back.accept(gateway, due);
        }
    }
}
