package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.DisasterKind;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.ops.Account;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.report.BeidouText;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports that come in parts: joined once, whatever the order, and told to a person if a part stays away. */
class LongReportTest {
    private static final String ONE = "灾1#A7-1/3:初涝I,亡3";
    private static final String TWO = "灾1#A7-2/3:1失2,@32058";
    private static final String THREE = "灾1#A7-3/3:3102/河水漫堤";
    private static final String WHOLE = "灾1#A7:初涝I,亡31失2,@320583102/河水漫堤";

    private final TestBed bed = new TestBed();
    private final Events events = new Events(bed);
    private final List<BeidouReport> read = new ArrayList<>();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldJoinPartsInAnyOrderAndRaiseItsAlertOnce() {
        send(THREE);
        pass(Duration.ofMinutes(1));
        send(ONE);
        pass(Duration.ofMinutes(1));
        assertThat(alerts()).isEmpty();
        send(TWO);

        BeidouReport whole = wholes().get(0);
        assertThat(wholes()).hasSize(1);
        assertThat(whole.getContent()).isEqualTo(BeidouContent.STRUCTURED);
        assertThat(whole.getText()).isEqualTo(WHOLE);
        assertThat(whole.getDisaster()).isEqualTo(DisasterKind.FLOOD);
        assertThat(whole.getSeverity()).isEqualTo(Severity.I);
        assertThat(whole.getDeaths()).isEqualTo(31);
        assertThat(whole.getReportedDivisionCode()).isEqualTo("320583102");
        assertThat(whole.getReportId()).isEqualTo("A7");
        assertThat(whole.getPart()).isNull();
        assertThat(whole.getParts()).isEqualTo(3);
        assertThat(whole.getIncomplete()).isFalse();
        assertThat(whole.getPlace().getUnitIds()).isNotEmpty();
        assertThat(whole.getHeader().getEventId()).isEqualTo("acme/bd-1/m-3#whole");
        assertThat(alerts()).containsExactly("RAISE I beidou-report@bd-1");
    }

    @Test
    void shouldRouteEachPartAsItComes() {
        send(ONE);
        send(TWO);

        assertThat(bed.read(Topics.city(Realm.LIVE, "civil-affairs", Feeds.BEIDOU_REPORT)))
                .extracting(BeidouReport::getContent)
                .containsExactly(BeidouContent.FRAGMENT, BeidouContent.FRAGMENT);
    }

    @Test
    void shouldPassOverPartsThatComeTwice() {
        send(ONE);
        send(ONE);
        send(TWO);
        send(THREE);
        send(TWO);
        pass(Duration.ofMinutes(10));
        send(THREE);
        send(ONE);
        pass(Duration.ofMinutes(10));

        assertThat(wholes()).hasSize(1);
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void shouldKeepDevicesReportsAndRealmsApart() {
        send(ONE);
        send(TWO.replace("A7", "A8"));
        send("灾1演#A7-2/3:1失2,@32058");
        send(THREE);
        assertThat(wholes()).isEmpty();
        send(TWO);
        assertThat(wholes()).hasSize(1);
    }

    @Test
    void shouldJoinAnExerciseBehindItsPrefixOnly() {
        send("灾1演#B-1/2:初");
        send("灾1演#B-2/2:台I");

        assertThat(wholes()).isEmpty();
        assertThat(alerts()).isEmpty();
        assertThat(bed.alerts(Realm.DRILL)).containsExactly("RAISE I beidou-report@bd-1");
        assertThat(bed.read(Topics.city(Realm.DRILL, "civil-affairs", Feeds.BEIDOU_REPORT)))
                .filteredOn(report -> report.getContent() == BeidouContent.STRUCTURED)
                .extracting(BeidouReport::getText)
                .containsExactly("灾1演#B:初台I");
    }

    @Test
    void shouldGiveWhatIsThereToAPersonWhenAPartStaysAway() {
        send(ONE);
        send(THREE);
        pass(Duration.ofSeconds(299));
        assertThat(wholes()).isEmpty();
        pass(Duration.ofSeconds(2));

        BeidouReport report = wholes().get(0);
        assertThat(wholes()).hasSize(1);
        assertThat(report.getContent()).isEqualTo(BeidouContent.TEXT);
        assertThat(report.getText()).isEqualTo("灾1#A7:初涝I,亡3[缺2/3]3102/河水漫堤");
        assertThat(report.getIncomplete()).isTrue();
        assertThat(report.getTextNote()).contains("parts missing: 2 of 3");
        assertThat(report.getDeaths()).isNull();
        assertThat(report.getHeader().getFlags()).containsExactly("report-incomplete");
        assertThat(alerts()).containsExactly("RAISE III beidou-text@bd-1");

        pass(Duration.ofMinutes(30));
        assertThat(wholes()).hasSize(1);
        send(TWO);
        assertThat(wholes()).hasSize(2);
        assertThat(wholes().get(1).getText()).isEqualTo(WHOLE);
    }

    @Test
    void shouldNotCountTheTimeInWhichNothingIsHeard() {
        send(ONE);
        send(THREE);
        bed.pass(Duration.ofMinutes(20), false);
        assertThat(wholes()).isEmpty();
        send(TWO);
        bed.pulse();
        pass(Duration.ofMinutes(1));

        assertThat(wholes()).extracting(BeidouReport::getText).containsExactly(WHOLE);
    }

    @Test
    void shouldLetAnotherReportOfTheSameIdEndTheFormer() {
        send(ONE);
        send("灾1#A7-1/2:续涝");
        send("灾1#A7-2/2:II");

        assertThat(wholes())
                .extracting(BeidouReport::getText)
                .containsExactly("灾1#A7:初涝I,亡3[缺2/3][缺3/3]", "灾1#A7:续涝II");
        assertThat(wholes()).extracting(BeidouReport::getIncomplete).containsExactly(true, false);
    }

    @Test
    void shouldLetNoPartsOfAnExerciseThatIsOverBecomeAReport() {
        send("灾1演#B-1/2:初");
        bed.end("A");
        pass(Duration.ofMinutes(20));

        assertThat(bed.alerts(Realm.DRILL)).isEmpty();
    }

    @Test
    void shouldGiveAWholeThatCannotBeReadToAPerson() {
        send("灾1#A7-1/2:水很");
        send("灾1#A7-2/2:大");

        assertThat(wholes()).singleElement().satisfies(report -> {
            assertThat(report.getContent()).isEqualTo(BeidouContent.TEXT);
            assertThat(report.getTextNote()).contains("水很大");
            assertThat(report.getReportId()).isEqualTo("A7");
        });
        assertThat(alerts()).containsExactly("RAISE III beidou-text@bd-1");
    }

    @Test
    void shouldCountEachPartAsItCameAndTheWholeApart() {
        send(ONE);
        send(TWO);
        send(THREE);
        BeidouReport again = fragment(ONE);
        bed.send(Feeds.BEIDOU_REPORT, again);
        bed.send(Feeds.BEIDOU_REPORT, again);

        Account account = bed.ledger().values().stream()
                .filter(a -> a.getFeed().equals("beidou-report"))
                .findFirst()
                .orElseThrow();
        assertThat(account.getRouted()).isEqualTo(4);
        assertThat(account.getDuplicates()).isEqualTo(1);
        assertThat(account.getUnrouted() + account.getDeadLettered()).isZero();
        assertThat(account.getDerived()).isEqualTo(1);
    }

    private void send(String text) {
        bed.send(Feeds.BEIDOU_REPORT, fragment(text));
    }

    private BeidouReport fragment(String text) {
        BeidouReport.Builder event = events.beidou(BeidouContent.FRAGMENT, Severity.UNKNOWN);
        if (BeidouText.fill(event, text, bed.now())) {
            EventHeader header = Events.change(event.getHeader())
                    .setStatus(EventStatus.EXERCISE)
                    .setExercise("A")
                    .build();
            event.setHeader(header);
        }
        return event.build();
    }

    /** Other devices fall silent meanwhile. */
    private List<String> alerts() {
        return bed.alerts().stream().filter(alert -> alert.endsWith("@bd-1")).toList();
    }

    private void pass(Duration duration) {
        bed.pass(duration, Duration.ofMillis(500), true);
    }

    /** What readers have got besides parts. */
    private List<BeidouReport> wholes() {
        bed.read(Topics.city(Realm.LIVE, "civil-affairs", Feeds.BEIDOU_REPORT)).stream()
                .filter(report -> report.getContent() != BeidouContent.FRAGMENT)
                .forEach(read::add);
        return read;
    }
}
