package io.fengsui.standalone.bridge.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.link.Acknowledgements;
import io.fengsui.seeds.fleet.link.Link;
import io.fengsui.seeds.fleet.link.LinkSettings;
import io.fengsui.seeds.fleet.link.Outgoing;
import io.fengsui.seeds.fleet.traffic.Payload;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes at QoS 1 until it is stopped, over one connection a lane that comes back by itself, and keeps what was
 * acknowledged. One message in a hundred cannot be decoded. Numbers of a device ascend in the order of publishing.
 */
final class FaultLoad implements Acknowledgements {
    private static final int BAD_EVERY = 100;
    private static final int REFUSED = 0x80;
    private static final int NOBODY_SUBSCRIBED = 0x10;
    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(60);

    private final String run;
    private final InstantSource clock;
    private final List<Line> lines = new ArrayList<>();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger unheard = new AtomicInteger();
    private final Set<String> good = ConcurrentHashMap.newKeySet();
    private final Set<String> bad = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private volatile boolean hurried;

    private final class Line {
        private final Feed<?> feed;
        private final List<Device> devices;
        private final double perSecond;
        private final Link link;
        private final Thread thread;
        private int count;

        Line(String uri, SeedSet seeds, Feed<?> feed, double perSecond) {
            this.feed = feed;
            this.perSecond = perSecond;
            this.devices = seeds.devices().values().stream()
                    .filter(device -> device.getFeed().equals(feed.id()))
                    .toList();
            this.link = new Link(
                    new LinkSettings(List.of(URI.create(uri)), run + "-" + feed.id(), "vendor", ""),
                    () -> null,
                    FaultLoad.this,
                    System::nanoTime);
            this.thread = new Thread(this::run, "load-" + feed.id());
        }

        private void run() {
            try {
                link.connect();
                long next = System.nanoTime();
                while (!stopped && link.send(next())) {
                    published.incrementAndGet();
                    next += (long) (1e9 / perSecond);
                    long ahead = next - System.nanoTime();
                    if (hurried && feed.lane() == Lane.TELEMETRY) {
                        next = System.nanoTime();
                    } else if (ahead > 0) {
                        TimeUnit.NANOSECONDS.sleep(ahead);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Outgoing next() {
            int number = count++;
            Device device = devices.get(number % devices.size());
            String id = run + "-" + number;
            boolean spoilt = number % BAD_EVERY == BAD_EVERY - 1;
            String topic = "fengsui/v1/" + device.getVendor() + "/" + feed.id() + "/" + device.getDeviceId();
            return new Outgoing(
                    spoilt ? -number : number,
                    topic,
                    id,
                    new Payload(Payload.JSON, (spoilt ? "{\"time\": " : text(id)).getBytes(UTF_8)));
        }

        private String text(String id) {
            String head = "{\"messageId\":\"" + id + "\",\"time\":" + clock.millis() + ",";
            return feed.lane() == Lane.LIFE_SAFETY
                    ? head + "\"orderNo\":\"" + id + "\",\"kind\":\"FAULT\",\"state\":\"RECEIVED\"}"
                    : head + "\"collector\":\"DRY\",\"fanRunning\":false,\"hopperTemperatureCelsius\":41.5}";
        }
    }

    /**
     * Connects nothing yet.
     *
     * @param run first part of every message id
     * @param perSecond messages a second, four fifths of them telemetry
     */
    FaultLoad(String run, String uri, SeedSet seeds, double perSecond, InstantSource clock) {
        this.run = run;
        this.clock = clock;
        lines.add(new Line(uri, seeds, Feeds.DUST_SENSOR, perSecond * 4 / 5));
        lines.add(new Line(uri, seeds, Feeds.ELEVATOR_119, perSecond / 5));
    }

    void start() {
        lines.forEach(line -> line.thread.start());
    }

    /** As fast as the broker takes telemetry, until so many more are published. */
    void hurry(int more) throws InterruptedException {
        int target = published.get() + more;
        hurried = true;
        while (published.get() < target) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        hurried = false;
    }

    /** Publishes no more, and waits until all is acknowledged. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Line line : lines) {
            line.thread.join();
            if (!line.link.awaitAcknowledged(LAST_ACKNOWLEDGEMENTS)) {
                throw new IllegalStateException(
                        line.link.unacknowledged() + " messages on " + line.feed.id() + " were never acknowledged");
            }
            line.link.close();
        }
    }

    int published() {
        return published.get();
    }

    /** Ids of acknowledged messages that can be decoded: vendor's device and message id are told apart by feed. */
    Set<String> good() {
        return good;
    }

    /** The same of those that cannot. */
    Set<String> bad() {
        return bad;
    }

    /** Answered with the reason that nobody has subscribed: not taken, and to be published again. */
    int unheard() {
        return unheard.get();
    }

    @Override
    public void acknowledged(Outgoing message, int reasonCode) {
        if (reasonCode == NOBODY_SUBSCRIBED) {
            unheard.incrementAndGet();
        }
        if (reasonCode >= REFUSED || reasonCode == NOBODY_SUBSCRIBED) {
            return;
        }
        String[] levels = message.topic().split("/", -1);
        (message.number() < 0 ? bad : good).add(levels[2] + "/" + levels[4] + "/" + message.messageId());
    }

    @Override
    public void resent(Outgoing message) {
        // It has its id, and is one message.
    }

    @Override
    public void willMayHaveFired(Outgoing will) {
        // There is none.
    }
}
