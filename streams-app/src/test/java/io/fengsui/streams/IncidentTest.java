package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.streams.rule.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A platform tells of many incidents, in whatever order; each has its alert. */
class IncidentTest {
    private final TestBed bed = new TestBed(City.reference(), rules());
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldRaiseAnAlertForEachIncident() {
        report("J1", Severity.III);
        report("J2", Severity.II);

        List<AlertSignal> signals = bed.signals();
        assertThat(signals).extracting(AlertSignal::getAlertId).containsExactly("incident@J1", "incident@J2");
        assertThat(signals).extracting(AlertSignal::getSeverity).containsExactly(Severity.III, Severity.II);
        assertThat(signals.get(0).getSubject()).satisfies(subject -> {
            assertThat(subject.getKind()).isEqualTo(SubjectKind.INCIDENT);
            assertThat(subject.getId()).isEqualTo("J1");
            assertThat(subject.getName()).isEqualTo("J1");
            assertThat(subject.getUnitIds()).containsExactly("sample-area-north");
            assertThat(subject.getDepartmentIds()).containsExactly("civil-affairs");
            assertThat(subject.getPlace().getDeviceName()).isEqualTo("设备 bd-1");
        });
        assertThat(signals.get(0).getExplanation().getZh()).isEqualTo("J1 III");
    }

    @Test
    void shouldTellOfNothingNewWhileAnIncidentGoesOn() {
        report("J1", Severity.III);
        report("J1", Severity.III);
        report("J1", Severity.I);

        List<AlertSignal> signals = bed.signals();
        assertThat(signals).extracting(AlertSignal::getAlertId).containsOnly("incident@J1");
        assertThat(signals)
                .extracting(AlertSignal::getSeverity)
                .containsExactly(Severity.III, Severity.III, Severity.I);
        assertThat(signals).allSatisfy(signal -> {
            assertThat(signal.getOccasion()).isEmpty();
            assertThat(signal.getOutOfOrder()).isFalse();
        });
    }

    @Test
    void shouldRaiseWhatAnOlderEventReportsUnlessItIsLate() {
        Instant now = bed.now();
        report("J1", Severity.III, now, false);
        report("J2", Severity.II, now.minusSeconds(60), false);
        report("J3", Severity.I, now.minusSeconds(60), true);

        List<AlertSignal> signals = bed.signals();
        assertThat(signals).extracting(AlertSignal::getAlertId).containsExactly("incident@J1", "incident@J2");
        assertThat(signals).extracting(AlertSignal::getOutOfOrder).containsExactly(false, true);
        assertThat(signals.get(1).getEventTime()).isEqualTo(now.minusSeconds(60));
    }

    @Test
    void shouldLeaveConditionsThatEndToTheNewestEvent() {
        Instant now = bed.now();
        report("J1", Severity.IV, now, false);
        report("J2", Severity.UNKNOWN, now.minusSeconds(60), false);
        assertThat(bed.alerts()).isEmpty();

        report("J2", Severity.UNKNOWN, now.plusSeconds(1), false);
        report("J2", Severity.IV, now, false);
        assertThat(bed.alerts()).containsExactly("RAISE IV unrated@bd-1");
    }

    @Test
    void shouldSpeakOfTheDeviceWhenAnIncidentHasNoNumber() {
        report(null, Severity.III);

        AlertSignal signal = bed.signals().get(0);
        assertThat(signal.getAlertId()).isEqualTo("incident@bd-1");
        assertThat(signal.getSubject().getKind()).isEqualTo(SubjectKind.DEVICE);
        assertThat(signal.getOccasion()).isEqualTo("acme/bd-1/m-1");
    }

    private void report(String number, Severity severity) {
        report(number, severity, bed.now(), false);
        bed.pass(Duration.ofSeconds(1));
    }

    private void report(String number, Severity severity, Instant eventTime, boolean late) {
        BeidouReport event = events.beidou(BeidouContent.STRUCTURED, severity)
                .setCard(number)
                .build();
        bed.send(
                Feeds.BEIDOU_REPORT,
                BeidouReport.newBuilder(event)
                        .setHeader(Events.change(event.getHeader())
                                .setReceivedAt(bed.now().plusMillis(1))
                                .setEventTime(eventTime)
                                .setLate(late)
                                .build())
                        .build());
    }

    private static RuleBook rules() {
        RuleBook book = new RuleBook(feed -> {});
        book.accept(Feeds.BEIDOU_REPORT.id(), City.ruleFile(Feeds.BEIDOU_REPORT, """
                feed: beidou-report
                rules:
                  - id: incident
                    subject: incident
                    case: event.card
                    title: {zh: 警情, en: Incident}
                    clear: manual
                    severity:
                      - {is: I, when: event.severity == "I"}
                      - {is: II, when: event.severity == "II"}
                      - {is: III, when: event.severity == "III"}
                    explanation: {zh: "{case} {event.severity}", en: "{case}"}
                    runbook: {zh: 处理, en: Act}
                  - id: unrated
                    title: {zh: 未定级, en: Not rated}
                    severity: IV
                    when: event.severity == "UNKNOWN"
                    explanation: {zh: 未定级, en: Not rated}
                    runbook: {zh: 处理, en: Act}
                """));
        return book;
    }
}
