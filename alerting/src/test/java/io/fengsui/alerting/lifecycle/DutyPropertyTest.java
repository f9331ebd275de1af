package io.fengsui.alerting.lifecycle;

import static io.fengsui.alerting.testkit.Samples.DUST;
import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.clear;
import static io.fengsui.alerting.testkit.Samples.command;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Decision.Changed;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Random interleavings of rules, people and time, with doubled and late signals and downtime, against {@link DutyModel}. */
class DutyPropertyTest {
    private static final DutyPlan PLAN = Plans.plan();
    private static final Duration TICK = Duration.ofSeconds(30);

    /**
     * One thing that happens.
     *
     * @param number a person, a number of ticks, or how many revisions ago a person looked
     */
    record Happening(String what, Severity severity, int number) {}

    @Property(tries = 3_000)
    void shouldDoWhatTheModelDoes(@ForAll("happenings") List<Happening> happenings) {
        Run run = new Run();
        for (Happening happening : happenings) {
            run.happens(happening);
            run.compare(happening);
        }
        run.endsWhateverCameBefore();
    }

    /** The alert and its model, side by side. */
    private static final class Run {
        private final DutyModel model = new DutyModel();
        private @Nullable Alert alert;
        private @Nullable AlertSignal last;
        private Instant now = T0;
        private int count;

        void happens(Happening happening) {
            count++;
            now = now.plusSeconds(1);
            switch (happening.what()) {
                case "RAISE", "NEWS", "LATE" -> raised(happening);
                case "CLEAR" -> {
                    said(clear(now).setEventId("event-" + count).build());
                    model.clear(now);
                }
                case "DOUBLED" -> doubled();
                case "TIME" -> {
                    for (int i = 0; i < happening.number() * happening.number(); i++) {
                        now = now.plus(TICK);
                        tick();
                    }
                }
                case "DOWNTIME" -> downtime(happening.number());
                case "RELATED" -> related();
                default -> asked(happening);
            }
        }

        private void raised(Happening happening) {
            boolean late = happening.what().equals("LATE");
            boolean news = happening.what().equals("NEWS");
            said(raise(late ? now.minusSeconds(40) : now)
                    .setSeverity(happening.severity())
                    .setOutOfOrder(late)
                    .setOccasion(news ? "case-" + count : "")
                    .setEventId("event-" + count)
                    .setValues(Map.of("figure", "" + count))
                    .build());
            model.raise(happening.severity(), news, late, now);
        }

        private void said(AlertSignal signal) {
            take(AlertLifecycle.apply(alert, signal, PLAN, now));
            last = signal;
        }

        /** The same signal again, at once or long after: unless its word no longer holds, nothing comes of it. */
        private void doubled() {
            if (last == null || alert == null || model.quiet != null) {
                return;
            }
            assertThat(AlertLifecycle.apply(alert, last, PLAN, now).kept())
                    .as("the same signal again: %s", last.getAction())
                    .isEmpty();
        }

        private void tick() {
            Optional<Instant> deadline = alert == null ? Optional.empty() : AlertLifecycle.deadline(alert, PLAN);
            if (deadline.isPresent() && !deadline.get().isAfter(now)) {
                take(AlertLifecycle.atDeadline(alert, PLAN, now));
            }
            model.tick(now);
        }

        private void downtime(int hours) {
            now = now.plus(Duration.ofHours(hours));
            tick();
            if (alert != null) {
                assertThat(Escalation.byClock(alert, PLAN)
                                .map(Escalation.Due::at)
                                .filter(at -> !at.isAfter(now)))
                        .as("one level, and not the next at once")
                        .isEmpty();
            }
        }

        private void related() {
            AlertContext context = AlertContext.newBuilder()
                    .setAlertId(DUST)
                    .setIncidentId("incident-" + count)
                    .setSaidAt(now)
                    .build();
            take(AlertLifecycle.apply(alert, context, now));
            if (model.state != null) {
                model.related();
            }
        }

        private void asked(Happening happening) {
            CommandAction action = CommandAction.valueOf(happening.what());
            String who = "" + happening.number();
            boolean grades = action == CommandAction.REVISE && happening.number() % 2 == 0;
            Severity graded = grades ? happening.severity() : null;
            boolean sawEnough = model.seenEnough(model.revision() - happening.number() + 1);
            AlertCommand command = command(action, "command-" + count)
                    .setNote("说明")
                    .setRevision(model.revision() - happening.number() + 1)
                    .setAssignee(action == CommandAction.ASSIGN ? who : null)
                    .setReportId(action == CommandAction.REPORT ? "phone" : null)
                    .setFigures(action == CommandAction.REVISE ? Map.of("deaths", who) : Map.of())
                    .setSeverity(graded)
                    .build();
            boolean tooLate = action == CommandAction.REVISE
                    && alert != null
                    && now.isAfter(alert.getStartedAt().plus(Duration.ofDays(30)));
            Decision decision = AlertLifecycle.apply(alert, command, PLAN, now);
            boolean expected = sawEnough && !tooLate && model.ask(happening.what(), who, graded, now);
            assertThat(decision.changed().isPresent())
                    .as("%s: %s", happening, decision)
                    .isEqualTo(expected);
            take(decision);
            assertThat(AlertLifecycle.apply(alert, command, PLAN, now).kept())
                    .as("a command acts once")
                    .isEmpty();
        }

        private void take(Decision decision) {
            if (decision instanceof Changed changed) {
                Alert next = changed.alert();
                assertThat(changed.by().follows(alert == null ? null : alert.getState()))
                        .as("%s", changed.by())
                        .isTrue();
                assertThat(next.getHistory().get(next.getHistory().size() - 1).getReferences())
                        .isEqualTo(alert == null ? null : alert.getRevision());
                assertThat(next.getAlertId()).isEqualTo(DUST);
            }
            alert = decision.kept().orElse(alert);
        }

        void compare(Happening happening) {
            if (alert == null) {
                assertThat(model.state).as("after %s", happening).isNull();
                return;
            }
            assertThat(List.of(
                            alert.getState(),
                            alert.getSeverity(),
                            alert.getLevel(),
                            Optional.ofNullable(alert.getAssignee()),
                            Optional.ofNullable(alert.getWaitingSince()),
                            Optional.ofNullable(alert.getQuietSince()),
                            Flapping.isFlapping(alert),
                            alert.getOccurrences(),
                            alert.getRevision(),
                            alert.getReports().size()))
                    .as("after %s", happening)
                    .isEqualTo(List.of(
                            Optional.ofNullable(model.state).orElseThrow(),
                            model.severity,
                            model.level,
                            Optional.ofNullable(model.assignee),
                            Optional.ofNullable(model.waiting),
                            Optional.ofNullable(model.quiet),
                            model.flapping,
                            model.occurrences,
                            model.revision(),
                            model.phoned ? 1 : 0));
            assertThat(alert.getAcknowledgedBy() != null && alert.getState() == AlertState.FIRING)
                    .as("acknowledged and waiting at once")
                    .isFalse();
        }

        /** Nothing is stuck: the rule ends it, or time does when it flaps; and a person could have. */
        void endsWhateverCameBefore() {
            if (alert == null) {
                return;
            }
            if (Transition.isOpen(alert.getState())) {
                for (CommandAction end : List.of(CommandAction.RESOLVE, CommandAction.CANCEL)) {
                    assertThat(AlertLifecycle.apply(alert, command(end, "end").build(), PLAN, now)
                                    .changed())
                            .isPresent();
                }
            }
            said(clear(now).build());
            for (int i = 0; i < 12; i++) {
                now = now.plus(TICK);
                Optional<Instant> deadline = AlertLifecycle.deadline(alert, PLAN);
                if (deadline.isPresent() && !deadline.get().isAfter(now)) {
                    take(AlertLifecycle.atDeadline(alert, PLAN, now));
                }
            }
            assertThat(Transition.isOpen(alert.getState())).isFalse();
            assertThat(AlertLifecycle.deadline(alert, PLAN)).isEmpty();
        }
    }

    /** At most as many as an alert's history keeps, so that the model need not forget. */
    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(8, "RAISE"),
                                Tuple.of(3, "NEWS"),
                                Tuple.of(2, "LATE"),
                                Tuple.of(8, "CLEAR"),
                                Tuple.of(3, "DOUBLED"),
                                Tuple.of(6, "TIME"),
                                Tuple.of(1, "DOWNTIME"),
                                Tuple.of(1, "RELATED"),
                                Tuple.of(4, "ACKNOWLEDGE"),
                                Tuple.of(1, "RESOLVE"),
                                Tuple.of(1, "CANCEL"),
                                Tuple.of(1, "COMMENT"),
                                Tuple.of(2, "ESCALATE"),
                                Tuple.of(2, "ASSIGN"),
                                Tuple.of(1, "RETURN"),
                                Tuple.of(1, "REPORT"),
                                Tuple.of(3, "REVISE")),
                        Arbitraries.of(Severity.class),
                        Arbitraries.integers().between(1, 4))
                .as(Happening::new)
                .list()
                .ofMaxSize(45);
    }
}
