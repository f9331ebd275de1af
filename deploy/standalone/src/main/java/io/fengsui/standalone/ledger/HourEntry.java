package io.fengsui.standalone.ledger;

import io.fengsui.alerting.board.Counts;
import java.time.Instant;

/**
 * The account of a feed in one hour.
 *
 * @param hour its start
 * @param accepted messages that were acknowledged to vendors in it
 * @param counts what became of messages in it, also of those accepted before
 * @param inFlight accepted until its end, and then not yet accounted for
 * @param difference accepted until its end and accounted for never (above 0), or accounted for and never accepted (below 0)
 */
public record HourEntry(String feed, Instant hour, long accepted, Counts counts, long inFlight, long difference) {

    /** Whether anything happened in it. */
    boolean isEmpty() {
        return accepted == 0 && counts.equals(Counts.NONE) && inFlight == 0 && difference == 0;
    }
}
