package io.fengsui.alerting.board;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How far the platforms of units and departments have read their topics. */
public interface ReaderSource extends AutoCloseable {

    /**
     * One consumer group at one reader's topics, of both kinds of clients: its committed offsets are its receipt.
     *
     * @param unit township, zone, office, area or department whose topics they are
     * @param members clients that are connected now
     * @param unread records it has not said it has read, at most: marks of transactions count along; 0: everything is read
     * @param overdue of these, written before the time that was asked about
     * @param oldestUnread when the oldest of them was written; null: everything is read
     * @param alertsRead offset in its topic of alerts up to which it has read; below 0: it does not read alerts
     */
    record Receipt(
            String unit,
            String group,
            int members,
            long unread,
            long overdue,
            @Nullable Instant oldestUnread,
            long alertsRead) {
        /** Of one that does not read alerts. */
        public Receipt(
                String unit, String group, int members, long unread, long overdue, @Nullable Instant oldestUnread) {
            this(unit, group, members, unread, overdue, oldestUnread, -1);
        }
    }

    /**
     * Reads them now.
     *
     * @param due what was written before this and is unread is overdue
     */
    List<Receipt> read(Instant due) throws InterruptedException, ExecutionException, TimeoutException;

    @Override
    void close();
}
