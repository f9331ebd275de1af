package io.fengsui.standalone.bench;

import io.fengsui.schema.feed.Lane;
import io.fengsui.seeds.fleet.Fleet;
import io.fengsui.seeds.fleet.FleetReport;
import io.fengsui.seeds.fleet.FleetSettings;
import io.fengsui.standalone.Standalone;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A steady rate for minutes, with many devices: whether the pipeline keeps up, what it takes over time, and whether all that was
 * published is accounted for. Publisher and reader are in the same JVM.
 */
public final class SoakBench {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final int QUARTERS = 4;

    /** Who is later than this in the last quarter does not keep up, milliseconds. */
    private static final long KEEPS_UP_MILLIS = 1_000;

    /**
     * What came of it.
     *
     * @param balanced each message that was acknowledged is in the ledger
     * @param held the rate was published, and the last quarter was not late
     */
    public record Report(String text, boolean balanced, boolean held) {}

    private final Standalone standalone;
    private final InstantSource clock;
    private final Consumer<String> progress;

    public SoakBench(Standalone standalone, InstantSource clock, Consumer<String> progress) {
        this.standalone = standalone;
        this.clock = clock;
        this.progress = progress;
    }

    /** @param warmUp not counted in latencies */
    public Report run(int rate, Duration warmUp, Duration measured) throws InterruptedException {
        Instant from = clock.instant().plus(warmUp);
        Latencies all = new Latencies("publish → township topic");
        Latencies last = new Latencies("the last quarter of it");
        Footprint footprint = new Footprint();
        Fleet fleet = fleet(rate);
        AtomicReference<@Nullable FleetReport> sent = new AtomicReference<>();
        Instant lastQuarter = from.plus(measured.multipliedBy(QUARTERS - 1).dividedBy(QUARTERS));
        try (ReaderWatch reader = new ReaderWatch(standalone, all, from, clock);
                ReaderWatch late = new ReaderWatch(standalone, last, lastQuarter, clock)) {
            start("bench-readers", reader);
            start("bench-last-quarter", late);
            Thread publishing = start("bench-fleet", () -> publish(fleet, sent));
            Instant end = from.plus(measured);
            while (clock.instant().isBefore(end) && publishing.isAlive()) {
                TimeUnit.SECONDS.sleep(LOOK.toSeconds());
                progress.accept(footprint.look().toString());
            }
            fleet.stop();
            publishing.join();
            FleetReport report = sent.get();
            if (report == null) {
                throw new IllegalStateException("The fleet failed; the log says why");
            }
            LedgerSum ledger = settle(report.acknowledgedWithSuccess());
            return report(rate, report, ledger, all, last, footprint);
        }
    }

    private static void publish(Fleet fleet, AtomicReference<@Nullable FleetReport> sent) {
        try {
            sent.set(fleet.run());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LedgerSum settle(long acknowledged) throws InterruptedException {
        Instant deadline = clock.instant().plus(SETTLING);
        LedgerSum ledger = LedgerSum.read(standalone);
        while (ledger.accounted() < acknowledged && clock.instant().isBefore(deadline)) {
            TimeUnit.SECONDS.sleep(1);
            ledger = LedgerSum.read(standalone);
        }
        return ledger;
    }

    private Report report(
            int rate, FleetReport sent, LedgerSum ledger, Latencies all, Latencies last, Footprint footprint) {
        // Last wills of gateways are published by the broker, and are in the ledger too.
        long due = sent.acknowledgedWithSuccess() + sent.lastWills();
        boolean balanced = ledger.accounted() == due;
        double published = sent.publishedTotal() / Math.max(1e-3, sent.elapsed().toMillis() / 1e3);
        long late = Math.max(last.percentile(Lane.TELEMETRY, 99), last.percentile(Lane.LIFE_SAFETY, 99));
        boolean held = published >= rate * 0.99 && late <= KEEPS_UP_MILLIS;
        List<Footprint.Look> looks = footprint.looks();
        StringBuilder text = new StringBuilder(Latencies.HEADER)
                .append(all.rows())
                .append(last.rows())
                .append(String.format(
                        Locale.ROOT,
                        "%n%,d devices; published %,d, %.0f a second of %,d; ledger: %,d routed + %,d dead-lettered + %,d"
                                + " unrouted + %,d duplicates = %,d of %,d acknowledged%n",
                        standalone.seeds().devices().size(),
                        sent.publishedTotal(),
                        published,
                        rate,
                        ledger.routed(),
                        ledger.deadLettered(),
                        ledger.unrouted(),
                        ledger.duplicates(),
                        ledger.accounted(),
                        due));
        int part = Math.max(1, looks.size() / QUARTERS);
        for (int i = part - 1; i < looks.size(); i += part) {
            text.append(looks.get(i)).append('\n');
        }
        text.append(String.format(
                Locale.ROOT,
                "rate=%.0f p50=%d p99=%d p999=%d held=%b balanced=%b%n",
                published,
                all.percentile(Lane.TELEMETRY, 50),
                all.percentile(Lane.TELEMETRY, 99),
                all.percentile(Lane.TELEMETRY, 99.9),
                held,
                balanced));
        return new Report(text.toString(), balanced, held);
    }

    /** Without an end: what is expected of each message is then not kept, which would grow with them. */
    private Fleet fleet(int rate) {
        FleetSettings settings = new FleetSettings(
                List.of(URI.create(standalone.ports().mqttUri())),
                vendor -> standalone.users().password(vendor).orElse(null),
                clock,
                System::nanoTime,
                now -> {});
        return new Fleet(LatencyBench.scenario(rate, null), standalone.seeds(), settings);
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
