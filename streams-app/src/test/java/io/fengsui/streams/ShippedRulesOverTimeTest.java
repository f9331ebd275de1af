package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.CollectorKind;
import io.fengsui.event.DustSensor;
import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.Severity;
import io.fengsui.event.VideoState;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shipped rules that look at more than one event, and what a hazard's grade makes of an alert. */
class ShippedRulesOverTimeTest {
    private final TestBed bed = new TestBed(reference(), City.shippedRules());
    private final Events events = new Events(bed);

    private static ReferenceView reference() {
        ReferenceView reference = City.reference(
                City.parameter(ParameterScope.SITE, "polishing", "waterFlowWarnCubicMetresPerSecond", 0.02),
                City.parameter(ParameterScope.SITE, "polishing", "waterFlowAlarmCubicMetresPerSecond", 0.01),
                City.parameter(ParameterScope.SITE, "polishing", "waterFlowHysteresisCubicMetresPerSecond", 0.005),
                City.parameter(ParameterScope.CITY, "*", "maintainerEntrapments", 2));
        Site tanks = City.SITES.get(0);
        reference.putSite(
                tanks.getSiteId(), Site.newBuilder(tanks).setGrade("1").build());
        return reference;
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldMakeTheLostPictureOfAGraveHazardGraverAfterHalfAnHour() {
        video(VideoState.OFF);
        assertThat(alerts("video-offline")).containsExactly("RAISE III video-offline@cam-1");

        after(Duration.ofMinutes(29));
        assertThat(alerts("video-offline")).isEmpty();
        after(Duration.ofMinutes(2));
        assertThat(alerts("video-offline")).containsExactly("RAISE II video-offline@cam-1");
        video(VideoState.ON);
        assertThat(alerts("video-offline")).containsExactly("CLEAR II video-offline@cam-1");
    }

    @Test
    void shouldTellOfACameraThatIsOffLineAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            video(VideoState.OFF);
            video(VideoState.ON);
        }
        assertThat(alerts("video-flapping")).isEmpty();
        video(VideoState.OFF);
        assertThat(alerts("video-flapping")).containsExactly("RAISE IV video-flapping@cam-1");
    }

    @Test
    void shouldTellOfAHopperThatHeatsUpFastWhileTheFanRuns() {
        for (double celsius : new double[] {20, 31, 41, 30, 24}) {
            dust(events.dust("dust-1", celsius));
        }
        assertThat(alerts("dust-hopper-rising"))
                .containsExactly(
                        "RAISE III dust-hopper-rising@dust-1",
                        "RAISE II dust-hopper-rising@dust-1",
                        "CLEAR II dust-hopper-rising@dust-1");

        dust(events.dust("dust-1", 45.0).setFanRunning(false));
        assertThat(alerts("dust-hopper-rising")).isEmpty();
    }

    @Test
    void shouldFollowTheWaterOfAWetCollectorDownAndUpAgain() {
        for (double flow : new double[] {0.03, 0.015, 0.009, 0.012, 0.016, 0.021, 0.026}) {
            dust(events.dust("dust-1", null).setCollector(CollectorKind.WET).setWaterFlowCubicMetresPerSecond(flow));
        }
        assertThat(alerts("dust-water-flow"))
                .containsExactly(
                        "RAISE III dust-water-flow@dust-1",
                        "RAISE II dust-water-flow@dust-1",
                        "RAISE III dust-water-flow@dust-1",
                        "CLEAR III dust-water-flow@dust-1");
    }

    @Test
    void shouldMissAMandatoryReadingOnlyWhenItStaysAway() {
        dust(events.dust("dust-1", null));
        after(Duration.ofMinutes(10));
        dust(events.dust("dust-1", 20.0).setDifferentialPressurePascals(800.0));
        after(Duration.ofMinutes(10));
        assertThat(alerts("dust-sensor-missing")).isEmpty();

        dust(events.dust("dust-1", 20.0));
        after(Duration.ofMinutes(16));
        assertThat(alerts("dust-sensor-missing")).containsExactly("RAISE III dust-sensor-missing@dust-1");
    }

    @Test
    void shouldTellOfSeveralReportsOfOneUnitAndOfFiguresWithoutALevel() {
        for (int i = 0; i < 3; i++) {
            BeidouReport report = events.beidou(BeidouContent.STRUCTURED, Severity.IV)
                    .setEvacuated(i == 0 ? 1000 : 999)
                    .build();
            bed.send(Feeds.BEIDOU_REPORT, report);
        }
        assertThat(bed.alerts())
                .containsExactly("RAISE III beidou-figures@bd-1", "RAISE II beidou-several@sample-area-north");
    }

    /** The shipped rule, with minutes for days. */
    @Test
    void shouldAskForATestOfATerminalThatIsSilentForLong() {
        String yaml = City.shipped(Feeds.BEIDOU_REPORT).getYaml();
        String quick = yaml.replace("absent: param.beidouSilentDays d", "absent: param.beidouSilentDays min");
        RuleBook book = new RuleBook(feed -> {});
        book.accept(Feeds.BEIDOU_REPORT.id(), City.ruleFile(Feeds.BEIDOU_REPORT, quick));
        assertThat(quick).isNotEqualTo(yaml);

        try (TestBed own = new TestBed(City.reference(), book)) {
            own.pass(Duration.ofMinutes(7));
            assertThat(own.alerts()).isEmpty();
            own.pass(Duration.ofSeconds(5));
            assertThat(own.alerts()).containsExactly("RAISE IV beidou-silent@bd-1");
        }
    }

    @Test
    void shouldWatchTheResponseToACall() {
        lift("W1", ElevatorOrderState.RECEIVED, null);
        after(Duration.ofMinutes(4));
        assertThat(alerts("elevator-not-dispatched")).containsExactly("RAISE III elevator-not-dispatched@lift-1");
        lift("W1", ElevatorOrderState.DISPATCHED, null);
        assertThat(alerts("elevator-not-dispatched")).containsExactly("CLEAR III elevator-not-dispatched@lift-1");
    }

    @Test
    void shouldCountEntrapmentsOfALiftAndOfAMaintainer() {
        for (String order : List.of("W1", "W2", "W3")) {
            lift(order, ElevatorOrderState.RECEIVED, "维保甲");
            lift(order, ElevatorOrderState.RESCUED, "维保甲");
            lift(order, ElevatorOrderState.CLOSED, "维保甲");
        }
        assertThat(bed.alerts().stream()
                        .filter(alert -> alert.contains("repeated") || alert.contains("maintainer"))
                        .toList())
                .containsExactly(
                        "RAISE III elevator-maintainer@维保甲",
                        "RAISE III elevator-repeated@lift-1",
                        "RAISE III elevator-maintainer@维保甲");
    }

    private void after(Duration duration) {
        bed.pass(duration, Duration.ofSeconds(10), true);
    }

    private void video(VideoState state) {
        bed.pulse();
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", state).build());
        bed.pass(Duration.ofSeconds(1));
    }

    private void dust(DustSensor.Builder event) {
        bed.pulse();
        bed.send(Feeds.DUST_SENSOR, event.build());
        bed.pass(Duration.ofSeconds(1));
    }

    private void lift(String order, ElevatorOrderState state, String maintainer) {
        bed.pulse();
        Elevator119 event = events.lift(order, state).setMaintainer(maintainer).build();
        bed.send(Feeds.ELEVATOR_119, event);
    }

    private List<String> alerts(String rule) {
        return bed.alerts().stream()
                .filter(alert -> alert.contains(" " + rule + "@"))
                .toList();
    }
}
