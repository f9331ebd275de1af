package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a keepalive says about a camera, and what it does not. */
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
