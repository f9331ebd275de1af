package io.fengsui.alerting.board;

import io.fengsui.ops.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sums of accounts by feed, for all time and by hour. Written by one thread, read by others. Accounts have a key an hour, for
 * ever; single ones are held for as long as they may still change, hours for as long as they are asked for.
 */
final class Tally {
    /** Behind the newest hour of the same task and feed: the task itself forgets an hour after two. */
    private static final Duration HELD = Duration.ofDays(2);

    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Counts> totals = new HashMap<>();
    private final Map<String, NavigableMap<Instant, Counts>> hours = new HashMap<>();

    /** Takes the newest state of one account, null for one that is gone. */
    synchronized void accept(String key, @Nullable Account account) {
        Account former = account == null ? accounts.remove(key) : accounts.put(key, account);
        if (former != null) {
            add(former, Counts.NONE.minus(Counts.of(former)));
        }
        if (account != null) {
            add(account, Counts.of(account));
        }
    }

    /**
     * Lets go of accounts that their task has left behind; their counts stay in the sums. Not before all of the topic was
     * read: until then it may hold older states of the same account.
     */
    synchronized void closeOld() {
        Map<Book, Instant> newest = new HashMap<>();
        accounts.values()
                .forEach(account -> newest.merge(Book.of(account), account.getHour(), (a, b) -> a.isBefore(b) ? b : a));
        accounts.values().removeIf(account -> account.getHour()
                .isBefore(
                        newest.getOrDefault(Book.of(account), account.getHour()).minus(HELD)));
        hours.values()
                .forEach(byHour -> byHour.headMap(byHour.lastKey().minus(HELD)).clear());
    }

    /** How many accounts are held one by one. */
    synchronized int held() {
        return accounts.size();
    }

    private record Book(String feed, int task) {
        static Book of(Account account) {
            return new Book(account.getFeed(), account.getTask());
        }
    }

    private void add(Account account, Counts counts) {
        totals.merge(account.getFeed(), counts, Counts::plus);
        hours.computeIfAbsent(account.getFeed(), feed -> new TreeMap<>())
                .merge(account.getHour(), counts, Counts::plus);
    }

    /** Sums of all time, by feed id. */
    synchronized Map<String, Counts> totals() {
        return Map.copyOf(totals);
    }

    /** Sum of the hours that begin at or after the instant. */
    synchronized Counts since(String feed, Instant from) {
        NavigableMap<Instant, Counts> byHour = hours.getOrDefault(feed, new TreeMap<>());
        return byHour.tailMap(from, true).values().stream().reduce(Counts.NONE, Counts::plus);
    }
}
