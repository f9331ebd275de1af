package io.fengsui.alerting.notify;

import static io.fengsui.alerting.testkit.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CapMessageType;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.RevisedFigure;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.alerting.notify.cap.CapCheck;
import io.fengsui.alerting.notify.cap.CapEntry;
import io.fengsui.alerting.notify.cap.CapMessages;
import io.fengsui.alerting.notify.cap.CapNotifier;
import io.fengsui.alerting.notify.cap.CapSettings;
import io.fengsui.alerting.notify.cap.MemoryCapLog;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Whatever happens to an alert, to Kafka and to the process: its messages are one chain that ends as the alert does. */
class CapChainPropertyTest {
    private static final CapCheck CHECK = new CapCheck();

    enum Step {
        RAISE_III,
        RAISE_II,
        HOTTER,
        CLEAR,
        ACKNOWLEDGE,
        CANCEL,
        COMMENT,
        REVISE,
        ESCALATE,
        WAIT,
        KAFKA_FAILS,
        KAFKA_WORKS,
        LOOK_AWAY,
        LOOK,
        RESTART,
        INHIBIT,
        FREE
    }

    @Property(tries = 500)
    void shouldMakeOneChainOfEachOccurrence(@ForAll @Size(max = 40) List<Step> steps) {
        Scene scene = new Scene();
        for (Step step : steps) {
            scene.take(step);
            if (scene.looks) {
                scene.tell();
            }
        }
        scene.log.works = true;
        scene.inhibited = false;
        for (int i = 0; i < 2; i++) {
            scene.now = scene.now.plusSeconds(600);
            scene.tell();
        }
        scene.check();
    }

    private static final class Scene {
        final MemoryCapLog log = new MemoryCapLog(() -> T0);
        private final MemoryDeliveryLog deliveries = new MemoryDeliveryLog();
        private final CapNotifier notifier = new CapNotifier(
                "cap",
                new CapMessages(
                        new CapSettings("duty.example.cn", new AlertText("昆山", "Kunshan"), "", "Public", Map.of()),
                        Optional.empty(),
                        unit -> Optional.empty(),
                        new Corrections(figure -> Optional.empty()),
                        alert -> Optional.empty()),
                log);
        private NewsPlan plan = plan();
        private OutcomeNotes notes = new OutcomeNotes("cap-0", deliveries);
        private @Nullable Alert alert;
        Instant now = T0;
        boolean inhibited;
        /** A loop that rests, or is not on duty, sees only what is left when it looks again. */
        boolean looks = true;

        private int figure;

        private NewsPlan plan() {
            return new NewsPlan("cap-0", deliveries, CapNotifier.news());
        }

        void take(Step step) {
            now = now.plusSeconds(1);
            switch (step) {
                case RAISE_III -> raise(Severity.III);
                case RAISE_II -> raise(Severity.II);
                case HOTTER -> raise(alert == null ? Severity.III : alert.getSeverity());
                case CLEAR -> signal(Samples.clear(now));
                case ACKNOWLEDGE -> command(CommandAction.ACKNOWLEDGE);
                case CANCEL -> command(CommandAction.CANCEL);
                case COMMENT -> command(CommandAction.COMMENT);
                case REVISE -> command(CommandAction.REVISE);
                case ESCALATE -> command(CommandAction.ESCALATE);
                case WAIT -> now = now.plusSeconds(400);
                case KAFKA_FAILS -> log.works = false;
                case KAFKA_WORKS -> log.works = true;
                case LOOK_AWAY -> looks = false;
                case LOOK -> looks = true;
                case RESTART -> {
                    plan = plan();
                    notes = new OutcomeNotes("cap-0", deliveries);
                }
                case INHIBIT -> inhibited = true;
                case FREE -> inhibited = false;
            }
        }

        private void raise(Severity severity) {
            figure++;
            signal(Samples.raise(now)
                    .setSeverity(severity)
                    .setValues(Map.of("hopperTemperatureCelsius", Integer.toString(figure)))
                    .setEventId("e" + figure));
        }

        private void signal(AlertSignal.Builder signal) {
            alert = AlertLifecycle.apply(alert, signal.build(), now).changed().orElse(alert);
        }

        private void command(CommandAction action) {
            alert = AlertLifecycle.apply(
                            alert,
                            Samples.command(action, "c" + now)
                                    .setNote("记录")
                                    .setFigures(
                                            action == CommandAction.REVISE
                                                    ? Map.of("deaths", Integer.toString(++figure))
                                                    : Map.of())
                                    .build(),
                            Plans.plan(),
                            now)
                    .changed()
                    .orElse(alert);
        }

        void tell() {
            List<Alert> alerts = alert == null ? List.of() : List.of(alert);
            for (AlertNotice notice : plan.due(alerts, held -> inhibited, now)) {
                Outcome outcome = notifier.send(List.of(notice));
                switch (outcome.delivery()) {
                    case DELIVERED -> plan.delivered(notice, now);
                    case RETRY -> plan.postponed(notice, now);
                    case REJECTED -> plan.rejected(notice, now);
                }
                notes.note(notice, outcome, now);
                if (outcome.delivery() == Delivery.RETRY) {
                    return; // As the loop does.
                }
            }
        }

        void check() {
            Alert last = alert;
            if (last == null) {
                assertThat(log.index().page(entry -> true, null, 1)).isEmpty();
                return;
            }
            Map<Integer, List<String>> chains = new HashMap<>();
            Map<Integer, Element> lastOf = new HashMap<>();
            CapEntry newest = null;
            List<CapEntry> published = new ArrayList<>(log.index().page(entry -> true, null, 1_000));
            Collections.reverse(published);
            for (CapEntry entry : published) {
                List<String> former = chains.computeIfAbsent(entry.occurrence(), id -> new ArrayList<>());
                Element document = CHECK.validated(
                        log.read(entry.identifier()).orElseThrow().getCap().array());
                lastOf.put(entry.occurrence(), document);
                newest = entry;
                assertThat(entry.type() == CapMessageType.ALERT).isEqualTo(former.isEmpty());
                String references = CapCheck.text(document, "references");
                assertThat(references.isEmpty() ? List.of() : List.of(references.split(" ")))
                        .extracting(reference -> reference.toString().split(",")[1])
                        .isEqualTo(former);
                former.add(entry.identifier());
            }
            boolean open = Transition.isOpen(last.getState());
            if (open) {
                assertThat(newest).as("who may hear of an open alert has").isNotNull();
                assertThat(newest.occurrence()).isEqualTo(last.getOccurrences());
                assertThat(newest.severity()).isEqualTo(last.getSeverity());
                assertThat(newest.units()).containsAll(Escalation.departmentsOf(last));
                RevisedFigure deaths = last.getRevised().get("deaths");
                if (deaths != null) {
                    Element document = lastOf.get(last.getOccurrences());
                    assertThat(CapCheck.text(CapCheck.children(document, "info").get(0), "description"))
                            .contains("deaths " + deaths.getValue() + "\n");
                }
            }
            lastOf.forEach((occurrence, document) -> {
                String urgency =
                        CapCheck.text(CapCheck.children(document, "info").get(0), "urgency");
                boolean stands = open && occurrence == last.getOccurrences();
                assertThat(urgency.equals("Past"))
                        .as("occurrence %s of %s is over", occurrence, last.getHistory())
                        .isEqualTo(!stands);
            });
        }
    }
}
