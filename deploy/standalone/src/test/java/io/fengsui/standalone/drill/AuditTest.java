package io.fengsui.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.DustSensor;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.fleet.Expectation;
import io.fengsui.seeds.fleet.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {
    private static final String TOWNSHIP =
            Topics.township(Realm.LIVE, "zhangpu", Feeds.DUST_SENSOR).name();
    private static final String CITY =
            Topics.city(Realm.LIVE, "work-safety", Feeds.DUST_SENSOR).name();

    private static final String SHARED = Topics.DEAD_LETTER.name();

    private final Observations observations = new Observations();

    @Test
    void shouldBalanceWhenEveryCopyIsWhereItBelongs() {
        observations.event(TOWNSHIP, header("v/d/e-1"));
        observations.event(CITY, header("v/d/e-1"));
        observations.deadLetter(SHARED, letter("v/d/e-2", Rejection.NOT_JSON));
        account(1, 0, 1, 1);

        LedgerReport report = audit(routed("v/d/e-1", 2, 2), refused("v/d/e-2", Rejection.NOT_JSON));

        assertThat(report.balances()).as(report.text()).isTrue();
        assertThat(report.text())
                .contains("3 published = 3 acknowledged = 1 routed + 1 dead-lettered + 0 unrouted + 1 duplicates");
    }

    @Test
    void shouldCallAnEventMissingWhenOneReaderLacksIt() {
        observations.event(TOWNSHIP, header("v/d/e-1"));
        account(1, 0, 0, 0);

        LedgerReport report = audit(routed("v/d/e-1", 1, 1));

        assertThat(report.balances()).isFalse();
        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.text()).contains("v/d/e-1 in " + CITY);
    }

    @Test
    void shouldCallAnEventMissingWhenItIsNowhere() {
        LedgerReport report = audit(routed("v/d/e-1", 1, 1));

        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.balances()).isFalse();
    }

    @Test
    void shouldNotBalanceWhenAMessageWasNeverAcknowledged() {
        assertThat(audit(routed("v/d/e-1", 1, 0)).balances()).isFalse();
        assertThat(audit(routed("v/d/e-1", 1, 0)).missing()).isZero();
    }

    @Test
    void shouldCallAnEventDoubledWhenAReaderSeesItTwice() {
        observations.event(TOWNSHIP, header("v/d/e-1"));
        observations.event(CITY, header("v/d/e-1"));
        observations.event(CITY, header("v/d/e-1"));
        account(1, 0, 0, 0);

        LedgerReport report = audit(routed("v/d/e-1", 1, 1));

        assertThat(report.balances()).isFalse();
        assertThat(report.doubled()).isEqualTo(1);
    }

    @Test
    void shouldCallAnEventMisplacedWhenAStrangerGetsIt() {
        String stranger =
                Topics.township(Realm.LIVE, "bacheng", Feeds.DUST_SENSOR).name();
        observations.event(TOWNSHIP, header("v/d/e-1"));
        observations.event(CITY, header("v/d/e-1"));
        observations.event(stranger, header("v/d/e-1"));
        account(1, 0, 0, 0);

        LedgerReport report = audit(routed("v/d/e-1", 1, 1));

        assertThat(report.balances()).isFalse();
        assertThat(report.findings()).containsEntry("misplaced", 1);
        assertThat(report.text()).contains(stranger);
    }

    @Test
    void shouldCallADeadLetterMisplacedWhenItsReasonIsAnother() {
        observations.deadLetter(SHARED, letter("v/d/e-2", Rejection.EMPTY));
        account(0, 0, 1, 0);

        LedgerReport report = audit(refused("v/d/e-2", Rejection.NOT_JSON));

        assertThat(report.findings()).containsEntry("misplaced", 1);
    }

    @Test
    void shouldCallADeadLetterOfAProtectedFeedMisplacedWhenItsTopicIsShared() {
        Feed<?> calls = protectedFeed();
        observations.deadLetter(Topics.deadLetter(calls).name(), letter("v/d/e-1", Rejection.NOT_JSON));
        observations.deadLetter(SHARED, letter("v/d/e-2", Rejection.NOT_JSON));
        account(0, 0, 2, 0);

        LedgerReport report =
                audit(refused(calls, "v/d/e-1", Rejection.NOT_JSON), refused(calls, "v/d/e-2", Rejection.NOT_JSON));

        assertThat(report.findings()).containsEntry("misplaced", 1);
        assertThat(report.text()).contains("v/d/e-2: expected NOT_JSON in [feed.dust-sensor.dead-letter]");
    }

    @Test
    void shouldNotBalanceWhenTheKeptAccountsSayOtherwise() {
        observations.event(TOWNSHIP, header("v/d/e-1"));
        observations.event(CITY, header("v/d/e-1"));
        account(2, 0, 0, 0);

        LedgerReport report = audit(routed("v/d/e-1", 1, 1));

        assertThat(report.balances()).isFalse();
        assertThat(report.text()).contains("routed 2, the audit found 1");
    }

    @Test
    void shouldNotBalanceWhenSomethingIsThereThatNobodySent() {
        observations.event(TOWNSHIP, header("v/d/ghost"));
        account(0, 0, 0, 0);

        assertThat(audit().findings()).containsEntry("never sent", 1);
    }

    @Test
    void shouldShowTenOfManyMissing() {
        Expectation[] lost = new Expectation[12];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = routed("v/d/lost-" + (char) ('a' + i), 1, 1);
        }

        LedgerReport report = audit(lost);

        assertThat(report.missing()).isEqualTo(12);
        assertThat(report.text()).contains("missing: 12", "lost-j", "…").doesNotContain("lost-k");
    }

    @Test
    void shouldNotBalanceWhenABridgeWritesEverythingTwice() {
        observations.event(TOWNSHIP, header("v/d/e-1"));
        observations.event(CITY, header("v/d/e-1"));
        observations.deadLetter(SHARED, letter("v/d/e-2", Rejection.NOT_JSON));
        observations.deadLetter(SHARED, letter("v/d/e-2", Rejection.NOT_JSON));
        account(1, 0, 2, 1);
        Expectation[] sent = {routed("v/d/e-1", 1, 1), refused("v/d/e-2", Rejection.NOT_JSON)};

        LedgerReport strict = audit(sent);
        LedgerReport afterCrash = audit(2, sent);

        assertThat(strict.balances()).isFalse();
        assertThat(strict.findings()).containsOnlyKeys("delivered again");
        assertThat(strict.text())
                .contains("dust-sensor: 1 duplicates, published were 0; 2 dead letters, published were 1");
        assertThat(strict.redelivered()).isEqualTo(2);
        assertThat(afterCrash.balances()).as(afterCrash.text()).isTrue();
        assertThat(afterCrash.text())
                .contains("2 published = 2 acknowledged = 1 routed + 2 dead-lettered + 0 unrouted + 1 duplicates"
                        + " - 2 delivered again");
    }

    @Test
    void shouldNotBalanceWhenADuplicateThatWasSentIsNotCounted() {
        observations.event(TOWNSHIP, header("v/d/e-1"));
        observations.event(CITY, header("v/d/e-1"));
        account(1, 0, 0, 0);

        LedgerReport report = audit(routed("v/d/e-1", 2, 2));

        assertThat(report.balances()).isFalse();
        assertThat(report.text()).contains("dust-sensor LIVE: duplicates 0, published were 1");
    }

    @Test
    void shouldCountAnEventThatIsMissingOnceHoweverManyCopiesWereSent() {
        account(0, 0, 0, 2);

        assertThat(audit(routed("v/d/e-1", 3, 3)).missing()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"video-status|hour|LIVE, 0", "dust-sensor|hour|DRILL, 0", "dust-sensor|hour|LIVE, 1"})
    void shouldCompareAccountsByFeedAndRealmAndWithWhatWasLate(String key, long late) {
        observations.event(TOWNSHIP, header("v/d/e-1"));
        observations.event(CITY, header("v/d/e-1"));
        account("0|" + key, 1, 0, 0, 0, late);

        LedgerReport report = audit(routed("v/d/e-1", 1, 1));

        assertThat(report.findings()).containsOnlyKeys("ledger.account differs");
    }

    @Test
    void shouldTellThatADevicesEventsAreOutOfOrder() {
        for (String id : List.of("v/d/r-2", "v/other/r-1", "v/d/r-1")) {
            observations.event(TOWNSHIP, header(id));
        }
        for (String id : List.of("v/d/r-1", "v/d/r-2", "v/other/r-1")) {
            observations.event(CITY, header(id));
        }
        account(3, 0, 0, 0);

        LedgerReport report = audit(routed("v/d/r-1", 1, 1), routed("v/other/r-1", 1, 1), routed("v/d/r-2", 1, 1));

        assertThat(report.findings()).containsExactlyEntriesOf(Map.of("out of order", 1));
        assertThat(report.text()).contains("v/d/r-2 in " + TOWNSHIP);
    }

    @Test
    void shouldTakeALastWillWhereverItStandsInTheOrder() {
        for (String id : List.of("v/d/r-2", "v/d/r-1", "v/d/r-3")) {
            observations.event(TOWNSHIP, header(id));
            observations.event(CITY, header(id));
        }
        account(3, 0, 0, 0);

        LedgerReport report = audit(lastWill("v/d/r-1", 1), routed("v/d/r-2", 1, 1), routed("v/d/r-3", 1, 1));

        assertThat(report.balances()).as(report.text()).isTrue();
    }

    @Test
    void shouldBalanceWhetherALastWillThatMayHaveFiredIsThereOrNot() {
        observations.event(TOWNSHIP, header("v/d/r-1"));
        observations.event(CITY, header("v/d/r-1"));
        account(1, 0, 0, 0);

        LedgerReport report = audit(lastWill("v/d/r-1", 0), lastWill("v/d/r-2", 0));

        assertThat(report.balances()).as(report.text()).isTrue();
        assertThat(report.published()).isEqualTo(1);
    }

    @Test
    void shouldCallALastWillThatMayHaveFiredMissingWhereOnlyOneReaderHasIt() {
        observations.event(TOWNSHIP, header("v/d/r-1"));
        account(1, 0, 0, 0);

        assertThat(audit(lastWill("v/d/r-1", 0)).missing()).isEqualTo(1);
    }

    private LedgerReport audit(Expectation... messages) {
        return audit(0, messages);
    }

    private LedgerReport audit(long redeliveries, Expectation... messages) {
        Audit audit = new Audit(observations, redeliveries);
        List.of(messages).forEach(audit::check);
        return audit.report();
    }

    private void account(long routed, long unrouted, long deadLettered, long duplicates) {
        account("0|dust-sensor|hour|LIVE", routed, unrouted, deadLettered, duplicates, 0);
    }

    private void account(String key, long routed, long unrouted, long deadLettered, long duplicates, long late) {
        observations.account(
                key,
                Account.newBuilder()
                        .setFeed(key.split("\\|")[1])
                        .setHour(Instant.EPOCH)
                        .setTask(0)
                        .setRouted(routed)
                        .setUnrouted(unrouted)
                        .setDeadLettered(deadLettered)
                        .setDuplicates(duplicates)
                        .setLate(late)
                        .build());
    }

    private static Expectation routed(String id, int copies, int acknowledged) {
        return new Expectation(
                id,
                Feeds.DUST_SENSOR,
                Realm.LIVE,
                Outcome.ROUTED,
                null,
                List.of(TOWNSHIP, CITY),
                false,
                false,
                copies,
                acknowledged);
    }

    /** @param copies 0 if nobody knows whether it fired */
    private static Expectation lastWill(String id, int copies) {
        return new Expectation(
                id,
                Feeds.DUST_SENSOR,
                Realm.LIVE,
                Outcome.ROUTED,
                null,
                List.of(TOWNSHIP, CITY),
                false,
                true,
                copies,
                copies);
    }

    private static Expectation refused(String id, Rejection reason) {
        return refused(Feeds.DUST_SENSOR, id, reason);
    }

    private static Expectation refused(Feed<?> feed, String id, Rejection reason) {
        return new Expectation(
                id,
                feed,
                Realm.LIVE,
                Outcome.DEAD_LETTER,
                reason,
                List.of(Topics.deadLetter(feed).name()),
                false,
                false,
                1,
                1);
    }

    /** Of the name and type of another, with a schema of its own. */
    private static Feed<?> protectedFeed() {
        return new Feed<>(
                Feeds.DUST_SENSOR.id(),
                "",
                "",
                DustSensor.class,
                new Schema.Parser().parse("""
                        {"type": "record", "name": "Call", "namespace": "io.fengsui.test", "fields": [
                          {"name": "callerName", "type": "string", "personal": true}]}
                        """),
                Lane.TELEMETRY,
                Duration.ZERO,
                false,
                List.of());
    }

    private static DeadLetter letter(String id, Rejection reason) {
        return DeadLetter.newBuilder()
                .setReason(reason.name())
                .setDetail("")
                .setEventId(id)
                .setFeed(Feeds.DUST_SENSOR.id())
                .setStage(DeadLetterStage.INGEST)
                .setStatus(EventStatus.ACTUAL)
                .setReceivedAt(Instant.EPOCH)
                .setProcess("test")
                .build();
    }

    private static EventHeader header(String id) {
        return EventHeader.newBuilder()
                .setEventId(id)
                .setVendor("v")
                .setDeviceId("d")
                .setEventTime(Instant.EPOCH)
                .setReceivedAt(Instant.EPOCH)
                .setStatus(EventStatus.ACTUAL)
                .setSource(EventSource.newBuilder()
                        .setMqttTopic("t")
                        .setFormat("json")
                        .setBridge("b")
                        .build())
                .build();
    }
}
