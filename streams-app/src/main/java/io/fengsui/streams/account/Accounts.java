package io.fengsui.streams.account;

import io.fengsui.ops.Account;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.meter.EventOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Accounts of one task of a lane. Each count is put into the store at once, so that it is committed with the records it counts; the
 * store's cache makes one changelog record a commit of many counts. {@link #publish} then tells the ledger what changed, and
 * after a restart everything the store still has.
 */
public final class Accounts {
    public static final String STORE = "accounts";

    /** Feed of a dead letter that named none. */
    public static final String UNKNOWN_FEED = "unknown";

    /** How long the store keeps an hour that was told to the ledger. */
    private static final Duration KEPT = Duration.ofHours(2);

    private static final long SECONDS_AN_HOUR = 3_600;

    private final KeyValueStore<String, Tally> store;
    private final Lane lane;
    private final int task;
    private final Map<String, Tally> open = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Map<Realm, Map<String, String>> keys = new EnumMap<>(Realm.class);
    private long hour = -1;

    private Accounts(KeyValueStore<String, Tally> store, Lane lane, int task) {
        this.store = store;
        this.lane = lane;
        this.task = task;
    }

    /** Few small values that change with every event: in memory, cached until the commit, logged. */
    public static StoreBuilder<?> storeBuilder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), new TallySerde())
                .withCachingEnabled();
    }

    /** Takes up the accounts of a task where its store has them, and opens the current hour of each feed of the lane. */
    @SuppressWarnings("unchecked")
    public static Accounts open(Object store, Lane lane, int task, Instant now) {
        Accounts accounts = new Accounts((KeyValueStore<String, Tally>) store, lane, task);
        try (KeyValueIterator<String, Tally> all = accounts.store.all()) {
            while (all.hasNext()) {
                KeyValue<String, Tally> entry = all.next();
                accounts.open.put(entry.key, entry.value);
                accounts.changed.add(entry.key);
            }
        }
        for (Feed<?> feed : Feeds.of(lane)) {
            accounts.save(accounts.key(feed.id(), Realm.LIVE, now));
        }
        return accounts;
    }

    public void count(Feed<?> feed, Realm realm, EventOutcome outcome, boolean late, Instant now) {
        String key = key(feed.id(), realm, now);
        tally(key).count(outcome, late);
        save(key);
    }

    /** Counts an event that was made of others and is none of those that came in. */
    public void countDerived(Feed<?> feed, Realm realm, Instant now) {
        String key = key(feed.id(), realm, now);
        tally(key).derived++;
        save(key);
    }

    public void countDeadLetter(String feedId, Realm realm, String reason, Instant now) {
        String key = key(feedId, realm, now);
        tally(key).countDeadLetter(reason);
        save(key);
    }

    /** Tells every account that has changed since, by the key it has in the ledger; both lanes have a task of that number. */
    public void publish(Instant now, BiConsumer<String, Account> ledger) {
        for (String key : changed) {
            String[] parts = key.split("\\|");
            ledger.accept(
                    lane.id() + "|" + task + "|" + key, tally(key).toAccount(parts[0], Instant.parse(parts[1]), task));
        }
        changed.clear();
        forget(now.minus(KEPT));
    }

    private void forget(Instant before) {
        List<String> old = new ArrayList<>(0);
        for (String key : open.keySet()) {
            if (Instant.parse(key.split("\\|")[1]).isBefore(before)) {
                old.add(key);
            }
        }
        old.forEach(key -> {
            open.remove(key);
            store.delete(key);
        });
    }

    private Tally tally(String key) {
        return open.computeIfAbsent(key, k -> new Tally());
    }

    private void save(String key) {
        store.put(key, tally(key));
        changed.add(key);
    }

    /** It is asked for with every event, and made once an hour. */
    private String key(String feedId, Realm realm, Instant now) {
        long current = now.getEpochSecond() / SECONDS_AN_HOUR;
        if (current != hour) {
            hour = current;
            keys.clear();
        }
        return keys.computeIfAbsent(realm, r -> new HashMap<>())
                .computeIfAbsent(feedId, id -> id + "|" + now.truncatedTo(ChronoUnit.HOURS) + "|" + realm.name());
    }
}
