package io.fengsui.standalone.bench.alerts;

import io.fengsui.event.Severity;
import io.fengsui.standalone.bench.Footprint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How soon an alert is seen on an open board and accepted by Alertmanager, also of life safety while telemetry queues; what the
 * lifecycle carries; how quick pages are, and how soon browsers hear of news, with thousands of alerts open; and what it takes of
 * memory. One run, in this order; nothing is repeated.
 */
public final class AlertsBench {
    static final int LATENCY_GOAL = 500;
    static final int LIFE_SAFETY_GOAL = 1_000;
    static final int PAGE_GOAL = 200;
    static final int EVENTS_GOAL = 1_000;

    private static final int PULSES = 15;
    private static final int LIFE_SAFETY_A_SECOND = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SEEN = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    /**
     * What to measure.
     *
     * @param rate signals a second, of latency
     * @param open alerts that are open when pages are asked for
     * @param pages times that each page is asked for
     * @param clients open browsers
     * @param flood signals of telemetry that queue at once
     */
    public record Plan(int rate, Duration warmUp, Duration measured, int open, int pages, int clients, int flood) {

        /** To see that it works; its figures say nothing. */
        public static Plan brief() {
            return new Plan(50, Duration.ofSeconds(2), Duration.ofSeconds(5), 1_000, 20, 50, 5_000);
        }
    }

    /** @param holds whether each goal was reached */
    public record Report(String table, boolean holds) {}

    private final AlertsStage stage;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private final Footprint footprint = new Footprint();
    private final List<String> memory = new ArrayList<>();

    /** @param stage started */
    public AlertsBench(AlertsStage stage, InstantSource clock, Consumer<String> progress) {
        this.stage = stage;
        this.clock = clock;
        this.progress = progress;
    }

    public Report run(Plan plan) throws InterruptedException {
        remember("after the start");
        try (Signaller signaller = new Signaller(stage, clock);
                BoardWatch board = new BoardWatch(stage.consoleUrl(), clock);
                DeliveryWatch deliveries = new DeliveryWatch(stage)) {
            board.start();
            deliveries.start();
            progress.accept("warming up for " + plan.warmUp().toSeconds() + " s");
            steadily(plan.rate(), plan.warmUp(), () -> signaller.alone(Severity.III));

            progress.accept(
                    plan.rate() + " signals a second for " + plan.measured().toSeconds() + " s");
            List<String> steady = steadily(plan.rate(), plan.measured(), () -> signaller.alone(Severity.III));
            Samples console = new Samples("signal → console", LATENCY_GOAL);
            Samples alertmanager = new Samples("signal → " + stage.receiver() + " has accepted", LATENCY_GOAL);
            note(steady, signaller, board::seenAt, console);
            note(steady, signaller, deliveries::acceptedAt, alertmanager);

            List<Samples> pages = pages(plan, signaller);
            remember(String.format(Locale.ROOT, "with %,d open", plan.open()));
            Samples events = events(plan, signaller);

            Samples lifeSafety = new Samples("life safety → console, behind " + number(plan.flood()), LIFE_SAFETY_GOAL);
            Samples floodPage = new Samples("the board meanwhile", 0);
            LifecycleCost cost = flood(plan, signaller, board, lifeSafety, floodPage);
            remember(String.format(Locale.ROOT, "with %,d open", signaller.saidSoFar()));
            return report(List.of(console, alertmanager, lifeSafety, floodPage), pages, events, cost);
        }
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private void remember(String when) {
        System.gc();
        String line = when + ": " + footprint.look();
        memory.add(line);
        progress.accept(line);
    }

    private interface Saying {
        String say();
    }

    /** Says something so many times a second; returns the devices. */
    private static List<String> steadily(int rate, Duration duration, Saying saying) throws InterruptedException {
        List<String> devices = new ArrayList<>();
        long began = System.nanoTime();
        long count = rate * duration.toMillis() / 1_000;
        for (long i = 0; i < count; i++) {
            long due = began + i * 1_000_000_000L / rate;
            long early = due - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            devices.add(saying.say());
        }
        return devices;
    }

    /** Notes how long each took; what was never seen counts as for ever. */
    private static void note(
            List<String> devices, Signaller signaller, Function<String, OptionalLong> seen, Samples samples)
            throws InterruptedException {
        awaitOrGoOn(() -> devices.stream().allMatch(device -> seen.apply(device).isPresent()), SEEN);
        for (String device : devices) {
            long said = signaller.saidAt(device).orElseThrow();
            OptionalLong at = seen.apply(device);
            samples.add(at.isPresent() ? (double) (at.getAsLong() - said) : Double.POSITIVE_INFINITY);
        }
    }

    private static void awaitOrGoOn(BooleanSupplier condition, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void awaitDecided(long signals) throws InterruptedException {
        awaitOrGoOn(() -> stage.decided() >= signals, PATIENCE);
        if (stage.decided() < signals) {
            throw new IllegalStateException(stage.decided() + " of " + signals
                    + " signals decided on; is the machine busy with something else?");
        }
    }

    /** A quarter of what is open at sites where two feeds tell of one incident. */
    private List<Samples> pages(Plan plan, Signaller signaller) throws InterruptedException {
        long before = stage.decided();
        int more = Math.max(0, plan.open() - signaller.saidSoFar());
        progress.accept(number(more) + " more alerts, so that " + number(plan.open()) + " are open");
        String last = signaller.alone(Severity.III);
        for (int i = 0; i < more; i++) {
            last = i % 4 == 0 ? signaller.atSites(i / 4, Severity.IV) : signaller.alone(Severity.IV);
        }
        signaller.flush();
        awaitDecided(before + more + 1);
        TimeUnit.MILLISECONDS.sleep(2 * QUIET.toMillis());

        List<String> paths = List.of(
                "/",
                "/?severity=III&state=firing",
                "/?feed=dust-sensor",
                "/?unit=zhangpu",
                "/alerts/live/bench-dust-sensor%40" + last,
                "/readers",
                "/feeds");
        Pages pages = new Pages(stage.consoleUrl());
        List<Samples> all = new ArrayList<>();
        for (String path : paths) {
            Samples warmUp = new Samples(path, 0);
            Samples times = new Samples("page " + path.replaceFirst("%40.*", "…"), PAGE_GOAL);
            int bytes = 0;
            for (int i = 0; i < plan.pages(); i++) {
                // Something changes all the time: what was looked at for the page before does not serve for the next.
                if (i % 4 == 0) {
                    signaller.alone(Severity.III);
                }
                bytes = pages.get(path, i < plan.pages() / 5 ? warmUp : times);
            }
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s  p50 %.0f, p99 %.0f ms, %,d bytes",
                    path,
                    times.percentile(50),
                    times.percentile(99),
                    bytes));
            all.add(times);
        }
        return all;
    }

    private Samples events(Plan plan, Signaller signaller) throws InterruptedException {
        Samples delivery = new Samples("news → " + number(plan.clients()) + " browsers by SSE", EVENTS_GOAL);
        try (EventClients clients = new EventClients()) {
            progress.accept(number(plan.clients()) + " browsers");
            clients.open(stage.consoleUrl(), plan.clients());
            for (int i = 0; i < PULSES; i++) {
                TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
                clients.hear(() -> signaller.alone(Severity.III), delivery);
            }
            long before = clients.events();
            steadily(plan.rate(), Duration.ofSeconds(5), () -> signaller.alone(Severity.III));
            double perSecond = (clients.events() - before) / 5.0 / plan.clients();
            progress.accept(String.format(
                    Locale.ROOT,
                    "p99 %.0f ms; in a storm each hears %.1f events a second",
                    delivery.percentile(99),
                    perSecond));
        }
        return delivery;
    }

    private LifecycleCost flood(Plan plan, Signaller signaller, BoardWatch board, Samples lifeSafety, Samples page)
            throws InterruptedException {
        progress.accept(String.format(
                Locale.ROOT,
                "%,d signals of telemetry at once, and life safety %d times a second",
                plan.flood(),
                LIFE_SAFETY_A_SECOND));
        long before = stage.decided();
        LifecycleCost began = LifecycleCost.now(stage);
        for (int i = 0; i < plan.flood(); i++) {
            signaller.atSites(i, Severity.IV);
        }
        signaller.flush();
        Pages pages = new Pages(stage.consoleUrl());
        List<String> urgent = new ArrayList<>();
        long told = System.nanoTime();
        while (stage.decided() < before + plan.flood()) {
            urgent.addAll(steadily(LIFE_SAFETY_A_SECOND, Duration.ofMillis(500), signaller::lifeSafety));
            pages.get("/", page);
            if (System.nanoTime() - told > PROGRESS.toNanos()) {
                told = System.nanoTime();
                progress.accept(number(stage.decided() - before) + " signals worked off");
            }
        }
        LifecycleCost cost = LifecycleCost.now(stage).minus(began);
        progress.accept(String.format(
                Locale.ROOT, "%,.0f signals/s; %d of life safety meanwhile", cost.perSecond(), urgent.size()));
        note(urgent, signaller, board::seenAt, lifeSafety);
        return cost;
    }

    private Report report(List<Samples> ways, List<Samples> pages, Samples events, LifecycleCost cost) {
        StringBuilder table = new StringBuilder(Samples.HEADER);
        List<Samples> all = new ArrayList<>(ways);
        all.addAll(pages);
        all.add(events);
        all.forEach(samples -> table.append(samples.row()));
        table.append(String.format(
                Locale.ROOT,
                "%nlifecycle, one thread, everything else at work: %,.0f signals/s, %.0f µs of processor and %,.0f bytes a"
                        + " signal%n",
                cost.perSecond(),
                cost.micros(),
                cost.bytes()));
        memory.forEach(line -> table.append("memory ").append(line).append(System.lineSeparator()));
        double page = pages.stream().mapToDouble(p -> p.percentile(99)).max().orElse(Double.POSITIVE_INFINITY);
        table.append(String.format(
                Locale.ROOT,
                "signal_console_p99_ms=%.0f signal_alertmanager_p99_ms=%.0f life_safety_p99_ms=%.0f page_p99_ms=%.0f"
                        + " sse_p99_ms=%.0f signals_per_s=%.0f%n",
                ways.get(0).percentile(99),
                ways.get(1).percentile(99),
                ways.get(2).percentile(99),
                page,
                events.percentile(99),
                cost.perSecond()));
        return new Report(table.toString(), all.stream().allMatch(Samples::holds));
    }
}
