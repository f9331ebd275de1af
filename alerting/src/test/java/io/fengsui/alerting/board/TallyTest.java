package io.fengsui.alerting.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ops.Account;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final String FEED = "dust-sensor";
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final int YEAR = 365 * 24;

    private final Tally tally = new Tally();

    @Test
    void shouldHoldTwoDaysOfAccountsAfterAYearAndSumThemAll() {
        for (int hour = 0; hour < YEAR; hour++) {
            accept(0, hour, 1);
            accept(0, hour, 10);
        }
        tally.closeOld();

        assertThat(tally.held()).isEqualTo(49);
        assertThat(tally.totals().get(FEED)).extracting(Counts::routed).isEqualTo(YEAR * 10L);
        assertThat(tally.since(FEED, hour(YEAR - 24)).routed()).isEqualTo(240);
        accept(0, YEAR - 1, 15);
        assertThat(tally.totals().get(FEED)).extracting(Counts::routed).isEqualTo(YEAR * 10L + 5);
    }

    @Test
    void shouldNotCountTwiceWhatATaskTellsAgainAfterALongSleep() {
        accept(0, 0, 7);
        accept(1, 500, 1);
        tally.closeOld();
        accept(0, 0, 7);

        assertThat(tally.totals().get(FEED)).extracting(Counts::routed).isEqualTo(8L);
    }

    private void accept(int task, int hour, long routed) {
        tally.accept(
                task + "|" + hour,
                Account.newBuilder()
                        .setFeed(FEED)
                        .setTask(task)
                        .setHour(hour(hour))
                        .setRouted(routed)
                        .setUnrouted(0)
                        .setDuplicates(0)
                        .setDeadLettered(0)
                        .setLate(0)
                        .build());
    }

    private static Instant hour(int number) {
        return T0.plus(number, ChronoUnit.HOURS);
    }
}
