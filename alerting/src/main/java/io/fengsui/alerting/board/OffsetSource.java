package io.fengsui.alerting.board;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Where the feed topics end, and how far the streams app has come. */
public interface OffsetSource extends AutoCloseable {

    /**
     * Offsets of one feed, summed over partitions and realms.
     *
     * @param end records written since the topics were made
     * @param committed records that the streams app has done with
     * @param before records written before the instant asked for
     */
    record FeedOffsets(long end, long committed, long before) {}

    /** Reads the offsets now, by feed id. */
    Map<String, FeedOffsets> read(Instant from) throws InterruptedException, ExecutionException, TimeoutException;

    @Override
    void close();
}
