package io.fengsui.standalone.conformance;

import io.fengsui.schema.feed.Feed;
import io.fengsui.seeds.Vendor;
import io.fengsui.standalone.conformance.judge.Judges;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Journal.Plan;
import io.fengsui.standalone.conformance.observe.Reader;
import io.fengsui.standalone.conformance.proxy.MqttProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches a vendor's connection through a proxy. */
public final class LiveCheck implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;

    private final Vendor vendor;
    private final Feed<?> feed;
    private final Plan plan;
    private final InstantSource clock;
    private final Watch watch;
    private final MqttProxy proxy;
    private final InetSocketAddress broker;
    private final Instant from;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Opens the port at once. */
    public LiveCheck(
            Vendor vendor,
            Feed<?> feed,
            Plan plan,
            Reader reader,
            InetSocketAddress listen,
            InetSocketAddress broker,
            InstantSource clock) {
        this.vendor = vendor;
        this.feed = feed;
        this.plan = plan;
        this.clock = clock;
        this.broker = broker;
        this.watch = new Watch(plan);
        this.from = clock.instant();
        this.proxy = new MqttProxy(listen, broker, reader, watch, clock);
    }

    /** Where the client is to connect. */
    public InetSocketAddress address() {
        return proxy.address();
    }

    /**
     * Watches for so long.
     *
     * @param untilComplete ends as soon as every point is settled
     * @param progress hears of the state about once a second
     */
    public Assessment run(Duration time, boolean untilComplete, Consumer<Assessment> progress)
            throws InterruptedException {
        Instant end = clock.instant().plus(time);
        boolean over = false;
        while (!over) {
            boolean asked = stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            Assessment now = assess();
            progress.accept(now);
            over = asked || !clock.instant().isBefore(end) || (untilComplete && now.complete());
        }
        return assess();
    }

    private Assessment assess() {
        Journal journal = new Journal(vendor.id(), feed.id(), true, plan, watch.observations(), clock.instant());
        return new Assessment(
                vendor,
                feed,
                broker.getHostString() + ":" + broker.getPort(),
                from,
                journal.until(),
                journal.messages().size(),
                watch.isFull(),
                Judges.judge(journal));
    }

    /** Ends {@link #run} early; it still tells what was seen. */
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        stop();
        proxy.close();
    }
}
