package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.BeidouContent;
import io.fengsui.event.BeidouReport;
import io.fengsui.event.Datum;
import io.fengsui.event.DustSensor;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.meter.StreamsMeters;
import io.fengsui.streams.rule.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is odd about an event that is kept: readers see it in the header, and it is counted once. */
class FlagTest {
    private static final GeoPoint IN_BEIJING = new GeoPoint(116.4, 39.9, Datum.WGS84);
    private static final GeoPoint AT_THE_STATION = new GeoPoint(120.9467, 31.355, Datum.WGS84);
    private static final GeoPoint JUST_OVER_THE_BORDER = new GeoPoint(120.71, 31.11, Datum.GCJ02);

    private final TestBed bed = new TestBed(City.reference(), rules());
    private final Events events = new Events(bed);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldMarkACoordinateOutsideTheCityAndNoneThatADatumPutsThere() {
        report(IN_BEIJING);
        report(new GeoPoint(31.355, 120.9467, Datum.WGS84));
        report(AT_THE_STATION);
        report(JUST_OVER_THE_BORDER);
        report(null);

        assertThat(reports())
                .extracting(event -> event.getHeader().getFlags())
                .containsExactly(List.of("OUTSIDE_CITY"), List.of("OUTSIDE_CITY"), List.of(), List.of(), List.of());
        assertThat(counted("beidou-report", "OUTSIDE_CITY")).isEqualTo(2);
    }

    @Test
    void shouldMarkWhatTheRuleFileLooksForAndRaiseNothing() {
        bed.send(Feeds.DUST_SENSOR, events.dust("dust-1", 30.0).build());
        bed.send(Feeds.DUST_SENSOR, events.dust("dust-1", null).build());

        assertThat(dust())
                .extracting(event -> event.getHeader().getFlags())
                .containsExactly(List.of(), List.of("no-temperature"));
        assertThat(counted("dust-sensor", "no-temperature")).isEqualTo(1);
        assertThat(bed.alerts()).isEmpty();
    }

    @Test
    void shouldMarkLateEventsAndOlderOnes() {
        Instant now = bed.now();
        dust(now, false);
        dust(now.minus(Duration.ofMinutes(1)), false);
        dust(now.plus(Duration.ofSeconds(1)), true);

        assertThat(dust())
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.getHeader().getFlags()).containsExactly("no-temperature"));
    }

    @Test
    void shouldCountADuplicateOnce() {
        DustSensor event = events.dust("dust-1", null).build();
        bed.send(Feeds.DUST_SENSOR, event);
        bed.send(Feeds.DUST_SENSOR, event);

        assertThat(counted("dust-sensor", "no-temperature")).isEqualTo(1);
    }

    private void dust(Instant eventTime, boolean late) {
        DustSensor event = events.dust("dust-1", null).build();
        bed.send(
                Feeds.DUST_SENSOR,
                DustSensor.newBuilder(event)
                        .setHeader(Events.change(event.getHeader())
                                .setEventTime(eventTime)
                                .setLate(late)
                                .build())
                        .build());
    }

    private void report(GeoPoint point) {
        bed.send(
                Feeds.BEIDOU_REPORT,
                events.beidou(BeidouContent.STRUCTURED, Severity.IV)
                        .setReportedPoint(point)
                        .build());
    }

    private List<BeidouReport> reports() {
        return bed.read(Topics.township(Realm.LIVE, "sample-area-north", Feeds.BEIDOU_REPORT));
    }

    private List<DustSensor> dust() {
        return bed.read(Topics.township(Realm.LIVE, "bacheng", Feeds.DUST_SENSOR));
    }

    private double counted(String feed, String flag) {
        return bed.meters
                .get(StreamsMeters.FLAGGED.meterName())
                .tags("feed", feed, "flag", flag)
                .counter()
                .count();
    }

    private static RuleBook rules() {
        RuleBook book = new RuleBook(feed -> {});
        book.accept(Feeds.DUST_SENSOR.id(), City.ruleFile(Feeds.DUST_SENSOR, """
                feed: dust-sensor
                flags:
                  - {id: no-temperature, zh: 未报温度, en: No temperature, when: '!has(event.hopperTemperatureCelsius)'}
                rules:
                  - id: hot
                    title: {zh: 高温, en: Hot}
                    severity: III
                    when: event.hopperTemperatureCelsius >= 70
                    explanation: {zh: 高温, en: Hot}
                    runbook: {zh: 处理, en: Act}
                """));
        return book;
    }
}
