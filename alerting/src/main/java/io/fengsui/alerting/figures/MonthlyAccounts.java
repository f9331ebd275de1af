package io.fengsui.alerting.figures;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.lifecycle.Accounts;
import io.fengsui.alerting.scan.TopicUnreadableException;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What happened in a month: occurrences that are over, from Kafka, and those of the board, which may still be open. Exercises
 * are on the board's other side and in no account. What Kafka said is kept for a minute, so that page, printout and table of
 * one visit agree. For any thread; one reads Kafka at a time.
 */
public final class MonthlyAccounts {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final long PATIENCE_SECONDS = 20;

    private final AccountSource source;
    private final AlertBoard board;
    private final ZoneId zone;
    private final InstantSource clock;
    private final ReentrantLock one = new ReentrantLock();
    private final Map<YearMonth, Read> read = new HashMap<>();

    private record Read(List<AlertAccount> accounts, Instant at) {}

    private record Key(String alertId, Instant startedAt) {}

    /** @param zone whose months are meant */
    public MonthlyAccounts(AccountSource source, AlertBoard board, ZoneId zone, InstantSource clock) {
        this.source = source;
        this.board = board;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * Accounts of all occurrences that began in a month.
     *
     * @throws TopicUnreadableException if Kafka does not answer in time
     */
    public Collection<AlertAccount> of(YearMonth month) {
        Instant from = month.atDay(1).atStartOfDay(zone).toInstant();
        Instant to = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        Map<Key, AlertAccount> all = new LinkedHashMap<>();
        ended(month, from, to).forEach(account -> all.put(key(account), account));
        for (Alert alert : board.alerts(Realm.LIVE)) {
            if (!alert.getStartedAt().isBefore(from) && alert.getStartedAt().isBefore(to)) {
                AlertAccount now = Accounts.of(alert, board.duty());
                all.merge(key(now), now, (kept, shown) -> shown.getRevision() > kept.getRevision() ? shown : kept);
            }
        }
        return all.values();
    }

    private static Key key(AlertAccount account) {
        return new Key(account.getAlertId(), account.getStartedAt());
    }

    private List<AlertAccount> ended(YearMonth month, Instant from, Instant to) {
        try {
            if (!one.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new TopicUnreadableException("others are being read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicUnreadableException("interrupted", e);
        }
        try {
            Instant now = clock.instant();
            read.values().removeIf(former -> !now.isBefore(former.at().plus(FRESH)));
            Read known = read.get(month);
            if (known == null) {
                known = new Read(source.begunIn(from, to), now);
                read.put(month, known);
            }
            return known.accounts();
        } finally {
            one.unlock();
        }
    }
}
