package io.fengsui.alerting.lifecycle;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alert.CommandAction;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random interleavings of rules and people, with repetitions and clocks set back, against a model of a few lines. */
class AlertLifecyclePropertyTest {
    /** Independent of the code: what may stand behind what. */
    private static final Map<AlertState, Set<AlertState>> ALLOWED = new EnumMap<>(Map.of(
            AlertState.FIRING,
            Set.of(AlertState.FIRING, AlertState.ACKNOWLEDGED, AlertState.RESOLVED, AlertState.CANCELLED),
            AlertState.ACKNOWLEDGED,
            Set.of(AlertState.ACKNOWLEDGED, AlertState.FIRING, AlertState.RESOLVED, AlertState.CANCELLED),
            AlertState.RESOLVED,
            Set.of(AlertState.RESOLVED, AlertState.FIRING),
            AlertState.CANCELLED,
            Set.of(AlertState.CANCELLED, AlertState.FIRING)));

    /** Something said; {@code second} is when the rule said it, which need not be the order of arrival. */
    record Said(String what, Severity severity, int second, int figure, int revisionSeen) {}

    @Property(tries = 2_000)
    void shouldKeepItsPromisesWhateverIsSaid(@ForAll("sayings") List<Said> sayings) {
        Alert alert = null;
        for (int i = 0; i < sayings.size(); i++) {
            Instant now = T0.plusSeconds(1_000 + i);
            Said said = sayings.get(i);
            Decision decision = apply(alert, said, i, now);
            if (decision.changed().isPresent()) {
                Alert next = decision.changed().get();
                checkStep(alert, next, said);
                alert = next;
            }
            assertThat(apply(alert, said, i, now).changed())
                    .as("said twice: %s", said)
                    .isEmpty();
        }
        if (alert != null) {
            checkWhole(alert);
            checkNotStuck(alert);
        }
    }

    private static void checkStep(Alert before, Alert after, Said said) {
        assertThat(after.getAlertId()).isEqualTo(raise(T0).build().getAlertId());
        if (said.what().equals("JOIN")) {
            assertThat(after.getState()).as("nobody knows of it yet").isEqualTo(AlertState.FIRING);
        }
        AlertChange newest = after.getHistory().get(after.getHistory().size() - 1);
        assertThat(newest.getRevision()).isEqualTo(after.getRevision());
        assertThat(newest.getState()).isEqualTo(after.getState());
        if (before == null) {
            assertThat(after.getRevision()).isEqualTo(1);
            assertThat(after.getState()).isEqualTo(AlertState.FIRING);
            return;
        }
        assertThat(after.getRevision()).isEqualTo(before.getRevision() + 1);
        assertThat(newest.getReferences()).isEqualTo(before.getRevision());
        assertThat(ALLOWED.get(before.getState())).contains(after.getState());
        boolean reopened = Transition.isOpen(after.getState()) && !Transition.isOpen(before.getState());
        assertThat(after.getOccurrences()).isEqualTo(before.getOccurrences() + (reopened ? 1 : 0));
    }

    private static void checkWhole(Alert alert) {
        assertThat(alert.getAcknowledgedBy() != null && alert.getState() == AlertState.FIRING)
                .as("firing and acknowledged at once")
                .isFalse();
        assertThat(alert.getEndedAt() == null).isEqualTo(Transition.isOpen(alert.getState()));
        if (alert.getEndedAt() != null) {
            assertThat(alert.getEndedAt()).isAfterOrEqualTo(alert.getStartedAt());
        }
        List<AlertChange> history = alert.getHistory();
        assertThat(history.size()).isBetween(1, 50);
        assertThat(history.get(0).getAction()).isEqualTo(ChangeAction.RAISED);
        Set<String> commands = new HashSet<>();
        for (int i = 1; i < history.size(); i++) {
            assertThat(history.get(i).getReferences()).isEqualTo(history.get(i).getRevision() - 1);
            assertThat(history.get(i).getRevision())
                    .isGreaterThan(history.get(i - 1).getRevision());
            String command = history.get(i).getCommandId();
            assertThat(command == null || commands.add(command))
                    .as("a command acts once")
                    .isTrue();
        }
    }

    /** Whatever came before, rule and officer can end it, and the rule can raise it anew. */
    private static void checkNotStuck(Alert alert) {
        Instant later = T0.plusSeconds(5_000);
        Alert open = AlertLifecycle.apply(
                        alert, raise(later).setSeverity(Severity.I).build(), later)
                .changed()
                .orElse(alert);
        assertThat(Transition.isOpen(open.getState())).isTrue();
        for (Decision end : List.of(
                AlertLifecycle.apply(open, clear(later).build(), later),
                AlertLifecycle.apply(open, command(CommandAction.CANCEL, "end").build(), later),
                AlertLifecycle.apply(open, command(CommandAction.RESOLVE, "end").build(), later))) {
            assertThat(end.changed()).hasValueSatisfying(ended -> assertThat(Transition.isOpen(ended.getState()))
                    .isFalse());
        }
    }

    private static Decision apply(Alert alert, Said said, int number, Instant now) {
        return switch (said.what()) {
            case "RAISE" ->
                AlertLifecycle.apply(
                        alert,
                        raise(at(said))
                                .setSeverity(said.severity())
                                .setValues(Map.of("figure", "" + said.figure()))
                                .build(),
                        now);
            case "JOIN" ->
                AlertLifecycle.apply(
                        alert,
                        raise(at(said))
                                .setSeverity(said.severity())
                                .setEventId("event-" + number)
                                .setOccasion("order-" + number)
                                .build(),
                        now);
            case "CLEAR" -> AlertLifecycle.apply(alert, clear(at(said)).build(), now);
            default ->
                AlertLifecycle.apply(
                        alert,
                        command(CommandAction.valueOf(said.what()), "command-" + number)
                                .setNote("说明")
                                .setRevision(
                                        said.revisionSeen() == 0 || alert == null
                                                ? null
                                                : alert.getRevision() - said.revisionSeen() + 1)
                                .build(),
                        now);
        };
    }

    private static Instant at(Said said) {
        return T0.plusSeconds(said.second());
    }

    /** Arrivals mostly in order of time, some late, some in the same second. */
    @Provide
    Arbitrary<List<Said>> sayings() {
        Arbitrary<Said> said = Combinators.combine(
                        Arbitraries.of(
                                "RAISE", "RAISE", "JOIN", "CLEAR", "ACKNOWLEDGE", "RESOLVE", "CANCEL", "COMMENT"),
                        Arbitraries.of(Severity.class),
                        Arbitraries.integers().between(-3, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 3))
                .as(Said::new);
        return said.list().ofMaxSize(120).map(list -> {
            List<Said> inTime = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                Said s = list.get(i);
                inTime.add(new Said(s.what(), s.severity(), i + s.second(), s.figure(), s.revisionSeen()));
            }
            return inTime;
        });
    }
}
