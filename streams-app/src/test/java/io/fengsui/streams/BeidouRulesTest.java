package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouMessageKind;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

        assertThat(alerts())
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

        assertThat(alerts())
                .containsExactly(
                        "RAISE II beidou-report@bd-1",
                        "RAISE II beidou-report@bd-1",
                        "RAISE I beidou-deaths@bd-1",
                        "RAISE III beidou-deaths@bd-1",
                        "RAISE III beidou-unrated@bd-1");
    }

    @ParameterizedTest
    @EnumSource(
            value = BeidouContent.class,
            names = {"TEXT", "UNDECODABLE", "UNKNOWN"})
    void shouldHaveAHumanReadWhatCannotBeRead(BeidouContent content) {
        bed.send(Feeds.BEIDOU_REPORT, events.beidou(content, Severity.UNKNOWN).build());

        assertThat(alerts()).containsExactly("RAISE III beidou-text@bd-1");
    }

    @Test
    void shouldRaiseNothingForWhatIsNoReport() {
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.NONE, Severity.UNKNOWN)
                        .setKind(BeidouMessageKind.POSITION)
                        .build());
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.EMBEDDED, Severity.UNKNOWN)
                        .setEmbeddedFormat("SL651")
                        .build());

        assertThat(alerts()).isEmpty();
        assertThat(bed.events("city.civil-affairs.beidou-report")).hasSize(2);
    }

    @Test
    void shouldFlagATerminalInTrouble() {
        bed.send(Feeds.BEIDOU_REPORT, card(true));
        bed.send(Feeds.BEIDOU_REPORT, card(false));
        bed.send(Feeds.BEIDOU_REPORT, feedback(true));
        bed.send(Feeds.BEIDOU_REPORT, feedback(false));

        assertThat(bed.read(Topics.city(Realm.LIVE, "civil-affairs", Feeds.BEIDOU_REPORT)))
                .extracting(event -> event.getHeader().getFlags())
                .containsExactly(List.of(), List.of("terminal-trouble"), List.of(), List.of("terminal-trouble"));
        assertThat(alerts()).isEmpty();
    }

    private BeidouReport card(boolean present) {
        return events.beidou(BeidouContent.NONE, Severity.UNKNOWN)
                .setKind(BeidouMessageKind.CARD)
                .setCardPresent(present)
                .build();
    }

    private BeidouReport feedback(boolean accepted) {
        return events.beidou(BeidouContent.NONE, Severity.UNKNOWN)
                .setKind(BeidouMessageKind.FEEDBACK)
                .setAccepted(accepted)
                .build();
    }

    private void report(Severity severity, Integer deaths) {
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.STRUCTURED, severity)
                        .setDeaths(deaths)
                        .build());
        bed.pass(Duration.ofSeconds(1));
    }

    /** Without the count of a unit's reports, which has a test of its own. */
    private List<String> alerts() {
        return bed.alerts().stream()
                .filter(alert -> !alert.contains("beidou-several"))
                .toList();
    }
}
