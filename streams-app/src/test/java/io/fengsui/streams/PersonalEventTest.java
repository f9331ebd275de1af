package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.Datum;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Police110;
import io.fengsui.event.PoliceIncidentKind;
import io.fengsui.event.PoliceIncidentState;
import io.fengsui.event.Severity;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the personal data of a protected feed. */
class PersonalEventTest {
    private static final Feed<Police110> POLICE = Feeds.of(Police110.class);
    private static final String DEVICE = "police-110-1";
    private static final String KNOWN = "320583106";
    private static final String UNKNOWN = "320583999";
    private static final String NAME = "赵普朗";
    private static final Set<String> OWN = Stream.of(
                    Topics.deadLetter(POLICE),
                    Topics.unrouted(Realm.LIVE, POLICE),
                    Topics.unrouted(Realm.DRILL, POLICE))
            .map(topic -> topic.name())
            .collect(Collectors.toSet());

    private final TestBed bed = new TestBed();
    private int messages;

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void shouldMaskWhatReadersGet() {
        bed.send(POLICE, event(KNOWN, EventStatus.ACTUAL));

        Police110 read = bed.decode(
                Topics.township(Realm.LIVE, "zhangpu", POLICE),
                bed.raw("township.zhangpu.police-110").get(0));
        assertThat(read.getCallerName()).isEqualTo("***");
        assertThat(read.getCallerTelephone()).isEqualTo("***");
        assertThat(read.getAddress()).isNull();
        assertThat(read.getDescription()).isEqualTo("***");
        assertThat(read.getPoint()).isNull();
        assertThat(read.getIncidentNo()).isEqualTo("P-1");
        assertThat(bed.raw("city.fire.police-110")).hasSize(1);
    }

    @Test
    void shouldShowNoPersonalDataOutsideTheTopicsOfTheFeed() {
        bed.send(POLICE, event(KNOWN, EventStatus.ACTUAL));
        bed.send(POLICE, event(KNOWN, EventStatus.EXERCISE));
        bed.send(POLICE, event(UNKNOWN, EventStatus.ACTUAL));
        bed.send(POLICE, event(UNKNOWN, EventStatus.EXERCISE));
        bed.sendBytes("feed.police-110", DEVICE, NAME.getBytes(StandardCharsets.UTF_8));
        bed.sendBytes("feed.police-110.dead-letter", DEVICE, NAME.getBytes(StandardCharsets.UTF_8));

        assertThat(bed.alerts()).isNotEmpty();
        assertThat(bed.ledger()).isNotEmpty();
        List<String> naming = Topics.all(City.UNITS, City.ROUTES).stream()
                .map(topic -> topic.name())
                .filter(topic -> !topic.equals("feed.police-110") && !topic.equals("drill.feed.police-110"))
                .filter(topic -> bed.raw(topic).stream().anyMatch(PersonalEventTest::names))
                .toList();
        assertThat(naming).containsExactlyInAnyOrderElementsOf(OWN);
    }

    @Test
    void shouldKeepTheOriginalOfWhatIsUnrouted() {
        Police110 event = event(UNKNOWN, EventStatus.ACTUAL);
        byte[] bytes = bed.encode("feed.police-110", event);
        bed.sendBytes("feed.police-110", DEVICE, bytes);

        assertThat(bed.raw("feed.unrouted")).isEmpty();
        assertThat(bed.read(Topics.unrouted(Realm.LIVE, POLICE)))
                .singleElement()
                .extracting(Unrouted::getRecord)
                .isEqualTo(ByteBuffer.wrap(bytes));
    }

    @Test
    void shouldQuoteNothingInTheWordsOfADeadLetterAndCountIt() {
        bed.sendBytes("feed.police-110", NAME, bed.encode("feed.police-110", event(KNOWN, EventStatus.ACTUAL)));
        bed.bridgeDeadLetter(POLICE, "NOT_JSON");

        assertThat(bed.raw("feed.dead-letter")).isEmpty();
        assertThat(bed.deadLetters())
                .singleElement()
                .extracting(DeadLetter::getDetail)
                .isEqualTo(Rejection.KEY_MISMATCH.en());
        assertThat(bed.ledger().values().stream()
                        .filter(account -> account.getFeed().equals("police-110"))
                        .mapToLong(account -> account.getDeadLettered())
                        .sum())
                .isEqualTo(2);
    }

    private Police110 event(String division, EventStatus status) {
        messages++;
        return Police110.newBuilder()
                .setHeader(Events.change(bed.header(POLICE, DEVICE, "m-" + messages))
                        .setStatus(status)
                        .build())
                .setIncidentNo("P-1")
                .setKind(PoliceIncidentKind.CRIME)
                .setState(PoliceIncidentState.RECEIVED)
                .setSeverity(Severity.III)
                .setDivisionCode(division)
                .setInjured(1)
                .setCallerName(NAME)
                .setCallerTelephone("13912345678")
                .setPoint(new GeoPoint(120.987654321, 31.123456789, Datum.GCJ02))
                .setDescription(NAME + "称有人持刀")
                .build();
    }

    private static boolean names(byte[] value) {
        return new String(value, StandardCharsets.UTF_8).contains(NAME);
    }
}
