package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.Elevator119;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Silence of devices and of the bridges. */
class AbsenceTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldReportASilentDeviceOnceAtItsTimeoutAndClearItWhenItSpeaks() {
        bed.pulse();
        keepAllButAlive("cam-1", TIMEOUT.minusSeconds(1));
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("cam-1", Duration.ofSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");
        keepAllButAlive("cam-1", Duration.ofMinutes(20));
        assertThat(bed.alerts()).isEmpty();

        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        assertThat(bed.alerts()).containsExactly("CLEAR III video-silent@cam-1");

        keepAllButAlive("cam-1", TIMEOUT.plusSeconds(1));
        List<AlertSignal> again = bed.signals();
        assertThat(again).singleElement().satisfies(signal -> {
            assertThat(signal.getAlertId()).isEqualTo("video-silent@cam-1");
            assertThat(signal.getExplanation().getZh()).contains("没有任何消息，已 3 分").contains("每 60 秒");
            assertThat(signal.getSubject().getUnitIds()).containsExactly("zhangpu");
        });
    }

    @Test
    void shouldWatchADeviceFromItsRegistrationOn() {
        keepAllButAlive("", Duration.ofMinutes(10));
        bed.alerts();
        bed.reference.putDevice("cam-new", City.device("cam-new", Feeds.VIDEO_STATUS, "tank-farm", null, 30));
        keepAllButAlive("", Duration.ofSeconds(90));
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("", Duration.ofSeconds(2));
        assertThat(bed.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.getAlertId()).isEqualTo("video-silent@cam-new");
            assertThat(signal.getExplanation().getZh()).contains("自 未知 起");
        });

        bed.reference.putDevice("cam-new", null);
        keepAllButAlive("", Duration.ofSeconds(1));
        assertThat(bed.alerts()).containsExactly("CLEAR III video-silent@cam-new");
    }

    @Test
    void shouldTellEachSilenceOfADeviceThatHasALastDay() {
        Device last = Device.newBuilder(City.device("cam-1", Feeds.VIDEO_STATUS, "tank-farm", null, 60))
                .setValidTo(LocalDate.parse("2027-03-31"))
                .build();
        bed.reference.putDevice("cam-1", last);
        keepAllButAlive("", Duration.ofMinutes(5));
        keepAllButAlive("cam-1", TIMEOUT.plusSeconds(2));
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1", "CLEAR III video-silent@cam-1");

        keepAllButAlive("cam-1", TIMEOUT.plusSeconds(2));

        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");
    }

    @Test
    void shouldFollowAChangedHeartbeat() {
        keepAllButAlive("cam-1", Duration.ofSeconds(100));
        Device slow = City.device("cam-1", Feeds.VIDEO_STATUS, "tank-farm", null, 3600);
        bed.reference.putDevice("cam-1", slow);
        keepAllButAlive("cam-1", Duration.ofMinutes(30));

        assertThat(bed.alerts()).isEmpty();
    }

    @Test
    void shouldTakeADuplicateAndALateEventAsSignsOfLife() {
        VideoStatus event = events.video("cam-1", VideoState.ON).build();
        bed.send(Feeds.VIDEO_STATUS, event);
        for (int i = 0; i < 5; i++) {
            keepAllButAlive("cam-1", Duration.ofMinutes(2));
            EventHeader header =
                    Events.change(event.getHeader()).setReceivedAt(bed.now()).build();
            bed.send(
                    Feeds.VIDEO_STATUS,
                    VideoStatus.newBuilder(event).setHeader(header).build());
        }

        assertThat(bed.alerts()).isEmpty();
    }

    @Test
    void shouldJudgeSilenceByTheLastReading() {
        bed.pulse();
        bed.send(
                Feeds.DUST_SENSOR,
                events.dust("dust-1", 20.0).setFanRunning(false).build());
        keepAllButAlive("dust-1", TIMEOUT.plusSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE IV dust-silent@dust-1");

        bed.send(Feeds.DUST_SENSOR, events.dust("dust-1", 20.0).build());
        bed.alerts();
        keepAllButAlive("dust-1", TIMEOUT.plusSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III dust-silent@dust-1");
    }

    @Test
    void shouldKnowNoAbsenceInADrill() {
        VideoStatus event = events.video("cam-1", VideoState.ON).build();
        EventHeader header =
                Events.change(event.getHeader()).setStatus(EventStatus.TEST).build();
        bed.send(
                Feeds.VIDEO_STATUS,
                VideoStatus.newBuilder(event).setHeader(header).build());
        keepAllButAlive("", Duration.ofMinutes(10));

        assertThat(bed.alerts(Realm.DRILL)).isEmpty();
        assertThat(bed.alerts()).isEmpty();
    }

    @Test
    void shouldFreezeAndRaiseOneAlertWhileNoPulseComes() {
        keepAllButAlive("", Duration.ofMinutes(5));
        bed.alerts();
        bed.pass(Duration.ofMinutes(30), false);
        assertThat(bed.alerts()).containsExactly("RAISE II ingest-blind@life-safety");
        assertThat(frozen("telemetry")).isEqualTo(1);

        bed.pass(TIMEOUT.minusSeconds(1));
        assertThat(bed.alerts()).containsExactly("CLEAR II ingest-blind@life-safety");
        assertThat(frozen("telemetry")).isZero();

        bed.pass(Duration.ofSeconds(5));
        assertThat(bed.alerts())
                .containsExactlyInAnyOrder(
                        "RAISE III video-silent@cam-1", "RAISE III video-silent@cam-2", "RAISE III dust-silent@dust-1");
    }

    @Test
    void shouldJudgeEachLaneByItsOwnPulses() {
        for (int i = 0; i < 60; i++) {
            bed.pulse(Lane.TELEMETRY, bed.now());
            bed.pass(Duration.ofSeconds(1), false);
        }

        assertThat(bed.alerts()).containsExactly("RAISE II ingest-blind@life-safety");
    }

    @Test
    void shouldTellOfTelemetryAloneWhenOnlyTelemetryIsBlind() {
        bed.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 60; i++) {
            bed.pulse(Lane.LIFE_SAFETY, bed.now());
            bed.pass(Duration.ofSeconds(1), false);
        }
        assertThat(bed.alerts()).containsExactly("RAISE III ingest-blind@telemetry");

        bed.pass(Duration.ofSeconds(2));
        assertThat(bed.alerts()).containsExactly("CLEAR III ingest-blind@telemetry");
    }

    @Test
    void shouldFollowAShortenedHeartbeatAtOnce() {
        bed.reference.putDevice("cam-1", City.device("cam-1", Feeds.VIDEO_STATUS, "tank-farm", null, 86_400));
        keepAllButAlive("", Duration.ofMinutes(5));
        bed.reference.putDevice("cam-1", City.device("cam-1", Feeds.VIDEO_STATUS, "tank-farm", null, 60));
        keepAllButAlive("cam-1", TIMEOUT.minusSeconds(1));
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("cam-1", Duration.ofSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");
    }

    @Test
    void shouldWatchADeviceFromItsFirstValidDayToItsLast() {
        // The bed starts at 08:00 in the city.
        Device fromTomorrow = Device.newBuilder(City.device("cam-new", Feeds.VIDEO_STATUS, "tank-farm", null, 60))
                .setValidFrom(LocalDate.parse("2026-11-24"))
                .setValidTo(LocalDate.parse("2026-11-24"))
                .build();
        bed.reference.putDevice("cam-new", fromTomorrow);
        keepAllButAlive("", Duration.ofHours(16));
        keepAllButAlive("", TIMEOUT.minusSeconds(1));
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("", Duration.ofSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-new");

        keepAllButAlive("", Duration.ofHours(24));
        assertThat(bed.alerts()).containsExactly("CLEAR III video-silent@cam-new");
    }

    @Test
    void shouldGiveADeviceThatWasRemovedAndComesBackItsFullTime() {
        Device camera = bed.reference.device("cam-1", bed.now());
        keepAllButAlive("", Duration.ofMinutes(1));
        bed.reference.putDevice("cam-1", null);
        keepAllButAlive("cam-1", Duration.ofMinutes(30));
        bed.reference.putDevice("cam-1", camera);
        keepAllButAlive("cam-1", TIMEOUT.minusSeconds(1));
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("cam-1", Duration.ofSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");
    }

    @Test
    void shouldEndTheSilenceOfADeviceThatHasChangedItsFeed() {
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        keepAllButAlive("cam-1", TIMEOUT.plusSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");

        bed.reference.putDevice("cam-1", City.device("cam-1", Feeds.ELEVATOR_119, "tower", null, null));
        keepAllButAlive("cam-1", Duration.ofSeconds(1));
        assertThat(bed.alerts()).containsExactly("CLEAR III video-silent@cam-1");
    }

    @Test
    void shouldNotTakeOldPulsesOfABacklogForSight() {
        for (int i = 0; i < 60; i++) {
            bed.pulse(Lane.TELEMETRY, bed.now().minusSeconds(60));
            bed.pulse(Lane.LIFE_SAFETY, bed.now().minusSeconds(60));
            bed.pass(Duration.ofSeconds(1), false);
        }

        assertThat(bed.alerts()).hasSize(2).allSatisfy(alert -> assertThat(alert)
                .contains("ingest-blind@"));
    }

    @Test
    void shouldHoldAnOverdueLiftWhileBlindAndGiveTheBacklogTimeToComeIn() {
        bed.pass(Duration.ofSeconds(1));
        bed.send(
                Feeds.ELEVATOR_119,
                events.lift("W1", io.fengsui.event.ElevatorOrderState.RECEIVED).build());
        bed.pass(Duration.ofMinutes(40), false);
        assertThat(liftAlerts()).containsExactly("RAISE III elevator-entrapment@lift-1");
        bed.pass(Duration.ofSeconds(5));
        Elevator119 arrived =
                events.lift("W1", io.fengsui.event.ElevatorOrderState.ARRIVED).build();
        EventHeader asStored = Events.change(arrived.getHeader())
                .setEventTime(bed.now().minus(Duration.ofMinutes(35)))
                .setLate(true)
                .build();
        bed.send(
                Feeds.ELEVATOR_119,
                Elevator119.newBuilder(arrived).setHeader(asStored).build());
        bed.pass(Duration.ofMinutes(1));

        assertThat(liftAlerts()).isEmpty();
    }

    @Test
    void shouldClearOnceWhenTwoMessagesComeInOneMillisecondAndWatchOn() {
        bed.pulse();
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        keepAllButAlive("cam-1", TIMEOUT.plusSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");

        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        assertThat(bed.alerts()).containsExactly("CLEAR III video-silent@cam-1");
        assertThat(bed.events("township.zhangpu.video-status")).doesNotHaveDuplicates();
        keepAllButAlive("cam-1", TIMEOUT.minusSeconds(1));
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("cam-1", Duration.ofSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldGoByArrivalWhenADevicesClockIsAnHourOff(int hours) {
        bed.pulse();
        for (int beat = 0; beat < 10; beat++) {
            VideoStatus event = events.video("cam-1", VideoState.ON).build();
            EventHeader header = Events.change(event.getHeader())
                    .setEventTime(bed.now().plus(Duration.ofHours(hours)))
                    .build();
            bed.send(
                    Feeds.VIDEO_STATUS,
                    VideoStatus.newBuilder(event).setHeader(header).build());
            keepAllButAlive("cam-1", Duration.ofSeconds(60));
        }
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("cam-1", TIMEOUT.minusSeconds(61));
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("cam-1", Duration.ofSeconds(2));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");
    }

    /** The clock of bridge and streams app, as after a reboot without a time server. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldNeitherMissNorInventSilenceWhenTheWallClockIsSetByAnHour(int hours) {
        keepAllButAlive("", Duration.ofMinutes(5));
        bed.alerts();
        bed.setClock(bed.now().plus(Duration.ofHours(hours)));
        keepAllButAlive("cam-1", TIMEOUT.minusSeconds(1));
        assertThat(bed.alerts()).isEmpty();
        keepAllButAlive("cam-1", Duration.ofSeconds(3));
        assertThat(bed.alerts()).containsExactly("RAISE III video-silent@cam-1");
        keepAllButAlive("cam-1", Duration.ofHours(2));
        assertThat(bed.alerts()).isEmpty();

        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        assertThat(bed.alerts()).containsExactly("CLEAR III video-silent@cam-1");
    }

    /** The timer of the first beat falls due at a time that is judged only after a later beat has come. */
    @Test
    void shouldNotTakeABeatThatCameBeforeLatePulsesForOneOfAClockThatWasSetBack() {
        bed.pulse();
        keepAllButAlive("", TIMEOUT.minusSeconds(3));
        bed.pass(Duration.ofSeconds(6), false);
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-2", VideoState.ON).build());
        bed.pass(Duration.ofSeconds(1), false);
        bed.pulse(Lane.TELEMETRY, bed.now().minusSeconds(3));
        bed.pulse(Lane.LIFE_SAFETY, bed.now().minusSeconds(3));
        bed.pass(Duration.ofSeconds(1), false);

        assertThat(bed.alerts()).isEmpty();
    }

    private List<String> liftAlerts() {
        return bed.alerts().stream().filter(a -> a.contains("elevator")).toList();
    }

    private double frozen(String lane) {
        return bed.meters
                .get("fengsui.streams.absence.frozen")
                .tag("lane", lane)
                .gauge()
                .value();
    }

    /** Time passes; every device with a heartbeat speaks each 30 s but one. Hours go by with fewer pulses, which is quicker. */
    private void keepAllButAlive(String silent, Duration duration) {
        Duration beat = duration.compareTo(Duration.ofHours(1)) < 0 ? Duration.ofSeconds(1) : Duration.ofSeconds(5);
        List<String> alive = new ArrayList<>(List.of("cam-1", "cam-2"));
        alive.remove(silent);
        for (long passed = 0; passed < duration.toSeconds(); passed += 30) {
            alive.forEach(id ->
                    bed.send(Feeds.VIDEO_STATUS, events.video(id, VideoState.ON).build()));
            if (!silent.equals("dust-1")) {
                bed.send(
                        Feeds.DUST_SENSOR,
                        events.dust("dust-1", 20.0)
                                .setDifferentialPressurePascals(800.0)
                                .build());
            }
            bed.pass(Duration.ofSeconds(Math.min(30, duration.toSeconds() - passed)), beat, true);
        }
    }
}
