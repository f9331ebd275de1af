package io.fengsui.alerting.board;

import java.time.Instant;
import java.util.List;

/**
 * The accounts of all feeds at one moment.
 *
 * @param at when the offsets were read
 * @param feeds in the order of the feed list, {@code unknown} last
 */
public record Ledger(Instant at, List<FeedAccount> feeds) {

    /** Whether nothing is in flight and nothing is missing or doubled. */
    public boolean balances() {
        return feeds.stream().allMatch(feed -> feed.inFlight() == 0 && feed.difference() == 0);
    }
}
