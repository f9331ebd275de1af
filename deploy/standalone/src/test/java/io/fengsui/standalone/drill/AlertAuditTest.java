package io.fengsui.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertAuditTest {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final AlertText TEXT = new AlertText("字", "words");
    private static final AlertSubject SUBJECT = AlertSubject.newBuilder()
            .setKind(SubjectKind.DEVICE)
            .setId("d")
            .setName("d")
            .setUnitIds(List.of("zhangpu"))
            .setDepartmentIds(List.of("fire"))
            .build();

    private final Observations observations = new Observations();
    private final List<AlertChange> history = new ArrayList<>();
    private Realm realm = Realm.LIVE;
    private int seconds;

    @ParameterizedTest
    @EnumSource
    void shouldFindNothingWrongWithALifeAsTheRuleTellsIt(Realm either) {
        realm = either;
        raised(Severity.III, ChangeAction.RAISED, 1);
        raised(Severity.II, ChangeAction.UPDATED, 1);
        cleared(Severity.II, 1);
        raised(Severity.III, ChangeAction.RAISED_AGAIN, 2);

        assertThat(findings()).isEmpty();
    }

    @Test
    void shouldMissAnAlertThatHasNoStateAtAll() {
        says(SignalAction.RAISE, Severity.III);

        assertThat(findings()).containsOnlyKeys("alert missing");
    }

    @Test
    void shouldMissNothingWhereARuleOnlyEndsWhatNeverWas() {
        says(SignalAction.CLEAR, Severity.III);

        assertThat(findings()).isEmpty();
    }

    @Test
    void shouldMissTheEnd() {
        raised(Severity.III, ChangeAction.RAISED, 1);
        says(SignalAction.CLEAR, Severity.III);

        assertThat(findings()).containsOnlyKeys("alert differs from its rule");
    }

    @Test
    void shouldMissARaiseAfterTheEnd() {
        raised(Severity.III, ChangeAction.RAISED, 1);
        cleared(Severity.III, 1);
        says(SignalAction.RAISE, Severity.III);

        assertThat(findings()).containsOnlyKeys("alert differs from its rule");
    }

    @Test
    void shouldMissAWholeOccurrence() {
        raised(Severity.III, ChangeAction.RAISED, 1);
        cleared(Severity.III, 1);
        says(SignalAction.RAISE, Severity.III);
        says(SignalAction.CLEAR, Severity.III);

        assertThat(findings()).containsOnlyKeys("alert differs from its rule");
    }

    @Test
    void shouldMissAChangeOfSeverity() {
        raised(Severity.III, ChangeAction.RAISED, 1);
        says(SignalAction.RAISE, Severity.I);

        assertThat(findings()).containsOnlyKeys("alert differs from its rule");
    }

    @Test
    void shouldSeeAGapBetweenRevisions() {
        raised(Severity.III, ChangeAction.RAISED, 1);
        AlertSignal worse = says(SignalAction.RAISE, Severity.II);
        became(4, AlertState.FIRING, worse.getSeverity(), ChangeAction.UPDATED, worse.getValues(), 1);

        assertThat(findings()).containsOnlyKeys("alert with gaps");
    }

    @Test
    void shouldSeeAnAlertThatNoRuleSpokeOf() {
        became(1, AlertState.FIRING, Severity.III, ChangeAction.RAISED, Map.of(), 1);

        assertThat(findings()).containsOnlyKeys("alert of no rule");
    }

    @Test
    void shouldSeeASignalOfAnExerciseAmongRealOnes() {
        observations.signal(
                Realm.LIVE,
                AlertSignal.newBuilder(signal(SignalAction.CLEAR, Severity.IV))
                        .setStatus(EventStatus.EXERCISE)
                        .build());

        assertThat(findings()).containsOnlyKeys("alert misplaced");
    }

    @Test
    void shouldNotTakeAnExercisesAlertForTheRealOne() {
        raised(Severity.III, ChangeAction.RAISED, 1);
        realm = Realm.DRILL;
        says(SignalAction.RAISE, Severity.III);

        assertThat(findings()).containsOnlyKeys("alert missing");
    }

    @Test
    void shouldLetPeopleAcknowledgeEndAndComment() {
        AlertSignal raise = raised(Severity.III, ChangeAction.RAISED, 1);
        by(AlertState.ACKNOWLEDGED, ChangeAction.ACKNOWLEDGED, raise);
        assertThat(findings()).isEmpty();
        by(AlertState.CANCELLED, ChangeAction.CANCELLED, raise);
        by(AlertState.CANCELLED, ChangeAction.COMMENTED, raise);
        assertThat(findings()).isEmpty();
        says(SignalAction.CLEAR, Severity.III);
        assertThat(findings()).as("the end of an alert that has ended").isEmpty();
    }

    @Test
    void shouldMissARaiseThatCameAfterAPersonEndedTheAlert() {
        AlertSignal raise = raised(Severity.III, ChangeAction.RAISED, 1);
        by(AlertState.RESOLVED, ChangeAction.RESOLVED, raise);
        observations.signal(
                realm, AlertSignal.newBuilder(raise).setSignalledAt(later()).build());

        assertThat(findings()).containsOnlyKeys("alert differs from its rule");
    }

    @Test
    void shouldPassOverASignalThatIsOlderThanTheLast() {
        AlertSignal raise = raised(Severity.III, ChangeAction.RAISED, 1);
        observations.signal(
                realm,
                AlertSignal.newBuilder(raise)
                        .setAction(SignalAction.CLEAR)
                        .setSignalledAt(raise.getSignalledAt().minusMillis(1))
                        .build());

        assertThat(findings()).isEmpty();
    }

    @Test
    void shouldSeeWhoLacksARevisionAndWhoHasItTwice() {
        raised(Severity.III, ChangeAction.RAISED, 1);
        Alert alert = observations.alerts().values().iterator().next();
        observations.alert(realm, Topics.townshipAlert(realm, "zhangpu").name(), alert);
        observations.alert(realm, Topics.townshipAlert(realm, "bacheng").name(), alert);

        assertThat(findings()).containsOnlyKeys("alert misplaced", "alert doubled");
    }

    private Map<String, Integer> findings() {
        Audit.Findings findings = new Audit.Findings(1);
        new AlertAudit(observations, findings).check();
        return findings.counts();
    }

    private AlertSignal raised(Severity severity, ChangeAction action, int occurrences) {
        AlertSignal signal = says(SignalAction.RAISE, severity);
        became(history.size() + 1, AlertState.FIRING, severity, action, signal.getValues(), occurrences);
        return signal;
    }

    private void cleared(Severity severity, int occurrences) {
        AlertSignal signal = says(SignalAction.CLEAR, severity);
        int revision = history.size() + 1;
        became(revision, AlertState.RESOLVED, severity, ChangeAction.CLEARED, signal.getValues(), occurrences);
    }

    private void by(AlertState state, ChangeAction action, AlertSignal last) {
        became(history.size() + 1, state, last.getSeverity(), action, last.getValues(), 1);
    }

    private AlertSignal says(SignalAction action, Severity severity) {
        AlertSignal signal = signal(action, severity);
        observations.signal(realm, signal);
        return signal;
    }

    private AlertSignal signal(SignalAction action, Severity severity) {
        Instant at = later();
        return AlertSignal.newBuilder()
                .setAlertId("r@d")
                .setAction(action)
                .setRuleId("r")
                .setRuleVersion("1")
                .setFeed("dust-sensor")
                .setSubject(SUBJECT)
                .setSeverity(severity)
                .setTitle(TEXT)
                .setExplanation(TEXT)
                .setRunbook(TEXT)
                .setValues(Map.of("at", at.toString()))
                .setEventTime(at)
                .setSignalledAt(at)
                .setStatus(status())
                .build();
    }

    private void became(
            int revision,
            AlertState state,
            Severity severity,
            ChangeAction action,
            Map<String, String> values,
            int occurrences) {
        Instant at = later();
        history.add(AlertChange.newBuilder()
                .setRevision(revision)
                .setAt(at)
                .setAction(action)
                .setState(state)
                .setSeverity(severity)
                .setActor("somebody")
                .build());
        Alert alert = Alert.newBuilder()
                .setAlertId("r@d")
                .setRevision(revision)
                .setState(state)
                .setSeverity(severity)
                .setRuleId("r")
                .setRuleVersion("1")
                .setFeed("dust-sensor")
                .setSubject(SUBJECT)
                .setTitle(TEXT)
                .setExplanation(TEXT)
                .setRunbook(TEXT)
                .setValues(values)
                .setStatus(status())
                .setStartedAt(START)
                .setEventTime(START)
                .setChangedAt(at)
                .setOccurrences(occurrences)
                .setHistory(List.copyOf(history))
                .build();
        for (String topic : List.of(
                Topics.alertState(realm).name(),
                Topics.townshipAlert(realm, "zhangpu").name(),
                Topics.cityAlert(realm, "fire").name())) {
            observations.alert(realm, topic, alert);
        }
    }

    private EventStatus status() {
        return realm == Realm.LIVE ? EventStatus.ACTUAL : EventStatus.EXERCISE;
    }

    private Instant later() {
        return START.plusSeconds(++seconds);
    }
}
