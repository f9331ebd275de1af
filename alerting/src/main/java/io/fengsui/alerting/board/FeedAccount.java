package io.fengsui.alerting.board;

import java.time.Instant;
import java.util.Optional;

/**
 * The account of one feed, real events and exercises together.
 *
 * @param feed feed id, or {@code unknown} for messages that named none
 * @param accepted messages acknowledged to vendors since the topics were made
 * @param counts what became of them
 * @param inFlight accepted, and not yet accounted for
 * @param difference accepted less everything else: above 0 are missing, below 0 are doubled
 * @param differsSince since when the difference is not 0
 * @param acceptedPerSecond mean of the last minute
 * @param lastDayAccepted accepted in this hour and the 23 before
 * @param lastDay what was accounted for in these hours
 */
public record FeedAccount(
        String feed,
        long accepted,
        Counts counts,
        long inFlight,
        long difference,
        Optional<Instant> differsSince,
        double acceptedPerSecond,
        long lastDayAccepted,
        Counts lastDay) {}
