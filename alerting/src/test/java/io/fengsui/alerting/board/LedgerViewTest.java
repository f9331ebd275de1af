package io.fengsui.alerting.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alerting.board.OffsetSource.FeedOffsets;
import io.fengsui.ops.Account;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerViewTest {
    private static final String FEED = "dust-sensor";

    private final Map<String, FeedOffsets> offsets = new HashMap<>();
    private Instant now = Instant.parse("2026-11-23T10:15:00Z");
    private final LedgerView view = new LedgerView(new HeldOffsets(), () -> now);

    @AfterEach
    void close() {
        view.close();
    }

    @Test
    void shouldBalanceWhenEveryRecordIsAccountedFor() throws Exception {
        offsets.put(FEED, new FeedOffsets(100, 100, 0));
        account("0", now, 90, 4, 5, Map.of("NOT_AVRO", 1L, "NOT_JSON", 7L));
        FeedAccount account = polled();

        assertThat(account.accepted()).isEqualTo(107);
        assertThat(account.inFlight()).isZero();
        assertThat(account.difference()).isZero();
        assertThat(view.ledger().orElseThrow().balances()).isTrue();
    }

    @Test
    void shouldCountWhatIsNotCommittedAsInFlight() throws Exception {
        offsets.put(FEED, new FeedOffsets(100, 60, 0));
        account("0", now, 60, 0, 0, Map.of());
        FeedAccount account = polled();

        assertThat(account.inFlight()).isEqualTo(40);
        assertThat(account.difference()).isZero();
        assertThat(view.ledger().orElseThrow().balances()).isFalse();
    }

    @Test
    void shouldNotCallADifferenceWhileAccountsLagBehindOffsets() throws Exception {
        offsets.put(FEED, new FeedOffsets(100, 50, 0));
        account("0", now, 50, 0, 0, Map.of());
        polled();
        offsets.put(FEED, new FeedOffsets(200, 180, 0));
        FeedAccount account = polled();

        assertThat(account.difference()).isZero();
        assertThat(account.inFlight()).isEqualTo(150);
    }

    @Test
    void shouldCallRecordsMissingThatWereCommittedAndNeverAccountedFor() throws Exception {
        offsets.put(FEED, new FeedOffsets(100, 100, 0));
        account("0", now, 97, 0, 0, Map.of());
        polled();
        Instant seen = now.plusSeconds(1);
        now = seen;
        FeedAccount account = polled();
        now = now.plusSeconds(30);
        FeedAccount later = polled();

        assertThat(account.difference()).isEqualTo(3);
        assertThat(later.differsSince()).contains(seen);
        account("0", now, 100, 0, 0, Map.of());
        assertThat(polled().differsSince()).isEmpty();
    }

    @Test
    void shouldCallRecordsDoubledThatWereAccountedForTooOften() throws Exception {
        offsets.put(FEED, new FeedOffsets(100, 100, 0));
        account("0", now, 102, 0, 0, Map.of());

        assertThat(polled().difference()).isEqualTo(-2);
    }

    @Test
    void shouldCallRecordsDoubledWhileOthersAreInFlight() throws Exception {
        offsets.put(FEED, new FeedOffsets(100, 60, 0));
        account("0", now, 62, 0, 0, Map.of());
        FeedAccount account = polled();

        assertThat(account.difference()).isEqualTo(-2);
        assertThat(account.inFlight()).isEqualTo(40);
    }

    @Test
    void shouldSumTasksAndTakeTheLatestStateOfEach() throws Exception {
        offsets.put(FEED, new FeedOffsets(30, 30, 0));
        account("0", now, 5, 0, 0, Map.of());
        account("0", now, 10, 0, 0, Map.of());
        account("1", now, 20, 0, 0, Map.of());
        assertThat(polled().counts().routed()).isEqualTo(30);

        view.accept("1", null);
        assertThat(polled().counts().routed()).isEqualTo(10);
    }

    @Test
    void shouldTellTheLastDayByHour() throws Exception {
        offsets.put(FEED, new FeedOffsets(100, 100, 80));
        account("yesterday", now.minus(24, ChronoUnit.HOURS), 80, 0, 0, Map.of());
        account("oldest", now.minus(23, ChronoUnit.HOURS), 12, 0, 0, Map.of("NOT_JSON", 2L));
        account("now", now, 8, 0, 0, Map.of());
        FeedAccount account = polled();

        assertThat(account.lastDay().routed()).isEqualTo(20);
        assertThat(account.lastDayAccepted()).isEqualTo(22);
        assertThat(account.counts().routed()).isEqualTo(100);
    }

    @Test
    void shouldListMessagesThatNamedNoFeed() throws Exception {
        view.accept("x", record(LedgerView.UNKNOWN_FEED, now, 0, 0, 0, Map.of("BAD_TOPIC", 3L)));
        view.poll();
        FeedAccount unknown =
                view.ledger().orElseThrow().feeds().get(Feeds.all().size());

        assertThat(unknown.feed()).isEqualTo(LedgerView.UNKNOWN_FEED);
        assertThat(unknown.accepted()).isEqualTo(3);
        assertThat(unknown.difference()).isZero();
    }

    @Test
    void shouldTellTheRateOfTheLastMinute() throws Exception {
        for (int second = 0; second <= 90; second++) {
            offsets.put(FEED, new FeedOffsets(second * 50L, 0, 0));
            polled();
            now = now.plusSeconds(1);
        }

        assertThat(polled().acceptedPerSecond()).isBetween(48.0, 51.0);
    }

    @Test
    void shouldBeHealthyOnlyWhileOffsetsAreRead() throws Exception {
        assertThat(view.healthy()).isFalse();
        view.poll();
        assertThat(view.healthy()).isTrue();
        now = now.plus(Duration.ofSeconds(20));
        assertThat(view.healthy()).isFalse();
    }

    private FeedAccount polled() throws Exception {
        view.poll();
        return view.ledger().orElseThrow().feeds().stream()
                .filter(account -> account.feed().equals(FEED))
                .findFirst()
                .orElseThrow();
    }

    private void account(
            String key, Instant hour, long routed, long unrouted, long duplicates, Map<String, Long> reasons) {
        view.accept(key, record(FEED, hour, routed, unrouted, duplicates, reasons));
    }

    private static Account record(
            String feed, Instant hour, long routed, long unrouted, long duplicates, Map<String, Long> reasons) {
        return Account.newBuilder()
                .setFeed(feed)
                .setTask(0)
                .setHour(hour.truncatedTo(ChronoUnit.HOURS))
                .setRouted(routed)
                .setUnrouted(unrouted)
                .setDuplicates(duplicates)
                .setDeadLettered(
                        reasons.values().stream().mapToLong(Long::longValue).sum())
                .setLate(0)
                .setReasons(reasons)
                .build();
    }

    private final class HeldOffsets implements OffsetSource {
        @Override
        public Map<String, FeedOffsets> read(Instant from) {
            return Map.copyOf(offsets);
        }

        @Override
        public void close() {}
    }
}
