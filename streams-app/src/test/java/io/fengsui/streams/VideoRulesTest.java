package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.VideoAlarmKind;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keepalives and alarms say about a camera, and what they do not. */
class VideoRulesTest {
    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldNotTakeAKeepaliveForThePicture() {
        status(VideoState.VIDEO_LOST);
        keepalive(VideoState.ON);
        keepalive(VideoState.ON);
        assertThat(bed.alerts()).containsExactly("RAISE III video-fault@cam-1");

        status(VideoState.ON);
        assertThat(bed.alerts()).containsExactly("CLEAR III video-fault@cam-1");
    }

    @Test
    void shouldTakeAKeepaliveForADeviceThatIsBack() {
        status(VideoState.OFF);
        keepalive(VideoState.ON);

        assertThat(bed.alerts()).containsExactly("RAISE III video-offline@cam-1", "CLEAR III video-offline@cam-1");
    }

    @Test
    void shouldEndByTheNextKeepaliveWhatAKeepaliveComplainedOf() {
        keepalive(VideoState.DEFECT);
        keepalive(VideoState.ON);

        assertThat(bed.alerts()).containsExactly("RAISE III video-offline@cam-1", "CLEAR III video-offline@cam-1");
    }

    @Test
    void shouldEndWithTheDeviceInTheCatalog() {
        status(VideoState.OFF);
        status(VideoState.DEFECT);
        bed.alerts();
        status(VideoState.UPDATED);
        assertThat(bed.alerts()).isEmpty();
        status(VideoState.DELETED);

        assertThat(bed.alerts()).containsExactly("CLEAR III video-offline@cam-1", "CLEAR III video-fault@cam-1");
    }

    @Test
    void shouldRaiseAnAlarmThatOnlyPeopleEnd() {
        alarm(VideoAlarmKind.TAMPER, VideoState.ALARMED);
        alarm(VideoAlarmKind.DISK_FAULT, VideoState.ALARMED);
        keepalive(VideoState.ON);
        status(VideoState.ON);

        assertThat(bed.alerts()).containsExactly("RAISE III video-tamper@cam-1", "RAISE IV video-recording@cam-1");
    }

    @Test
    void shouldTakeAnAlarmOfALostPictureForItsLoss() {
        alarm(VideoAlarmKind.VIDEO_LOST, VideoState.VIDEO_LOST);
        status(VideoState.ON);

        assertThat(bed.alerts()).containsExactly("RAISE III video-fault@cam-1", "CLEAR III video-fault@cam-1");
    }

    @Test
    void shouldTakeNoOtherAlarmForAState() {
        status(VideoState.OFF);
        bed.alerts();
        alarm(VideoAlarmKind.MOTION, VideoState.ALARMED);

        assertThat(bed.alerts()).isEmpty();
    }

    private void alarm(VideoAlarmKind kind, VideoState state) {
        bed.send(
                Feeds.VIDEO_STATUS,
                events.video("cam-1", state)
                        .setKind(VideoReportKind.ALARM)
                        .setAlarmKind(kind)
                        .build());
        bed.pass(Duration.ofSeconds(1));
    }

    private void status(VideoState state) {
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", state).build());
        bed.pass(Duration.ofSeconds(1));
    }

    private void keepalive(VideoState state) {
        bed.send(
                Feeds.VIDEO_STATUS,
                events.video("cam-1", state).setKind(VideoReportKind.KEEPALIVE).build());
        bed.pass(Duration.ofSeconds(1));
    }
}
