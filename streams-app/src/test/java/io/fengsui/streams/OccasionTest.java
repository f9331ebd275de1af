package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.BeidouContent;
import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a signal tells of something new although its alert is open, so that an acknowledgement does not hide it. */
class OccasionTest {
    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldNameTheOrderThatIsNewAndNoneWhenAKnownOneGetsWorse() {
        lift(events.lift("W1", ElevatorOrderState.RECEIVED));
        lift(events.lift("W2", ElevatorOrderState.RECEIVED));
        lift(events.lift("W2", ElevatorOrderState.DISPATCHED).setInjured(1));
        lift(events.lift("W2", ElevatorOrderState.RESCUED));
        lift(events.lift("W1", ElevatorOrderState.RESCUED));

        assertThat(occasions("elevator-entrapment"))
                .containsExactly("W1@2026-11-23T00:00:00Z", "W2@2026-11-23T00:00:01Z", "", "", "");
    }

    @Test
    void shouldNameTheOrderWhoseRescuersAreNotThere() {
        lift(events.lift("W1", ElevatorOrderState.RECEIVED));
        lift(events.lift("W2", ElevatorOrderState.RECEIVED));
        bed.pass(Duration.ofMinutes(31));

        assertThat(occasions("elevator-not-arrived"))
                .containsExactly("W1@2026-11-23T00:00:00Z", "W2@2026-11-23T00:00:01Z");
    }

    @Test
    void shouldNameEachReport() {
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.STRUCTURED, Severity.III).build());
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.STRUCTURED, Severity.III).build());

        assertThat(occasions("beidou-report")).containsExactly("acme/bd-1/m-1", "acme/bd-1/m-2");
    }

    @Test
    void shouldTellOneSilenceFromTheNext() {
        bed.pass(Duration.ofMinutes(4));

        assertThat(occasions("video-silent")).isNotEmpty().allSatisfy(occasion -> assertThat(occasion)
                .startsWith("@"));
    }

    private void lift(Elevator119.Builder event) {
        bed.send(Feeds.ELEVATOR_119, event.build());
        bed.pass(Duration.ofSeconds(1));
    }

    private List<String> occasions(String ruleId) {
        return bed.signals().stream()
                .filter(s -> s.getRuleId().equals(ruleId))
                .map(AlertSignal::getOccasion)
                .toList();
    }
}
