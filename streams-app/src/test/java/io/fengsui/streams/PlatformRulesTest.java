package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.GridReport;
import io.fengsui.event.GridReportKind;
import io.fengsui.event.GridReportState;
import io.fengsui.event.Medical120;
import io.fengsui.event.MedicalCallKind;
import io.fengsui.event.MedicalCallState;
import io.fengsui.event.Police110;
import io.fengsui.event.PoliceIncidentKind;
import io.fengsui.event.PoliceIncidentState;
import io.fengsui.event.Severity;
import io.fengsui.reference.ParameterScope;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of the call centres and the grid: an alert for each incident of level III and above. */
class PlatformRulesTest {
    private static final Feed<Police110> POLICE = Feeds.of(Police110.class);
    private static final Feed<Medical120> MEDICAL = Feeds.of(Medical120.class);
    private static final Feed<GridReport> GRID = Feeds.of(GridReport.class);

    private final TestBed bed = new TestBed();
    private int messages;

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldRaisePoliceIncidentsFromLevelThreeOn() {
        police("J1", Severity.III, null, PoliceIncidentState.RECEIVED);
        police("J2", Severity.IV, null, PoliceIncidentState.RECEIVED);
        police("J3", null, null, PoliceIncidentState.RECEIVED);
        police("J4", Severity.I, null, PoliceIncidentState.FALSE_ALARM);
        police("J1", Severity.I, null, PoliceIncidentState.ARRIVED);

        List<AlertSignal> signals = bed.signals();
        assertThat(signals)
                .extracting(s -> s.getSeverity() + " " + s.getAlertId())
                .containsExactly("III police-incident@J1", "I police-incident@J1");
        assertThat(signals).allSatisfy(s -> {
            assertThat(s.getSubject().getUnitIds()).containsExactly("zhangpu");
            assertThat(s.getLifeSafety()).isTrue();
        });
        assertThat(signals.get(0).getExplanation().getZh())
                .startsWith("警情 J1（设备 police-110-1）：火灾，等级 III，已接警；地点 zhangpu（320583106）；死亡 未知 人");
    }

    @Test
    void shouldJudgeByDeathsWhereTheyAreGraverThanTheLevelTold() {
        police("J1", null, 3, PoliceIncidentState.RECEIVED);
        police("J2", Severity.III, 12, PoliceIncidentState.RECEIVED);
        police("J3", Severity.II, 12, PoliceIncidentState.RECEIVED);
        police("J4", null, 2, PoliceIncidentState.RECEIVED);

        assertThat(bed.alerts())
                .containsExactly(
                        "RAISE III police-incident-deaths@J1",
                        "RAISE III police-incident@J2",
                        "RAISE II police-incident-deaths@J2",
                        "RAISE II police-incident@J3");
    }

    @Test
    void shouldRaiseCallsFromLevelThreeOn() {
        medical("H1", Severity.II, null, MedicalCallState.RECEIVED);
        medical("H2", Severity.II, null, MedicalCallState.CANCELLED);
        medical("H3", null, 30, MedicalCallState.RECEIVED);

        assertThat(bed.alerts()).containsExactly("RAISE II medical-call@H1", "RAISE I medical-call-deaths@H3");
    }

    @Test
    void shouldMarkGridReportsByTheUnitTheyAreAbout() {
        bed.reference.putParameter("UNIT|zhangpu|pilot", City.parameter(ParameterScope.UNIT, "zhangpu", "pilot", 1));
        grid("W1", "320583106", Severity.III);
        grid("W2", "320583101", Severity.II);
        grid("W3", "320583999", null);

        assertThat(bed.alerts()).containsExactly("RAISE III grid-incident@W1", "RAISE II grid-incident@W2");
        List<GridReport> read = bed.read(Topics.city(Realm.LIVE, "fire", GRID));
        assertThat(read)
                .extracting(event -> event.getHeader().getFlags())
                .containsExactly(List.of(), List.of("outside-pilot"), List.of("outside-pilot"));
        assertThat(bed.unrouted()).singleElement().satisfies(unrouted -> {
            assertThat(unrouted.getReason()).isEqualTo("UNKNOWN_DIVISION");
            assertThat(unrouted.getDetail()).contains("320583999");
        });
    }

    private void police(String number, Severity severity, Integer deaths, PoliceIncidentState state) {
        bed.send(
                POLICE,
                Police110.newBuilder()
                        .setHeader(bed.header(POLICE, "police-110-1", id()))
                        .setIncidentNo(number)
                        .setKind(PoliceIncidentKind.FIRE)
                        .setState(state)
                        .setSeverity(severity)
                        .setDeaths(deaths)
                        .setDivisionCode("320583106")
                        .setDivisionName("zhangpu")
                        .build());
        bed.pass(Duration.ofSeconds(1));
    }

    private void medical(String number, Severity severity, Integer deaths, MedicalCallState state) {
        bed.send(
                MEDICAL,
                Medical120.newBuilder()
                        .setHeader(bed.header(MEDICAL, "medical-120-1", id()))
                        .setCallNo(number)
                        .setKind(MedicalCallKind.POISONING)
                        .setState(state)
                        .setSeverity(severity)
                        .setDeaths(deaths)
                        .setDivisionCode("320583106")
                        .build());
        bed.pass(Duration.ofSeconds(1));
    }

    private void grid(String number, String division, Severity severity) {
        bed.send(
                GRID,
                GridReport.newBuilder()
                        .setHeader(bed.header(GRID, "grid-report-1", id()))
                        .setReportNo(number)
                        .setKind(GridReportKind.HAZARD)
                        .setState(GridReportState.REPORTED)
                        .setSeverity(severity)
                        .setDivisionCode(division)
                        .build());
        bed.pass(Duration.ofSeconds(1));
    }

    private String id() {
        messages++;
        return "m-" + messages;
    }
}
