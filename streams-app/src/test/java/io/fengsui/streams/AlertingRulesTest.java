package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.DustSensor;
import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderKind;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.EventHeader;
import io.fengsui.event.GatewayState;
import io.fengsui.event.Severity;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.reference.ParameterScope;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shipped rules on events, through the whole topology. */
class AlertingRulesTest {
    private TestBed bed = new TestBed();
    private Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldRaiseOnceAndClearWhenACameraGoesOffAndOn() {
        video("cam-1", VideoState.OFF);
        video("cam-1", VideoState.OFF);
        video("cam-1", VideoState.VIDEO_LOST);
        video("cam-1", VideoState.ON);
        video("cam-1", VideoState.ON);

        List<AlertSignal> signals = bed.signals();
        assertThat(signals)
                .extracting(s -> s.getAction() + " " + s.getSeverity() + " " + s.getAlertId())
                .containsExactly(
                        "RAISE III video-offline@cam-1",
                        "RAISE III video-fault@cam-1",
                        "CLEAR III video-offline@cam-1",
                        "CLEAR III video-fault@cam-1");
        AlertSignal raised = signals.get(0);
        assertThat(raised.getExplanation().getZh())
                .isEqualTo("设备 cam-1（场所 tank-farm）的视频状态为“离线”，设备时间 2026-11-23 08:00:01。厂商说明：未知。");
        assertThat(raised.getExplanation().getEn()).contains("is off-line").contains("says: unknown");
        assertThat(raised.getValues()).containsEntry("state", "OFF").containsEntry("site.kind", "MAJOR_HAZARD");
        assertThat(raised.getSubject().getGatewayId()).isEqualTo("gw-1");
        assertThat(raised.getSubject().getUnitIds()).containsExactly("zhangpu");
        assertThat(raised.getRuleVersion()).hasSize(12);
        assertThat(raised.getLifeSafety()).isFalse();
    }

    @Test
    void shouldKeepTheAlertWhileOneChannelOfARecorderIsOut() {
        channel("1", VideoState.OFF);
        channel("2", VideoState.OFF);
        channel("1", VideoState.ON);
        assertThat(bed.alerts()).containsExactly("RAISE III video-offline@cam-1", "RAISE III video-offline@cam-1");
        channel("2", VideoState.ON);
        assertThat(bed.alerts()).containsExactly("CLEAR III video-offline@cam-1");
    }

    @Test
    void shouldFollowTheTemperatureUpAndDownWithHysteresis() {
        double[] readings = {59.9, 60, 64, 69.9, 70, 69, 66, 64.9, 60, 56, 55, 54.9, 59, 80};
        for (double reading : readings) {
            dust(reading);
        }

        assertThat(without("dust-hopper-rising"))
                .containsExactly(
                        "RAISE III dust-hopper-temperature@dust-1",
                        "RAISE II dust-hopper-temperature@dust-1",
                        "RAISE III dust-hopper-temperature@dust-1",
                        "CLEAR III dust-hopper-temperature@dust-1",
                        "RAISE II dust-hopper-temperature@dust-1");
    }

    @Test
    void shouldNeitherRaiseNorClearOnAMissingReading() {
        dust(null);
        dust(75.0);
        dust(null);

        assertThat(bed.alerts()).containsExactly("RAISE II dust-hopper-temperature@dust-1");
    }

    @Test
    void shouldUseTheNearestParameterThatIsInRange() {
        bed.close();
        bed = new TestBed(
                City.reference(
                        City.parameter(ParameterScope.CITY, "*", "hopperWarnCelsius", 40),
                        City.parameter(ParameterScope.UNIT, "bacheng", "hopperWarnCelsius", 45),
                        City.parameter(ParameterScope.SITE, "polishing", "hopperWarnCelsius", 50),
                        City.parameter(ParameterScope.DEVICE, "dust-1", "hopperWarnCelsius", 9999)),
                City.shippedRules());
        events = new Events(bed);
        dust(49.0);
        assertThat(bed.alerts()).isEmpty();
        dust(50.0);

        assertThat(bed.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.getExplanation().getZh()).contains("灰斗温度 50 °C（预警 50 °C，报警 70 °C）");
            assertThat(signal.getValues()).containsEntry("param.hopperWarnCelsius", "50");
        });
    }

    @Test
    void shouldRaiseForEachOfTheOtherDustReadings() {
        DustSensor.Builder bad = events.dust("dust-1", 20.0)
                .setDustGramsPerCubicMetre(12.0)
                .setDifferentialPressurePascals(-1600.0)
                .setHydrogenPercentLel(30.0)
                .setSparkDetected(true)
                .setDischargeLockFault(true);
        bed.send(Feeds.DUST_SENSOR, bad.build());
        assertThat(bed.alerts())
                .containsExactlyInAnyOrder(
                        "RAISE II dust-concentration@dust-1",
                        "RAISE III dust-pressure@dust-1",
                        "RAISE III dust-hydrogen@dust-1",
                        "RAISE II dust-spark@dust-1",
                        "RAISE III dust-discharge-lock@dust-1");

        bed.pass(Duration.ofSeconds(1));
        DustSensor.Builder good = events.dust("dust-1", 20.0)
                .setDustGramsPerCubicMetre(1.0)
                .setDifferentialPressurePascals(900.0)
                .setHydrogenPercentLel(1.0)
                .setSparkDetected(false)
                .setDischargeLockFault(false);
        bed.send(Feeds.DUST_SENSOR, good.build());
        assertThat(bed.alerts())
                .hasSize(4)
                .allSatisfy(alert -> assertThat(alert).startsWith("CLEAR ").doesNotContain("dust-spark"));
    }

    @Test
    void shouldWatchTheWaterLevelOnlyWhereALimitIsSet() {
        bed.send(
                Feeds.DUST_SENSOR,
                events.dust("dust-1", 20.0).setWaterLevelMetres(0.1).build());
        assertThat(bed.alerts()).isEmpty();

        bed.reference.putParameter("k", City.parameter(ParameterScope.DEVICE, "dust-1", "waterLevelMinMetres", 0.5));
        bed.pass(Duration.ofSeconds(1));
        bed.send(
                Feeds.DUST_SENSOR,
                events.dust("dust-1", 20.0).setWaterLevelMetres(0.1).build());
        bed.pass(Duration.ofSeconds(1));
        bed.send(
                Feeds.DUST_SENSOR,
                events.dust("dust-1", 20.0).setWaterLevelMetres(0.6).build());
        assertThat(bed.alerts()).containsExactly("RAISE III dust-water-low@dust-1", "CLEAR III dust-water-low@dust-1");
    }

    @Test
    void shouldRaiseBeidouReportsBySeverityAndLeaveTheMinorOnes() {
        beidou(BeidouContent.STRUCTURED, Severity.IV);
        beidou(BeidouContent.STRUCTURED, Severity.III);
        beidou(BeidouContent.STRUCTURED, Severity.I);
        beidou(BeidouContent.STRUCTURED, Severity.UNKNOWN);
        beidou(BeidouContent.TEXT, Severity.UNKNOWN);
        beidou(BeidouContent.UNDECODABLE, Severity.UNKNOWN);
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.STRUCTURED, Severity.IV)
                        .setDeaths(10)
                        .build());

        assertThat(without("beidou-several"))
                .containsExactly(
                        "RAISE III beidou-report@bd-1",
                        "RAISE I beidou-report@bd-1",
                        "RAISE III beidou-unrated@bd-1",
                        "RAISE III beidou-text@bd-1",
                        "RAISE III beidou-text@bd-1",
                        "RAISE II beidou-deaths@bd-1");
    }

    @Test
    void shouldRaiseALiftEntrapmentAndEndItWhenTheLastOrderEnds() {
        lift("W1", ElevatorOrderState.RECEIVED);
        bed.send(
                Feeds.ELEVATOR_119,
                events.lift("W2", ElevatorOrderState.RECEIVED).setInjured(1).build());
        bed.pass(Duration.ofSeconds(1));
        lift("W2", ElevatorOrderState.RESCUED);
        assertThat(bed.alerts())
                .containsExactly(
                        "RAISE III elevator-entrapment@lift-1",
                        "RAISE II elevator-entrapment@lift-1",
                        "RAISE III elevator-entrapment@lift-1");

        lift("W1", ElevatorOrderState.ARRIVED);
        lift("W1", ElevatorOrderState.RESCUED);
        lift("W1", ElevatorOrderState.CLOSED);
        assertThat(bed.alerts())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("CLEAR")
                .endsWith("elevator-entrapment@lift-1");
    }

    @Test
    void shouldLeaveALiftFaultAlone() {
        Elevator119 fault = events.lift("W1", ElevatorOrderState.RECEIVED)
                .setKind(ElevatorOrderKind.FAULT)
                .build();
        bed.send(Feeds.ELEVATOR_119, fault);
        bed.pass(Duration.ofMinutes(40));

        assertThat(bed.alerts()).noneMatch(alert -> alert.contains("elevator"));
    }

    @Test
    void shouldRaiseWhenNobodyArrivedInTimeAndClearWhenTheyDo() {
        lift("W1", ElevatorOrderState.RECEIVED);
        bed.pass(Duration.ofMinutes(10));
        lift("W1", ElevatorOrderState.DISPATCHED);
        bed.alerts();
        bed.pass(Duration.ofMinutes(19).plusSeconds(50));
        assertThat(bed.alerts()).isEmpty();
        bed.pass(Duration.ofSeconds(11));

        assertThat(bed.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.getAlertId()).isEqualTo("elevator-not-arrived@lift-1");
            assertThat(signal.getSeverity()).isEqualTo(Severity.II);
            assertThat(signal.getLifeSafety()).isTrue();
            assertThat(signal.getExplanation().getZh())
                    .contains("困人工单 W1 于 2026-11-23 08:00:01 接警，已 30 分")
                    .contains("时限 30 分");
            assertThat(signal.getEventId()).isNull();
            assertThat(signal.getSubject().getDepartmentIds()).containsExactly("market-regulation", "fire");
        });
        lift("W1", ElevatorOrderState.ARRIVED);
        assertThat(bed.alerts()).containsExactly("CLEAR II elevator-not-arrived@lift-1");
    }

    @Test
    void shouldStayQuietWhenTheyArrivedInTime() {
        lift("W1", ElevatorOrderState.RECEIVED);
        bed.pass(Duration.ofMinutes(29));
        lift("W1", ElevatorOrderState.ARRIVED);
        bed.alerts();
        bed.pass(Duration.ofMinutes(10));

        assertThat(bed.alerts()).isEmpty();
    }

    @Test
    void shouldRaiseForTheGatewayItself() {
        bed.send(Feeds.GATEWAY, events.gateway(GatewayState.DOWN).build());

        assertThat(bed.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.getAlertId()).isEqualTo("gateway-down@gw-1");
            assertThat(signal.getSubject().getKind()).isEqualTo(SubjectKind.GATEWAY);
            assertThat(signal.getSubject().getGatewayId()).isNull();
        });
        bed.pass(Duration.ofSeconds(1));
        bed.send(Feeds.GATEWAY, events.gateway(GatewayState.UP).build());
        assertThat(bed.alerts()).containsExactly("CLEAR III gateway-down@gw-1");
    }

    @Test
    void shouldRouteALateEventButNotLetItRaiseOrClearANewerState() {
        bed.send(Feeds.VIDEO_STATUS, late(events.video("cam-1", VideoState.OFF).build()));
        assertThat(bed.alerts()).isEmpty();
        bed.send(
                Feeds.VIDEO_STATUS,
                clocked(events.video("cam-1", VideoState.OFF).build()));
        bed.send(Feeds.VIDEO_STATUS, late(events.video("cam-1", VideoState.ON).build()));

        assertThat(bed.alerts()).containsExactly("RAISE III video-offline@cam-1");
        assertThat(bed.events("township.zhangpu.video-status")).hasSize(3);
    }

    @Test
    void shouldRouteAnOlderEventButNotLetItChangeANewerState() {
        VideoStatus older = clocked(events.video("cam-1", VideoState.ON).build());
        bed.pass(Duration.ofSeconds(2));
        bed.send(
                Feeds.VIDEO_STATUS,
                clocked(events.video("cam-1", VideoState.OFF).build()));
        bed.send(Feeds.VIDEO_STATUS, older);

        assertThat(bed.alerts()).containsExactly("RAISE III video-offline@cam-1");
        assertThat(bed.events("township.zhangpu.video-status")).hasSize(2);
    }

    @Test
    void shouldTakeTwoMessagesOfOneMillisecondInTheirOrder() {
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.OFF).build());
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());

        assertThat(bed.alerts()).containsExactly("RAISE III video-offline@cam-1", "CLEAR III video-offline@cam-1");
    }

    private void video(String deviceId, VideoState state) {
        bed.pass(Duration.ofSeconds(1));
        bed.send(Feeds.VIDEO_STATUS, events.video(deviceId, state).build());
    }

    private void channel(String channelId, VideoState state) {
        bed.pass(Duration.ofSeconds(1));
        bed.send(
                Feeds.VIDEO_STATUS,
                events.video("cam-1", state).setChannelId(channelId).build());
    }

    private void dust(Double temperature) {
        bed.pass(Duration.ofSeconds(1));
        bed.send(Feeds.DUST_SENSOR, events.dust("dust-1", temperature).build());
    }

    private void beidou(BeidouContent content, Severity severity) {
        bed.pass(Duration.ofSeconds(1));
        bed.send(Feeds.BEIDOU_REPORT, events.beidou(content, severity).build());
    }

    private void lift(String orderNo, ElevatorOrderState state) {
        bed.pass(Duration.ofSeconds(1));
        bed.send(Feeds.ELEVATOR_119, events.lift(orderNo, state).build());
    }

    /** With a device clock, which ours is always a little behind. */
    private static VideoStatus clocked(VideoStatus event) {
        EventHeader header = Events.change(event.getHeader())
                .setReceivedAt(event.getHeader().getReceivedAt().plusMillis(40))
                .build();
        return VideoStatus.newBuilder(event).setHeader(header).build();
    }

    private static VideoStatus late(VideoStatus event) {
        EventHeader header = Events.change(event.getHeader())
                .setLate(true)
                .setEventTime(event.getHeader().getEventTime().minus(Duration.ofHours(3)))
                .build();
        return VideoStatus.newBuilder(event).setHeader(header).build();
    }

    private List<String> without(String rule) {
        return bed.alerts().stream().filter(alert -> !alert.contains(rule)).toList();
    }
}
