package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertSignal;
import io.fengsui.event.DustSensor;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.EventStatus;
import io.fengsui.event.VideoState;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.rule.RuleBook;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules that speak only when something has lasted, or has happened often enough. */
class TimedRulesTest {
    private static final String HOT = """
            feed: dust-sensor
            rules:
              - id: hot
                title: {zh: 高温, en: Hot}
                for: 30 s
                severity:
                  - {is: I, when: event.hopperTemperatureCelsius >= 90, after: 5 min}
                  - {is: II, when: event.hopperTemperatureCelsius >= 60, after: 10 min}
                  - {is: III, when: event.hopperTemperatureCelsius >= 60}
                clear: event.hopperTemperatureCelsius < 55
                explanation: {zh: "{event.hopperTemperatureCelsius} 度，{elapsed}", en: "{event.hopperTemperatureCelsius} °C for {elapsed}"}
                runbook: {zh: 处理, en: Act}
            """;

    private static final String FLAPS = """
            feed: video-status
            rules:
              - id: flaps
                title: {zh: 反复离线, en: Flaps}
                severity: IV
                when: event.state == "OFF"
                times: 3
                within: 10 min
                explanation: {zh: "{within}内 {count} 次", en: "{count} times within {within}"}
                runbook: {zh: 处理, en: Act}
            """;

    private static final String ORDERS = """
            feed: elevator-119
            rules:
              - id: again
                title: {zh: 反复困人, en: Again}
                severity: III
                when: event.kind == "ENTRAPMENT"
                case: event.orderNo
                clear: manual
                times: 3
                within: 30 d
                explanation: {zh: "{within}内 {count} 次", en: "{count} times within {within}"}
                runbook: {zh: 处理, en: Act}
            """;

    private final TestBed bed = new TestBed(City.reference(), rules());
    private final Events events = new Events(bed);

    private static RuleBook rules() {
        RuleBook book = new RuleBook(feed -> {});
        book.accept(Feeds.DUST_SENSOR.id(), City.ruleFile(Feeds.DUST_SENSOR, HOT));
        book.accept(Feeds.VIDEO_STATUS.id(), City.ruleFile(Feeds.VIDEO_STATUS, FLAPS));
        book.accept(Feeds.ELEVATOR_119.id(), City.ruleFile(Feeds.ELEVATOR_119, ORDERS));
        return book;
    }

    TimedRulesTest() {
        bed.pass(Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldSpeakWhenItHasLastedThoughNothingElseComes() {
        hot(61.0);
        bed.pass(Duration.ofSeconds(29));
        assertThat(bed.alerts()).isEmpty();

        bed.pass(Duration.ofSeconds(2));
        assertThat(bed.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.getSeverity() + " " + signal.getAlertId()).isEqualTo("III hot@dust-1");
            assertThat(signal.getExplanation().getEn()).isEqualTo("61 °C for 30 s");
            assertThat(signal.getValues()).containsEntry("hopperTemperatureCelsius", "61");
            assertThat(signal.getOccasion()).isNotEmpty();
        });
    }

    @Test
    void shouldNameTheExerciseThoughNothingOfItSaysSo() {
        exercise("dust-1", "A");
        bed.pass(Duration.ofSeconds(31));

        assertThat(drills()).singleElement().satisfies(signal -> {
            assertThat(signal.getEventId()).isNull();
            assertThat(signal.getStatus()).isEqualTo(EventStatus.EXERCISE);
            assertThat(signal.getExercise()).isEqualTo("A");
        });
    }

    @Test
    void shouldLetAnExerciseThatIsOverSayNothingMore() {
        hot(61.0);
        exercise("dust-1", "A");
        exercise("dust-2", "B");
        bed.pass(Duration.ofSeconds(20));
        bed.end("A");
        bed.pass(Duration.ofMinutes(20));

        assertThat(drills()).isNotEmpty().allSatisfy(signal -> assertThat(signal.getExercise())
                .isEqualTo("B"));
        assertThat(bed.alerts()).contains("RAISE III hot@dust-1");
        assertThat(bed.deadLetters()).isEmpty();

        exercise("dust-1", "A");
        bed.pass(Duration.ofSeconds(31));
        assertThat(drills()).as("held again").hasSize(1);
    }

    private void exercise(String device, String name) {
        DustSensor.Builder event = events.dust(device, 61.0);
        event.setHeader(Events.change(event.getHeader())
                .setStatus(EventStatus.EXERCISE)
                .setExercise(name)
                .build());
        bed.send(Feeds.DUST_SENSOR, event.build());
    }

    private List<AlertSignal> drills() {
        return bed.read(Topics.alertSignal(Realm.DRILL, Feeds.DUST_SENSOR.lane()));
    }

    @Test
    void shouldBeginAnewWhenItWasNotSoInBetween() {
        hot(61.0);
        bed.pass(Duration.ofSeconds(20));
        hot(59.0);
        hot(61.0);
        bed.pass(Duration.ofSeconds(20));
        assertThat(bed.alerts()).isEmpty();

        bed.pass(Duration.ofSeconds(11));
        assertThat(bed.alerts()).containsExactly("RAISE III hot@dust-1");
    }

    @Test
    void shouldGoOnWhileAReadingIsNotSent() {
        hot(61.0);
        bed.pass(Duration.ofSeconds(20));
        hot(null);
        bed.pass(Duration.ofSeconds(11));

        assertThat(bed.alerts()).containsExactly("RAISE III hot@dust-1");
    }

    @Test
    void shouldKeepTheHysteresisOnceItHasSpoken() {
        hot(61.0);
        bed.pass(Duration.ofSeconds(31));
        hot(56.0);
        assertThat(bed.alerts()).containsExactly("RAISE III hot@dust-1");

        hot(54.0);
        assertThat(bed.alerts()).containsExactly("CLEAR III hot@dust-1");
        hot(61.0);
        assertThat(bed.alerts()).isEmpty();
    }

    @Test
    void shouldBecomeGraverWhenItGoesOn() {
        hot(61.0);
        bed.pass(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(bed.alerts()).containsExactly("RAISE III hot@dust-1", "RAISE II hot@dust-1");

        hot(95.0);
        assertThat(bed.alerts()).isEmpty();
        bed.pass(Duration.ofSeconds(1));
        assertThat(bed.alerts()).containsExactly("RAISE I hot@dust-1");
        hot(61.0);
        assertThat(bed.alerts()).containsExactly("RAISE II hot@dust-1");
    }

    @Test
    void shouldNotSpeakForWhatEndedDuringAStallOfOurs() {
        hot(61.0);
        bed.pass(Duration.ofSeconds(10));
        bed.pass(Duration.ofMinutes(5), false);
        assertThat(bed.alerts()).noneMatch(alert -> alert.contains("hot@"));

        bed.pulse();
        bed.pass(Duration.ofSeconds(2));
        hot(50.0);
        bed.pass(Duration.ofMinutes(5));
        assertThat(bed.alerts()).noneMatch(alert -> alert.contains("hot@"));
    }

    @Test
    void shouldCountHowOftenItBegins() {
        for (int i = 0; i < 2; i++) {
            video(VideoState.OFF);
            video(VideoState.OFF);
            video(VideoState.ON);
        }
        assertThat(bed.alerts()).isEmpty();

        video(VideoState.OFF);
        assertThat(bed.signals())
                .singleElement()
                .satisfies(signal -> assertThat(signal.getExplanation().getEn()).isEqualTo("3 times within 10 min"));

        video(VideoState.ON);
        bed.pass(Duration.ofMinutes(9));
        assertThat(bed.alerts()).isEmpty();
        bed.pass(Duration.ofMinutes(1));
        assertThat(bed.alerts()).containsExactly("CLEAR IV flaps@cam-1");
    }

    @Test
    void shouldNotCountWhatIsTooLongAgo() {
        for (int i = 0; i < 6; i++) {
            video(VideoState.OFF);
            video(VideoState.ON);
            bed.pass(Duration.ofMinutes(6), Duration.ofSeconds(10), true);
        }
        assertThat(bed.alerts()).isEmpty();
    }

    @Test
    void shouldCountACaseOnce() {
        for (String order : List.of("W1", "W1", "W2", "W2", "W1")) {
            lift(order);
        }
        assertThat(bed.alerts()).isEmpty();

        lift("W3");
        lift("W4");
        assertThat(bed.signals())
                .extracting(AlertSignal::getOccasion)
                .hasSize(2)
                .doesNotContain("");
    }

    private void hot(Double celsius) {
        DustSensor event = events.dust("dust-1", celsius).build();
        send(Feeds.DUST_SENSOR, event);
    }

    private void video(VideoState state) {
        send(Feeds.VIDEO_STATUS, events.video("cam-1", state).build());
    }

    private void lift(String order) {
        send(Feeds.ELEVATOR_119, events.lift(order, ElevatorOrderState.RECEIVED).build());
    }

    private void send(Feed<?> feed, SpecificRecord event) {
        bed.pulse(Lane.TELEMETRY, bed.now());
        bed.send(feed, event);
    }
}
