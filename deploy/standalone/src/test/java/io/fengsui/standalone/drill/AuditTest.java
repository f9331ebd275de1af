package io.fengsui.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.ops.Account;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterStage;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.fleet.Expectation;
import io.fengsui.seeds.fleet.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final String TOWNSHIP =
            Topics.township(Realm.LIVE, "zhangpu", Feeds.DUST_SENSOR).name();
    private static final String CITY =
            Topics.city(Realm.LIVE, "work-safety", Feeds.DUST_SENSOR).name();

    private final Observations observations = new Observations();

    @Test
    void shouldBalanceWhenEveryCopyIsWhereItBelongs() {
        observations.event(TOWNSHIP, header("e-1"));
        observations.event(CITY, header("e-1"));
        observations.deadLetter(letter("e-2", Rejection.NOT_JSON));
        account(1, 0, 1, 1);

        LedgerReport report = audit(routed("e-1", 2, 2), refused("e-2", Rejection.NOT_JSON));

        assertThat(report.balances()).as(report.text()).isTrue();
        assertThat(report.text())
                .contains("3 published = 3 acknowledged = 1 routed + 1 dead-lettered + 0 unrouted + 1 duplicates");
    }

    @Test
    void shouldCallAnEventMissingWhenOneReaderLacksIt() {
        observations.event(TOWNSHIP, header("e-1"));
        account(1, 0, 0, 0);

        LedgerReport report = audit(routed("e-1", 1, 1));

        assertThat(report.balances()).isFalse();
        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.text()).contains("e-1 in " + CITY);
    }

    @Test
    void shouldCallAnEventMissingWhenItIsNowhere() {
        LedgerReport report = audit(routed("e-1", 1, 1));

        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.balances()).isFalse();
    }

    @Test
    void shouldNotBalanceWhenAMessageWasNeverAcknowledged() {
        assertThat(audit(routed("e-1", 1, 0)).balances()).isFalse();
        assertThat(audit(routed("e-1", 1, 0)).missing()).isZero();
    }

    @Test
    void shouldCallAnEventDoubledWhenAReaderSeesItTwice() {
        observations.event(TOWNSHIP, header("e-1"));
        observations.event(CITY, header("e-1"));
        observations.event(CITY, header("e-1"));
        account(1, 0, 0, 0);

        LedgerReport report = audit(routed("e-1", 1, 1));

        assertThat(report.balances()).isFalse();
        assertThat(report.doubled()).isEqualTo(1);
    }

    @Test
    void shouldCallAnEventMisplacedWhenAStrangerGetsIt() {
        String stranger =
                Topics.township(Realm.LIVE, "bacheng", Feeds.DUST_SENSOR).name();
        observations.event(TOWNSHIP, header("e-1"));
        observations.event(CITY, header("e-1"));
        observations.event(stranger, header("e-1"));
        account(1, 0, 0, 0);

        LedgerReport report = audit(routed("e-1", 1, 1));

        assertThat(report.balances()).isFalse();
        assertThat(report.findings()).containsEntry("misplaced", 1);
        assertThat(report.text()).contains(stranger);
    }

    @Test
    void shouldCallADeadLetterMisplacedWhenItsReasonIsAnother() {
        observations.deadLetter(letter("e-2", Rejection.EMPTY));
        account(0, 0, 1, 0);

        LedgerReport report = audit(refused("e-2", Rejection.NOT_JSON));

        assertThat(report.findings()).containsEntry("misplaced", 1);
    }

    @Test
    void shouldNotBalanceWhenTheKeptAccountsSayOtherwise() {
        observations.event(TOWNSHIP, header("e-1"));
        observations.event(CITY, header("e-1"));
        account(2, 0, 0, 0);

        LedgerReport report = audit(routed("e-1", 1, 1));

        assertThat(report.balances()).isFalse();
        assertThat(report.text()).contains("routed 2, the audit found 1");
    }

    @Test
    void shouldNotBalanceWhenSomethingIsThereThatNobodySent() {
        observations.event(TOWNSHIP, header("ghost"));
        account(0, 0, 0, 0);

        assertThat(audit().findings()).containsEntry("never sent", 1);
    }

    @Test
    void shouldShowTenOfManyMissing() {
        Expectation[] lost = new Expectation[12];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = routed("lost-" + (char) ('a' + i), 1, 1);
        }

        LedgerReport report = audit(lost);

        assertThat(report.missing()).isEqualTo(12);
        assertThat(report.text()).contains("missing: 12", "lost-j", "…").doesNotContain("lost-k");
    }

    private LedgerReport audit(Expectation... messages) {
        Audit audit = new Audit(observations);
        List.of(messages).forEach(audit::check);
        return audit.report();
    }

    private void account(long routed, long unrouted, long deadLettered, long duplicates) {
        observations.account(
                "0|dust-sensor|hour|LIVE",
                Account.newBuilder()
                        .setFeed(Feeds.DUST_SENSOR.id())
                        .setHour(Instant.EPOCH)
                        .setTask(0)
                        .setRouted(routed)
                        .setUnrouted(unrouted)
                        .setDeadLettered(deadLettered)
                        .setDuplicates(duplicates)
                        .setLate(0)
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

    private static Expectation refused(String id, Rejection reason) {
        return new Expectation(
                id,
                Feeds.DUST_SENSOR,
                Realm.LIVE,
                Outcome.DEAD_LETTER,
                reason,
                List.of(Topics.DEAD_LETTER.name()),
                false,
                false,
                1,
                1);
    }

    private static DeadLetter letter(String id, Rejection reason) {
        return DeadLetter.newBuilder()
                .setReason(reason.name())
                .setDetail("")
                .setEventId(id)
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
