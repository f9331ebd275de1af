package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.DustSensor;
import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an alert becomes milder, and when a reading that is not there leaves it as it is. */
class SeverityStepsTest {
    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldStayGraveWhenTheNextStepOfAnOrderDoesNotSayWhoIsInjured() {
        lift(events.lift("W1", ElevatorOrderState.RECEIVED).setInjured(1));
        lift(events.lift("W1", ElevatorOrderState.DISPATCHED));
        lift(events.lift("W1", ElevatorOrderState.ARRIVED));
        assertThat(alerts("entrapment")).containsExactly("RAISE II elevator-entrapment@lift-1");

        lift(events.lift("W1", ElevatorOrderState.ARRIVED)
                .setInjured(0)
                .setSuspectedDeaths(0)
                .setRescueLevel(1));
        assertThat(alerts("entrapment")).containsExactly("RAISE III elevator-entrapment@lift-1");
    }

    @Test
    void shouldBecomeMilderBetweenWarningAndClearThoughTheStepHasNoUntil() {
        for (double pascals : new double[] {2600, 1400, 1250}) {
            dust(events.dust("dust-1", 20.0).setDifferentialPressurePascals(pascals));
        }
        assertThat(alerts("pressure"))
                .containsExactly(
                        "RAISE II dust-pressure@dust-1",
                        "RAISE III dust-pressure@dust-1",
                        "CLEAR III dust-pressure@dust-1");
    }

    @Test
    void shouldLeaveThePressureAsItIsWhenItIsNotSent() {
        dust(events.dust("dust-1", 20.0).setDifferentialPressurePascals(2600.0));
        dust(events.dust("dust-1", 20.0));

        assertThat(alerts("pressure")).containsExactly("RAISE II dust-pressure@dust-1");
    }

    @Test
    void shouldTellWhatIsStillGoingOnWhenTheGravestEnds() {
        lift(events.lift("W1", ElevatorOrderState.RECEIVED));
        lift(events.lift("W2", ElevatorOrderState.RECEIVED).setInjured(1));
        signals("entrapment");
        lift(events.lift("W2", ElevatorOrderState.RESCUED));

        assertThat(signals("entrapment")).singleElement().satisfies(signal -> {
            assertThat(signal.getAction() + " " + signal.getSeverity()).isEqualTo("RAISE III");
            assertThat(signal.getExplanation().getZh())
                    .startsWith("仍未结束：W1。已结束：")
                    .contains("工单 W2 已救出");
            assertThat(signal.getExplanation().getEn())
                    .startsWith("Still going on: W1. Ended: ")
                    .contains("order W2 is rescued");
            assertThat(signal.getOccasion()).isEmpty();
        });
    }

    private void lift(Elevator119.Builder event) {
        bed.send(Feeds.ELEVATOR_119, event.build());
        bed.pass(Duration.ofSeconds(1));
    }

    private void dust(DustSensor.Builder event) {
        bed.send(Feeds.DUST_SENSOR, event.build());
        bed.pass(Duration.ofSeconds(1));
    }

    private List<AlertSignal> signals(String rule) {
        return bed.signals().stream().filter(s -> s.getRuleId().contains(rule)).toList();
    }

    private List<String> alerts(String rule) {
        return bed.alerts().stream().filter(a -> a.contains(rule)).toList();
    }
}
