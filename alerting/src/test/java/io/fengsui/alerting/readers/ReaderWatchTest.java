package io.fengsui.alerting.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.SignalAction;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.board.ReadersView.Reading;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readings every ten seconds, the signals carried out on the board as the lifecycle does. */
class ReaderWatchTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Instant START = Samples.T0;

    private final AlertBoard board = AlertBoard.standing(Plans.plan());
    private final List<AlertSignal> said = new ArrayList<>();
    private Instant now = START;
    private boolean fresh = true;
    private boolean onDuty = true;
    private boolean lost;
    private ReaderWatch watch = watch();

    private ReaderWatch watch() {
        return new ReaderWatch(
                LIMIT,
                board,
                ReferenceNames.of(List.of(
                        unit("zhangpu", UnitKind.TOWNSHIP, "张浦镇"),
                        unit("fire", UnitKind.DEPARTMENT, "市消防大队"),
                        unit("kunshan", UnitKind.CITY, "昆山市"))),
                new SignalLog() {
                    @Override
                    public void append(AlertSignal signal) {
                        said.add(signal);
                        if (!lost) {
                            carryOut(signal);
                        }
                    }

                    @Override
                    public void close() {}
                },
                () -> fresh,
                () -> onDuty);
    }

    private void carryOut(AlertSignal signal) {
        Alert current = board.get(Realm.LIVE, signal.getAlertId()).orElse(null);
        AlertLifecycle.apply(current, signal, board.duty(), now)
                .changed()
                .ifPresent(next -> board.accept(Realm.LIVE, next.getAlertId(), next));
    }

    @Test
    void shouldRaiseOneAlertThatReachesTheUnitAndTheCitysCommandAndClearIt() {
        Instant oldest = START.plusSeconds(60);
        read(Duration.ofMinutes(9), receipt("zhangpu", "平台 1", oldest));
        assertThat(said).isEmpty();

        read(Duration.ofMinutes(20), receipt("zhangpu", "平台 1", oldest));

        assertThat(said).hasSize(1);
        Alert alert = alert("zhangpu:%E5%B9%B3%E5%8F%B0+1");
        assertThat(alert.getStartedAt()).isEqualTo(oldest.plus(LIMIT));
        assertThat(alert.getSubject().getUnitIds()).containsExactly("zhangpu");
        assertThat(alert.getSubject().getDepartmentIds()).containsExactly("command");
        assertThat(alert.getExplanation().getZh()).contains("张浦镇", "平台 1", "2026-11-23 08:01:00", "10 分钟");
        assertThat(alert.getRunbook().getEn()).contains("Telephone");

        read(Duration.ofSeconds(10), receipt("zhangpu", "平台 1", now));
        assertThat(said).hasSize(2);
        assertThat(said.get(1).getAction()).isEqualTo(SignalAction.CLEAR);
        assertThat(AlertBoard.isOpen(alert("zhangpu:%E5%B9%B3%E5%8F%B0+1"))).isFalse();
        read(Duration.ofMinutes(1), receipt("zhangpu", "平台 1", null));
        assertThat(said).hasSize(2);
    }

    @Test
    void shouldTellADepartmentsPlatformToTheDepartment() {
        read(Duration.ofMinutes(30), receipt("fire", "g", START));

        assertThat(alert("fire:g").getSubject().getUnitIds()).isEmpty();
        assertThat(alert("fire:g").getSubject().getDepartmentIds()).containsExactly("fire", "command");
    }

    @Test
    void shouldSayNothingOfWhoIsNoUnitOrHasReadEverything() {
        read(
                Duration.ofMinutes(30),
                receipt("kunshan", "g", START),
                receipt("gone", "g", START),
                receipt("zhangpu", "g", null));

        assertThat(said).isEmpty();
    }

    @Test
    void shouldGiveEverybodyHisFullTimeAgainAfterKafkaWasAway() {
        read(Duration.ofMinutes(5), receipt("zhangpu", "g", START));
        now = now.plus(Duration.ofHours(1)); // nobody could read, and no reading came
        read(Duration.ofMinutes(9), receipt("zhangpu", "g", START));
        assertThat(said).isEmpty();

        read(Duration.ofMinutes(2), receipt("zhangpu", "g", START));
        assertThat(said).hasSize(1);
    }

    @Test
    void shouldJudgeNothingWhileTheBoardStandsStill() {
        fresh = false;
        read(Duration.ofMinutes(30), receipt("zhangpu", "g", START));
        assertThat(said).isEmpty();

        fresh = true;
        read(Duration.ofMinutes(9), receipt("zhangpu", "g", START));
        assertThat(said).isEmpty();
        read(Duration.ofMinutes(2), receipt("zhangpu", "g", START));
        assertThat(said).hasSize(1);
    }

    @Test
    void shouldLeaveAnAlertAloneWhenItsGroupIsGoneAndNotClearItOnARestart() {
        read(Duration.ofMinutes(11), receipt("zhangpu", "g", START));
        watch = watch();
        read(Duration.ofMinutes(11), receipt("zhangpu", "g", START));
        read(Duration.ofMinutes(11));

        assertThat(said).hasSize(1);
        assertThat(AlertBoard.isOpen(alert("zhangpu:g"))).isTrue();
    }

    @Test
    void shouldNotContradictAPersonAndSayTheNextSilenceAgain() {
        read(Duration.ofMinutes(11), receipt("zhangpu", "g", START));
        Alert alert = alert("zhangpu:g");
        board.accept(
                Realm.LIVE,
                alert.getAlertId(),
                AlertLifecycle.apply(
                                alert,
                                Samples.command(CommandAction.RESOLVE, "a")
                                        .setAlertId(alert.getAlertId())
                                        .build(),
                                board.duty(),
                                now)
                        .changed()
                        .orElseThrow());
        read(Duration.ofMinutes(30), receipt("zhangpu", "g", START));
        watch = watch();
        read(Duration.ofMinutes(30), receipt("zhangpu", "g", START));
        assertThat(said).as("the same silence").hasSize(1);

        read(Duration.ofMinutes(30), receipt("zhangpu", "g", now));
        assertThat(said).as("another").hasSize(2);
        assertThat(AlertBoard.isOpen(alert("zhangpu:g"))).isTrue();
    }

    @Test
    void shouldSpeakOnDutyAloneAndAnotherInstanceSaysTheSame() {
        onDuty = false;
        read(Duration.ofMinutes(11), receipt("zhangpu", "g", START.plusSeconds(20)));
        assertThat(said).isEmpty();
        onDuty = true;
        lost = true;
        read(Duration.ofSeconds(10), receipt("zhangpu", "g", START.plusSeconds(20)));
        read(Duration.ofSeconds(10), receipt("zhangpu", "g", START.plusSeconds(20)));

        assertThat(said).as("what is lost is said again, with the same words").hasSize(2);
        assertThat(said.get(0)).isEqualTo(said.get(1));
        lost = false;
        said.forEach(this::carryOut);
        assertThat(alert("zhangpu:g").getRevision()).as("said twice").isEqualTo(1);
    }

    /** Readings of the same every ten seconds for some time. */
    private void read(Duration span, Receipt... receipts) {
        for (Instant end = now.plus(span); now.isBefore(end); ) {
            now = now.plusSeconds(10);
            watch.accept(new Reading(List.of(receipts), now));
        }
    }

    private Alert alert(String subject) {
        return board.get(Realm.LIVE, "reader-silent@" + subject).orElseThrow();
    }

    private static Receipt receipt(String unit, String group, Instant oldest) {
        return new Receipt(unit, group, 0, oldest == null ? 0 : 5, 0, oldest);
    }

    private static Unit unit(String id, UnitKind kind, String name) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(kind)
                .setNameZh(name)
                .setNameEn("The " + id)
                .build();
    }
}
