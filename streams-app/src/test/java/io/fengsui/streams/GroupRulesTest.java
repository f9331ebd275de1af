package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.rule.RuleBook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules that count what happens to devices that have something in common. */
class GroupRulesTest {
    private static final String REPORTS = """
            feed: beidou-report
            rules:
              - id: several
                title: {zh: 多起报告, en: Several reports}
                across: unit
                severity:
                  - {is: II, when: event.severity == "I"}
                  - {is: III, when: event.content == "STRUCTURED"}
                clear: manual
                times: 3
                within: 30 min
                explanation: {zh: "{group} {within}内 {count} 起，{devices} 台终端，自 {since}", en: "{group}: {count} within {within}, {devices} terminals"}
                runbook: {zh: 处理, en: Act}
            """;

    private static final String LIFTS = """
            feed: elevator-119
            rules:
              - id: maintainer
                title: {zh: 同一维保单位, en: One maintainer}
                across: event.maintainer
                case: event.orderNo
                severity: III
                when: event.kind == "ENTRAPMENT"
                clear: manual
                times: 2
                within: 1 d
                explanation: {zh: "{group} {count} 起", en: "{group}: {count}"}
                runbook: {zh: 处理, en: Act}
            """;

    private final TestBed bed = new TestBed(City.reference(), rules());
    private final Events events = new Events(bed);

    private static RuleBook rules() {
        RuleBook book = new RuleBook(feed -> {});
        book.accept(Feeds.BEIDOU_REPORT.id(), City.ruleFile(Feeds.BEIDOU_REPORT, REPORTS));
        book.accept(Feeds.ELEVATOR_119.id(), City.ruleFile(Feeds.ELEVATOR_119, LIFTS));
        return book;
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldSpeakOfTheUnitWhenEnoughHasHappenedThere() {
        report(Severity.IV);
        report(Severity.IV);
        assertThat(bed.alerts()).isEmpty();

        report(Severity.IV);
        AlertSignal signal = bed.signals().get(0);
        assertThat(signal.getAlertId()).isEqualTo("several@sample-area-north");
        assertThat(signal.getSubject().getKind()).isEqualTo(SubjectKind.UNIT);
        assertThat(signal.getSubject().getUnitIds()).containsExactly("sample-area-north");
        assertThat(signal.getSubject().getDepartmentIds()).containsExactly("civil-affairs");
        assertThat(signal.getExplanation().getEn()).isEqualTo("sample-area-north: 3 within 30 min, 1 terminals");
        assertThat(signal.getOccasion()).isEqualTo(signal.getEventId()).isNotEmpty();
    }

    @Test
    void shouldBeNewsWhenTheyHaveDoubledAndGraverWithTheGravest() {
        for (int i = 0; i < 5; i++) {
            report(Severity.IV);
        }
        report(Severity.I);

        assertThat(bed.signals())
                .extracting(
                        signal -> signal.getSeverity() + (signal.getOccasion().isEmpty() ? "" : " news"))
                .containsExactly("III news", "III", "III", "II news");
    }

    @Test
    void shouldCountOnlyWhatIsWithinTheTimeAndNothingTwice() {
        BeidouReport first =
                events.beidou(BeidouContent.STRUCTURED, Severity.IV).build();
        bed.send(Feeds.BEIDOU_REPORT, first);
        bed.send(Feeds.BEIDOU_REPORT, first);
        bed.send(Feeds.BEIDOU_REPORT, first);
        assertThat(bed.alerts()).isEmpty();

        bed.pass(Duration.ofMinutes(31), Duration.ofMinutes(1), true);
        report(Severity.IV);
        report(Severity.IV);
        assertThat(several()).isEmpty();
        report(Severity.IV);
        assertThat(several()).hasSize(1);
    }

    @Test
    void shouldCountExercisesApart() {
        report(Severity.IV);
        report(Severity.IV);
        BeidouReport.Builder exercise = events.beidou(BeidouContent.STRUCTURED, Severity.IV);
        exercise.setHeader(Events.change(exercise.getHeader())
                .setStatus(EventStatus.EXERCISE)
                .build());
        bed.send(Feeds.BEIDOU_REPORT, exercise.build());

        assertThat(bed.alerts()).isEmpty();
        assertThat(bed.alerts(Realm.DRILL)).isEmpty();
    }

    @Test
    void shouldGroupByAnExpressionAndCountACaseOnce() {
        lift("W1", "维保甲");
        lift("W1", "维保甲");
        lift("W2", "维保乙");
        lift("W3", null);
        assertThat(bed.alerts()).isEmpty();

        lift("W4", "维保甲");
        assertThat(bed.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.getAlertId()).isEqualTo("maintainer@维保甲");
            assertThat(signal.getSubject().getKind()).isEqualTo(SubjectKind.GROUP);
            assertThat(signal.getLifeSafety()).isTrue();
            assertThat(signal.getExplanation().getEn()).isEqualTo("维保甲: 2");
        });
    }

    private void report(Severity severity) {
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.STRUCTURED, severity).build());
    }

    private List<String> several() {
        return bed.alerts().stream().filter(alert -> alert.contains("several")).toList();
    }

    private void lift(String order, String maintainer) {
        Elevator119 event = events.lift(order, ElevatorOrderState.RECEIVED)
                .setMaintainer(maintainer)
                .build();
        bed.send(Feeds.ELEVATOR_119, event);
    }
}
