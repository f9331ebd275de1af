package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.VideoState;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.reference.Dated;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A device that moves from one day to the next is the same device, also while an alert about it is open. */
class MovedDeviceTest {
    /** The test bed begins at 08:00 of that day in Kunshan. */
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    private static final Duration TO_LAST_MINUTES = Duration.ofHours(15).plusMinutes(56);

    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldEndItsAlertWhereItIsNow() {
        moveAtMidnight();
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.OFF).build());
        assertThat(bed.signals())
                .filteredOn(signal -> signal.getRuleId().equals("video-offline"))
                .singleElement()
                .satisfies(raised -> {
                    assertThat(raised.getAction()).hasToString("RAISE");
                    assertThat(raised.getSubject().getUnitIds()).containsExactly("zhangpu");
                });

        bed.pass(Duration.ofHours(17), Duration.ofMinutes(30), false);
        bed.signals();
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());

        List<AlertSignal> ends = bed.signals();
        assertThat(ends)
                .filteredOn(signal -> signal.getRuleId().equals("video-offline"))
                .singleElement()
                .satisfies(cleared -> {
                    assertThat(cleared.getAction()).hasToString("CLEAR");
                    assertThat(cleared.getAlertId()).isEqualTo("video-offline@cam-1");
                    assertThat(cleared.getSubject().getUnitIds()).containsExactly("bacheng");
                });
        assertThat(bed.events("township.zhangpu.video-status")).hasSize(1);
        assertThat(bed.events("township.bacheng.video-status")).hasSize(1);
    }

    @Test
    void shouldNotGetItsFullTimeAnewWhenItMovesInSilence() {
        moveAtMidnight();
        bed.pass(TO_LAST_MINUTES, Duration.ofMinutes(30), false);
        bed.pass(Duration.ofSeconds(30));
        keepAlive();
        bed.alerts();
        bed.pass(Duration.ofMinutes(1));
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
        bed.alerts();

        bed.pass(Duration.ofMinutes(2).plusSeconds(59));
        assertThat(silences()).as("midnight was 30 seconds ago").isEmpty();
        bed.pass(Duration.ofSeconds(2));
        assertThat(silences()).containsExactly("RAISE video-silent@cam-1");
    }

    private List<String> silences() {
        return bed.signals().stream()
                .filter(signal -> signal.getSubject().getId().equals("cam-1"))
                .map(signal -> signal.getAction() + " " + signal.getAlertId())
                .toList();
    }

    private void keepAlive() {
        bed.send(Feeds.VIDEO_STATUS, events.video("cam-1", VideoState.ON).build());
    }

    private void moveAtMidnight() {
        Device here = Device.newBuilder(City.device("cam-1", Feeds.VIDEO_STATUS, "tank-farm", null, 60))
                .setValidTo(TODAY)
                .build();
        Device there = Device.newBuilder(City.device("cam-1", Feeds.VIDEO_STATUS, "polishing", null, 60))
                .setValidFrom(TODAY.plusDays(1))
                .build();
        bed.reference.putDevice("cam-1", Dated.DEVICE.record(List.of(here, there)));
    }
}
