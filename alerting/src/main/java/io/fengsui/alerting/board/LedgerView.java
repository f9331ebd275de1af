package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.board.OffsetSource.FeedOffsets;
import io.fengsui.ops.Account;
import io.fengsui.platform.CompactedTable;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger: accepted = routed + dead-lettered + unrouted + duplicates + in flight, by feed. Accounts come from
 * {@code ledger.account}, offsets are asked for once a second by a thread of its own.
 *
 * <p>Accounts and offsets cannot be read at one instant, so a difference is called only when the accounts read
 * <em>after</em> an offset was committed still fall short of it; anything newer is in flight.
 */
public final class LedgerView implements AutoCloseable {
    /** Feed id of the accounts of messages that named no feed. */
    public static final String UNKNOWN_FEED = "unknown";

    private static final Logger logger = LoggerFactory.getLogger(LedgerView.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(15);
    private static final int RATE_SAMPLES = 60;
    private static final int LAST_DAY_HOURS = 24;

    private final OffsetSource offsets;
    private final InstantSource clock;
    private final Optional<CompactedTable<Account>> table;
    private final Thread poller;
    private final CountDownLatch firstReading = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Tally tally = new Tally();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Map<String, Instant> differsSince = new HashMap<>();
    private boolean failing;
    private volatile boolean loaded;
    private volatile @Nullable Ledger ledger;

    /**
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     * @param streamsApplicationId application id of the streams app, whose offsets tell what is in flight
     */
    public LedgerView(
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            String owner,
            String streamsApplicationId,
            InstantSource clock) {
        this.offsets = new KafkaOffsets(kafka, owner, streamsApplicationId);
        this.clock = clock;
        this.table = Optional.of(CompactedTable.telling(Topics.ACCOUNT, kafka, registry, owner, this::accept));
        this.poller = thread(owner);
    }

    /** A ledger that reads accounts by {@link #accept} alone and offsets only when {@link #poll} is called. */
    public LedgerView(OffsetSource offsets, InstantSource clock) {
        this.offsets = offsets;
        this.clock = clock;
        this.table = Optional.empty();
        this.poller = thread("standing");
    }

    private Thread thread(String owner) {
        Thread thread = new Thread(this::run, owner + "-ledger");
        thread.setDaemon(true);
        return thread;
    }

    public void start() {
        table.ifPresent(accounts -> {
            accounts.start();
            poller.start();
        });
    }

    /**
     * Waits until the accounts are here; the offsets may take a second more.
     *
     * @throws io.fengsui.platform.StartException after the timeout, or if the topic does not exist
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        if (table.isPresent()) {
            table.get().awaitLoaded(timeout);
        }
        loaded = true;
    }

    /** Waits for the first reading of the offsets; false after the timeout. */
    public boolean awaitRead(Duration timeout) throws InterruptedException {
        return firstReading.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** False once the accounts are no longer followed, or the offsets have not been read for 15 seconds. */
    public boolean healthy() {
        Ledger last = ledger;
        return table.map(CompactedTable::healthy).orElse(true)
                && last != null
                && last.at().isAfter(clock.instant().minus(STALE));
    }

    /** The ledger as of the last reading; empty before the first. */
    public Optional<Ledger> ledger() {
        return Optional.ofNullable(ledger);
    }

    /** Takes the newest state of an account, null for one that is gone. */
    public void accept(String key, @Nullable Account account) {
        tally.accept(key, account);
    }

    private void run() {
        try {
            do {
                pollOrLog();
            } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            logger.debug("The ledger is closed");
        }
    }

    private void pollOrLog() throws InterruptedException {
        try {
            poll();
            failing = false;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (!failing) {
                logger.warn("The offsets of the ledger cannot be read, the figures stand still", e);
            }
            failing = true;
        }
    }

    /** Reads the offsets and casts the accounts. One thread at a time. */
    public void poll() throws InterruptedException, ExecutionException, TimeoutException {
        Instant now = clock.instant();
        Instant dayStart = now.truncatedTo(ChronoUnit.HOURS).minus(LAST_DAY_HOURS - 1, ChronoUnit.HOURS);
        Map<String, Counts> totals = tally.totals();
        Map<String, FeedOffsets> read = offsets.read(dayStart);
        Sample former = samples.isEmpty() ? new Sample(now, Map.of()) : samples.getLast();
        Sample oldest = samples.isEmpty() ? new Sample(now, read) : samples.getFirst();
        List<FeedAccount> feeds = new ArrayList<>();
        for (Feed<?> feed : Feeds.all()) {
            feeds.add(account(feed.id(), now, totals, read, former, oldest, dayStart));
        }
        if (totals.containsKey(UNKNOWN_FEED)) {
            feeds.add(account(UNKNOWN_FEED, now, totals, read, former, oldest, dayStart));
        }
        samples.addLast(new Sample(now, read));
        if (samples.size() > RATE_SAMPLES) {
            samples.removeFirst();
        }
        if (loaded) {
            tally.closeOld();
        }
        ledger = new Ledger(now, List.copyOf(feeds));
        firstReading.countDown();
    }

    private FeedAccount account(
            String feed,
            Instant now,
            Map<String, Counts> totals,
            Map<String, FeedOffsets> read,
            Sample former,
            Sample oldest,
            Instant dayStart) {
        Counts counts = totals.getOrDefault(feed, Counts.NONE);
        FeedOffsets current = read.getOrDefault(feed, new FeedOffsets(0, 0, 0));
        // Accounts are read first, and what they settle is committed with them: whatever exceeds that was counted
        // twice.
        long doubled = Math.max(0, counts.settledRecords() - current.committed());
        long settled = counts.settledRecords() - doubled;
        long claimed = Math.max(former.of(feed).committed(), settled);
        long inFlight = Math.max(0, current.end() - claimed);
        long difference = current.end() - settled - inFlight - doubled;
        Counts lastDay = tally.since(feed, dayStart);
        return new FeedAccount(
                feed,
                current.end() + counts.deadLetteredByBridge(),
                counts,
                inFlight,
                difference,
                since(feed, difference, now),
                rate(oldest, feed, current, now),
                current.end() - current.before() + lastDay.deadLetteredByBridge(),
                lastDay);
    }

    private Optional<Instant> since(String feed, long difference, Instant now) {
        if (difference == 0) {
            differsSince.remove(feed);
            return Optional.empty();
        }
        return Optional.of(differsSince.computeIfAbsent(feed, id -> now));
    }

    private static double rate(Sample oldest, String feed, FeedOffsets current, Instant now) {
        double seconds = Duration.between(oldest.at(), now).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : (current.end() - oldest.of(feed).end()) / seconds;
    }

    @Override
    public void close() {
        closed.countDown();
        poller.interrupt();
        table.ifPresent(CompactedTable::close);
        offsets.close();
    }

    private record Sample(Instant at, Map<String, FeedOffsets> byFeed) {
        FeedOffsets of(String feed) {
            return byFeed.getOrDefault(feed, new FeedOffsets(0, 0, 0));
        }
    }
}
