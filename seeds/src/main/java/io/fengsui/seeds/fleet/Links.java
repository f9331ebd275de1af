package io.fengsui.seeds.fleet;

import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.Expectations.Origin;
import io.fengsui.seeds.fleet.link.Link;
import io.fengsui.seeds.fleet.link.LinkSettings;
import io.fengsui.seeds.fleet.link.Outgoing;
import io.fengsui.seeds.fleet.traffic.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's connections: one for each gateway, whose last will says that it is down, and one for each vendor's devices
 * that have no gateway. Made by one thread; may be looked at by any.
 */
final class Links {
    private static final int THREADS = 8;

    private final FleetSettings settings;
    private final SeedSet seeds;
    private final FleetCounters counters;
    private final Expectations expectations;
    private final Destinations destinations;
    private final String run;
    /** By gateway id, or vendor behind a blank. */
    private final ConcurrentNavigableMap<String, Link> links = new ConcurrentSkipListMap<>();

    Links(FleetSettings settings, SeedSet seeds, FleetCounters counters, Expectations expectations, String run) {
        this.settings = settings;
        this.seeds = seeds;
        this.counters = counters;
        this.expectations = expectations;
        this.destinations = new Destinations(seeds);
        this.run = run;
    }

    /**
     * Connects what these devices need.
     *
     * @throws StartException if the broker does not let one in
     */
    void connect(Collection<Device> devices) throws InterruptedException {
        devices.forEach(device -> links.computeIfAbsent(key(device), key -> link(device)));
        withAll("connect", Link::connect);
    }

    Link of(Device device) {
        Link link = links.get(key(device));
        if (link == null) {
            throw new IllegalStateException("No connection was made for " + device.getDeviceId());
        }
        return link;
    }

    /** Gateways that have a connection, by id. */
    List<Device> gateways() {
        List<Device> gateways = new ArrayList<>();
        for (String key : links.keySet()) {
            Device gateway = seeds.devices().get(key);
            if (gateway != null) {
                gateways.add(gateway);
            }
        }
        return gateways;
    }

    void close() throws InterruptedException {
        withAll("close", Link::close);
    }

    /** Several at a time, for the library sleeps over each connection's beginning and end. */
    private void withAll(String role, Consumer<Link> action) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "fleet-" + role);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> done = new ArrayList<>();
            links.values().forEach(link -> done.add(threads.submit(() -> action.accept(link))));
            for (Future<?> one : done) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    Collection<Link> all() {
        return links.values();
    }

    long unacknowledged() {
        return links.values().stream().mapToLong(Link::unacknowledged).sum();
    }

    /** The gateway that a device's messages go through: itself, if it is one; null for none. */
    static @Nullable String gatewayOf(Device device) {
        return device.getFeed().equals(Feeds.GATEWAY.id()) ? device.getDeviceId() : device.getGatewayId();
    }

    private static String key(Device device) {
        String gateway = gatewayOf(device);
        return gateway == null ? " " + device.getVendor() : gateway;
    }

    private Link link(Device device) {
        String vendor = device.getVendor();
        String password = settings.passwords().apply(vendor);
        if (password == null) {
            throw new StartException(
                    "The fleet has no password for vendor " + vendor + "; each vendor of vendors.csv" + " needs one");
        }
        String clientId = "fleet-" + run + "-" + key(device).strip();
        Device gateway = seeds.devices().get(key(device));
        LinkSettings link = new LinkSettings(settings.brokers(), clientId, vendor, password);
        return new Link(link, () -> gateway == null ? null : will(gateway), counters, settings.nanoTime());
    }

    /** Has no time: it is made at connecting and published who knows when. */
    private Outgoing will(Device gateway) {
        Origin origin = Origin.of(
                gateway, Feeds.GATEWAY, null, destinations, settings.clock().instant());
        int number = expectations.addLastWill(origin);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", "DOWN");
        fields.put("cause", "样例: 遗嘱消息");
        return new Outgoing(
                number,
                "fengsui/v1/" + gateway.getVendor() + "/" + Feeds.GATEWAY.id() + "/" + gateway.getDeviceId(),
                expectations.messageId(number),
                new Payload(Payload.JSON, JsonEnvelope.bytes(fields)));
    }
}
