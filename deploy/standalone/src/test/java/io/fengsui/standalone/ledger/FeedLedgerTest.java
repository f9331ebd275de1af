package io.fengsui.standalone.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alerting.board.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeedLedgerTest {
    private static final Instant T0 = Instant.parse("2026-11-26T08:00:00Z");
    private static final Instant NOW = T0.plus(Duration.ofMinutes(150));

    private final NavigableMap<Instant, Long> written = new TreeMap<>();
    private final NavigableMap<Instant, Counts> accounts = new TreeMap<>();

    @Test
    void shouldBalanceEachHour() {
        written(0, 100, 150, 170);
        account(0, 90, 10);
        account(1, 50, 0);
        account(2, 15, 5);

        assertThat(entries(0)).allSatisfy(entry -> {
            assertThat(entry.difference()).isZero();
            assertThat(entry.inFlight()).isZero();
        });
        assertThat(entries(0)).extracting(HourEntry::accepted).containsExactly(100L, 50L, 20L);
    }

    @Test
    void shouldCarryWhatIsInFlightIntoTheNextHour() {
        written(0, 100, 150, 170);
        account(0, 80, 0);
        account(1, 70, 0);
        account(2, 11, 0);

        assertThat(entries(0)).extracting(HourEntry::inFlight).containsExactly(20L, 0L, 9L);
        assertThat(entries(0)).extracting(HourEntry::difference).containsOnly(0L);
    }

    @Test
    void shouldNameTheHourSinceWhichARecordIsMissing() {
        written(0, 100, 150, 170);
        account(0, 95, 0);
        account(1, 53, 0);
        account(2, 20, 0);

        assertThat(entries(2)).extracting(HourEntry::difference).containsExactly(2L, 0L, 0L);
        assertThat(entries(2)).extracting(HourEntry::inFlight).containsExactly(3L, 0L, 0L);
    }

    @Test
    void shouldNameTheHourInWhichARecordWasCountedTwice() {
        written(0, 100, 150, 170);
        account(0, 100, 0);
        account(1, 51, 0);
        account(2, 20, 0);

        assertThat(entries(-1)).extracting(HourEntry::difference).containsExactly(0L, -1L, 0L);
    }

    @Test
    void shouldLeaveAnOlderDifferenceOutOfTheHoursAskedFor() {
        written(107, 207, 257, 277);
        account(-5, 100, 0);
        account(0, 100, 0);
        account(1, 50, 0);
        account(2, 20, 0);

        FeedLedger ledger = new FeedLedger("dust-sensor", written, accounts, 7);
        assertThat(ledger.entries()).extracting(HourEntry::difference).containsOnly(0L);
        assertThat(ledger.differenceBefore()).isEqualTo(7);
    }

    @Test
    void shouldCountLettersOfTheBridgeAsAccepted() {
        written(0, 10, 10, 10);
        accounts.put(T0, new Counts(10, 0, 0, 4, 0, Map.of("NOT_JSON", 4L), 0));

        assertThat(entries(0).get(0).accepted()).isEqualTo(14);
        assertThat(entries(0).get(0).difference()).isZero();
    }

    private List<HourEntry> entries(long unaccounted) {
        return new FeedLedger("dust-sensor", written, accounts, unaccounted).entries();
    }

    private void written(long... counts) {
        written.put(T0, counts[0]);
        written.put(T0.plus(Duration.ofHours(1)), counts[1]);
        written.put(T0.plus(Duration.ofHours(2)), counts[2]);
        written.put(NOW, counts[3]);
    }

    private void account(int hour, long routed, long duplicates) {
        accounts.put(T0.plus(Duration.ofHours(hour)), new Counts(routed, 0, duplicates, 0, 0, Map.of(), 0));
    }
}
