package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A follow-up that leaves out level or deaths makes no report milder. */
class BeidouRulesTest {
    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldLeaveTheLevelToReportsThatTellOne() {
        report(Severity.I, null);
        report(Severity.UNKNOWN, null);
        report(Severity.UNKNOWN, 12);
        report(Severity.II, null);

        assertThat(bed.alerts())
                .containsExactly(
                        "RAISE I beidou-report@bd-1",
                        "RAISE III beidou-unrated@bd-1",
                        "RAISE II beidou-deaths@bd-1",
                        "RAISE II beidou-report@bd-1");
    }

    @Test
    void shouldJudgeByDeathsOnlyWhereTheyAreGraverThanTheLevelTold() {
        report(Severity.II, 12);
        report(Severity.II, 30);
        report(Severity.IV, 3);
        report(Severity.UNKNOWN, 2);
        report(Severity.IV, 2);

        assertThat(bed.alerts())
                .containsExactly(
                        "RAISE II beidou-report@bd-1",
                        "RAISE II beidou-report@bd-1",
                        "RAISE I beidou-deaths@bd-1",
                        "RAISE III beidou-deaths@bd-1",
                        "RAISE III beidou-unrated@bd-1");
    }

    private void report(Severity severity, Integer deaths) {
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.STRUCTURED, severity)
                        .setDeaths(deaths)
                        .build());
        bed.pass(Duration.ofSeconds(1));
    }
}
