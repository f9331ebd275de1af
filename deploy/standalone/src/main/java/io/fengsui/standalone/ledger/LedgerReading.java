package io.fengsui.standalone.ledger;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.board.Counts;
import io.fengsui.alerting.board.LedgerView;
import io.fengsui.ops.Account;
import io.fengsui.platform.CompactedTable;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger from Kafka. What is committed is looked at before and after the accounts: whatever was committed before must
 * be in them, and what is committed after is the most they may have.
 */
public final class LedgerReading {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LOAD = Duration.ofMinutes(1);

    /** The streams app tells its accounts four times a second. */
    private static final long UNTIL_TOLD_MILLIS = 1_500;

    /** The accounts of one feed by hour, and what differs since before the hours asked for. */
    public record Page(String feed, List<HourEntry> entries, long differsBefore) {}

    private final Admin admin;
    private final Map<String, Object> clients;
    private final SchemaRegistryClient registry;
    private final String streamsApplicationId;
    private final Consumer<String> progress;

    /** @param progress told of each feed that is being read */
    public LedgerReading(
            Admin admin,
            Map<String, Object> clients,
            SchemaRegistryClient registry,
            String streamsApplicationId,
            Consumer<String> progress) {
        this.admin = admin;
        this.clients = Map.copyOf(clients);
        this.registry = registry;
        this.streamsApplicationId = streamsApplicationId;
        this.progress = progress;
    }

    /**
     * The ledger by hour, until now.
     *
     * @param from start of the first hour
     * @param only this feed; null for all
     * @param realm counts of this realm alone; what differs and what is in flight is then left out, since a record that cannot be
     *     read tells no realm. Null for both
     */
    public List<Page> read(Instant from, Instant now, @Nullable Feed<?> only, @Nullable Realm realm)
            throws InterruptedException {
        List<Feed<?>> feeds = only == null ? Feeds.all() : List.of(only);
        WrittenRecords written = new WrittenRecords(admin);
        Map<String, Long> before = committed(feeds, written);
        TimeUnit.MILLISECONDS.sleep(UNTIL_TOLD_MILLIS);
        Map<String, NavigableMap<Instant, Counts>> accounts = accounts(realm);
        Map<String, Long> after = committed(feeds, written);
        List<Instant> times = times(from, now);
        List<Page> pages = new ArrayList<>();
        for (Feed<?> feed : feeds) {
            progress.accept(feed.id());
            NavigableMap<Instant, Counts> byHour = accounts.getOrDefault(feed.id(), new TreeMap<>());
            long settled =
                    byHour.values().stream().mapToLong(Counts::settledRecords).sum();
            long missing = Math.max(0, before.getOrDefault(feed.id(), 0L) - settled);
            long doubled = Math.max(0, settled - after.getOrDefault(feed.id(), 0L));
            pages.add(page(
                    realm, new FeedLedger(feed.id(), written.until(feed, realm, times), byHour, missing - doubled)));
        }
        NavigableMap<Instant, Counts> nameless = accounts.get(LedgerView.UNKNOWN_FEED);
        if (only == null && nameless != null) {
            NavigableMap<Instant, Long> nothing = new TreeMap<>();
            times.forEach(time -> nothing.put(time, 0L));
            pages.add(page(realm, new FeedLedger(LedgerView.UNKNOWN_FEED, nothing, nameless, 0)));
        }
        return pages;
    }

    private static Page page(@Nullable Realm realm, FeedLedger ledger) {
        if (realm == null) {
            return new Page(ledger.feed(), ledger.entries(), ledger.differenceBefore());
        }
        List<HourEntry> counts = ledger.entries().stream()
                .map(entry -> new HourEntry(entry.feed(), entry.hour(), entry.accepted(), entry.counts(), 0, 0))
                .toList();
        return new Page(ledger.feed(), counts, 0);
    }

    private static List<Instant> times(Instant from, Instant now) {
        return Stream.concat(Stream.iterate(from, time -> time.isBefore(now), time -> time.plus(HOUR)), Stream.of(now))
                .toList();
    }

    private Map<String, Long> committed(List<Feed<?>> feeds, WrittenRecords written) throws InterruptedException {
        Map<String, Long> committed = new HashMap<>();
        for (Feed<?> feed : feeds) {
            committed.put(feed.id(), written.committed(feed, streamsApplicationId));
        }
        return committed;
    }

    private Map<String, NavigableMap<Instant, Counts>> accounts(@Nullable Realm realm) throws InterruptedException {
        Map<String, Account> newest = new ConcurrentHashMap<>();
        try (CompactedTable<Account> table =
                CompactedTable.telling(Topics.ACCOUNT, clients, registry, "ledger", (key, account) -> {
                    if (account == null) {
                        newest.remove(key);
                    } else {
                        newest.put(key, account);
                    }
                })) {
            table.start();
            table.awaitLoaded(LOAD);
        }
        Map<String, NavigableMap<Instant, Counts>> byFeed = new HashMap<>();
        newest.forEach((key, account) -> {
            if (realm == null || key.endsWith("|" + realm.name())) {
                byFeed.computeIfAbsent(account.getFeed(), feed -> new TreeMap<>())
                        .merge(account.getHour(), Counts.of(account), Counts::plus);
            }
        });
        return byFeed;
    }
}
