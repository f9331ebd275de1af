package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.EventHeader;
import io.fengsui.event.GatewayState;
import io.fengsui.event.GatewayStatus;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was stored while we were away, and comes in afterwards: it can end things, and begin none. */
class LateEventTest {
    private static final Duration OUTAGE = Duration.ofHours(2);

    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldNotCallRescuersOverdueWhoArrivedWhileWeWereAway() {
        lift("W1", ElevatorOrderState.RECEIVED, bed.now());
        Instant arrived = bed.now().plus(Duration.ofMinutes(12));
        away();
        lift("W1", ElevatorOrderState.ARRIVED, arrived);
        bed.pass(Duration.ofMinutes(40));
        assertThat(alerts("elevator")).containsExactly("RAISE III elevator-entrapment@lift-1");

        lift("W1", ElevatorOrderState.RESCUED, arrived.plusSeconds(300));
        assertThat(alerts("elevator")).containsExactly("CLEAR III elevator-entrapment@lift-1");
    }

    @Test
    void shouldEndAnOverdueThatWasRaisedBeforeTheBacklogCameIn() {
        lift("W1", ElevatorOrderState.RECEIVED, bed.now());
        Instant arrived = bed.now().plus(Duration.ofMinutes(12));
        away();
        bed.pass(Duration.ofSeconds(15));
        assertThat(alerts("not-arrived")).containsExactly("RAISE II elevator-not-arrived@lift-1");

        lift("W1", ElevatorOrderState.ARRIVED, arrived);
        assertThat(alerts("not-arrived")).containsExactly("CLEAR II elevator-not-arrived@lift-1");
    }

    @Test
    void shouldBeginNothing() {
        Instant received = bed.now();
        away();
        lift("W1", ElevatorOrderState.RECEIVED, received);
        bed.pass(Duration.ofMinutes(40));

        assertThat(alerts("elevator")).isEmpty();
    }

    @Test
    void shouldNotLetALateStepOfAnOrderEndAnotherOrder() {
        lift("W1", ElevatorOrderState.RECEIVED, bed.now());
        Instant rescued = bed.now().plus(Duration.ofMinutes(12));
        away();
        lift("W2", ElevatorOrderState.RESCUED, rescued);

        assertThat(alerts("entrapment")).containsExactly("RAISE III elevator-entrapment@lift-1");
    }

    @Test
    void shouldBelieveAGatewayThatCameBackWhileWeWereAway() {
        bed.send(Feeds.GATEWAY, events.gateway(GatewayState.DOWN).build());
        Instant back = bed.now().plus(Duration.ofMinutes(1));
        away();
        GatewayStatus up = events.gateway(GatewayState.UP).build();
        bed.send(
                Feeds.GATEWAY,
                GatewayStatus.newBuilder(up)
                        .setHeader(at(Feeds.GATEWAY, up.getHeader(), back))
                        .build());

        assertThat(alerts("gateway")).containsExactly("RAISE III gateway-down@gw-1", "CLEAR III gateway-down@gw-1");
    }

    /** Without pulses, so that no clock of ours runs meanwhile. */
    private void away() {
        bed.pass(OUTAGE, false);
    }

    private void lift(String orderNo, ElevatorOrderState state, Instant happened) {
        Elevator119 event = events.lift(orderNo, state).build();
        bed.send(
                Feeds.ELEVATOR_119,
                Elevator119.newBuilder(event)
                        .setHeader(at(Feeds.ELEVATOR_119, event.getHeader(), happened))
                        .build());
    }

    /** As the bridge makes it: 40 ms after it happened or later, and late beyond the feed's limit. */
    private static EventHeader at(Feed<?> feed, EventHeader header, Instant happened) {
        Instant received = header.getReceivedAt().plusMillis(40);
        return Events.change(header)
                .setEventTime(happened)
                .setReceivedAt(received)
                .setLate(Duration.between(happened, received).compareTo(feed.lateAfter()) > 0)
                .build();
    }

    private List<String> alerts(String rule) {
        return bed.alerts().stream().filter(a -> a.contains(rule)).toList();
    }
}
