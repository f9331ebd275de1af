package io.fengsui.alerting.board;

import io.fengsui.ops.Account;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums of accounts by feed, for all time and by hour. Written by one thread, read by others. */
final class Tally {
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
