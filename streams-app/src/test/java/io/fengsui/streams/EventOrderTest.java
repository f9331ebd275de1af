package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.GatewayState;
import io.fengsui.event.GatewayStatus;
import io.fengsui.event.VideoReportKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which event of a device is the newer one, although some bear its clock and some ours. */
class EventOrderTest {
    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldBelieveAGatewayThatIsBackRightAfterItsLastWill() {
        bed.pass(Duration.ofMillis(450));
        will();
        bed.pass(Duration.ofMillis(50));
        up(bed.now().minusMillis(500));

        assertThat(bed.alerts()).containsExactly("RAISE III gateway-down@gw-1", "CLEAR III gateway-down@gw-1");
    }

    @Test
    void shouldBelieveTheLastWillOfAGatewayWhoseClockIsAhead() {
        up(bed.now().plus(Duration.ofMinutes(5)));
        bed.pass(Duration.ofSeconds(10));
        will();
        assertThat(bed.alerts()).containsExactly("RAISE III gateway-down@gw-1");

        bed.pass(Duration.ofSeconds(10));
        up(bed.now().plus(Duration.ofMinutes(5)));
        assertThat(bed.alerts()).containsExactly("CLEAR III gateway-down@gw-1");
    }

    @Test
    void shouldTakeACameraWhoseKeepalivesBearOurClockAndWhoseStatusBearsItsOwn() {
        Duration behind = Duration.ofMinutes(2);
        keepalive();
        status(VideoState.OFF, bed.now().minus(behind));
        assertThat(bed.alerts()).containsExactly("RAISE III video-offline@cam-1");

        bed.pass(Duration.ofMinutes(1));
        keepalive();
        assertThat(bed.alerts()).containsExactly("CLEAR III video-offline@cam-1");

        status(VideoState.OFF, bed.now().minus(behind));
        assertThat(bed.alerts()).containsExactly("RAISE III video-offline@cam-1");
    }

    @Test
    void shouldStillOrderEventsOfTheDevicesClockWhenOneOfOursCameBetween() {
        Instant first = bed.now().minusMillis(30);
        bed.pass(Duration.ofSeconds(10));
        status(VideoState.OFF, bed.now().minusMillis(30));
        bed.alerts();
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.UPDATED).build());
        status(VideoState.ON, first);

        assertThat(bed.alerts()).isEmpty();
    }

    private void will() {
        bed.send(Feeds.GATEWAY, events.gateway(GatewayState.DOWN).build());
    }

    private void up(Instant deviceClock) {
        GatewayStatus event = events.gateway(GatewayState.UP).build();
        bed.send(
                Feeds.GATEWAY,
                GatewayStatus.newBuilder(event)
                        .setHeader(Events.change(event.getHeader())
                                .setEventTime(deviceClock)
                                .build())
                        .build());
    }

    private void keepalive() {
        bed.send(
                Feeds.VIDEO_STATUS,
                events.video("cam-1", VideoState.ON)
                        .setKind(VideoReportKind.KEEPALIVE)
                        .build());
    }

    private void status(VideoState state, Instant deviceClock) {
        VideoStatus event = events.video("cam-1", state).build();
        bed.send(
                Feeds.VIDEO_STATUS,
                VideoStatus.newBuilder(event)
                        .setHeader(Events.change(event.getHeader())
                                .setEventTime(deviceClock)
                                .build())
                        .build());
    }
}
