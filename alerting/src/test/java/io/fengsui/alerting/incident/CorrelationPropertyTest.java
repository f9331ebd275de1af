package io.fengsui.alerting.incident;

import static io.fengsui.alerting.incident.Scene.site;
import static io.fengsui.alerting.incident.Scene.spot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.Incident;
import io.fengsui.alert.IncidentState;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random alerts at random places in random order, against what can be read from the alerts themselves. */
class CorrelationPropertyTest {
    private static final int DEVICES = 12;
    private static final String[] FEEDS = {"dust-sensor", "video-status", "elevator-119"};
    private static final String[] RULES = {"dust-spark", "video-offline", "elevator-entrapment"};

    /** One thing that happens to one of the devices. */
    record Step(String what, int device, int place, Severity severity, int seconds) {}

    @Property(tries = 400)
    void shouldKeepItsPromisesWhateverHappens(@ForAll("steps") List<Step> steps) {
        Scene scene = new Scene();
        for (Step step : steps) {
            String id = RULES[step.device() % 3] + "@x" + step.device();
            switch (step.what()) {
                case "RAISE" -> scene.raise(signal(step));
                case "CLEAR" -> {
                    if (scene.alerts.containsKey(id)) {
                        scene.clear(id);
                    }
                }
                case "RESTART" -> scene.restart();
                default -> scene.pass(Duration.ofSeconds(step.seconds()));
            }
            scene.pass(Duration.ofMillis(1));
            checkWhole(scene);
        }
    }

    /** Each original names one incident at most, and incidents are what their originals make them. */
    private static void checkWhole(Scene scene) {
        Map<String, List<Alert>> byIncident = new HashMap<>();
        for (Alert alert : originals(scene)) {
            if (alert.getIncidentId() != null) {
                byIncident
                        .computeIfAbsent(alert.getIncidentId(), id -> new ArrayList<>())
                        .add(alert);
            }
            if (AlertBoard.isOpen(alert)) {
                assertThat(scene.kept).as("nothing lost").containsKey(alert.getAlertId());
                assertThat(scene.kept.get(alert.getAlertId()).getState()).isEqualTo(alert.getState());
            }
        }
        for (Incident incident : scene.incidents.values()) {
            List<Alert> alerts = byIncident.getOrDefault(incident.getIncidentId(), List.of());
            List<Alert> open = alerts.stream().filter(AlertBoard::isOpen).toList();
            assertThat(incident.getOpen()).isEqualTo(open.size());
            if (incident.getState() == IncidentState.MERGED) {
                assertThat(alerts).isEmpty();
                assertThat(scene.incidents).containsKey(incident.getMergedInto());
                continue;
            }
            assertThat(incident.getState() == IncidentState.OPEN).isEqualTo(!open.isEmpty());
            if (!open.isEmpty()) {
                assertThat(incident.getAlerts()).isEqualTo(alerts.size());
                int gravest = open.stream()
                        .mapToInt(alert -> AlertLifecycle.rank(alert.getSeverity()))
                        .max()
                        .orElseThrow();
                int pattern = incident.getPatternId() == null
                        ? 0
                        : AlertLifecycle.rank(scene.rules
                                .pattern(incident.getPatternId())
                                .orElseThrow()
                                .severity());
                assertThat(AlertLifecycle.rank(incident.getSeverity())).isEqualTo(Math.max(gravest, pattern));
            }
            boolean raised = scene.alerts.values().stream()
                    .anyMatch(alert -> alert.getSubject().getKind() == SubjectKind.INCIDENT
                            && alert.getSubject().getId().equals(incident.getIncidentId())
                            && AlertBoard.isOpen(alert));
            assertThat(raised).isEqualTo(incident.getPatternId() != null);
        }
        assertThat(scene.incidents.keySet()).containsAll(byIncident.keySet());
    }

    @Property(tries = 300)
    void shouldFindTheSameTogetherInWhateverOrderOpenAlertsAreHeardOf(
            @ForAll("raises") List<Step> steps, @ForAll long seed) {
        List<AlertSignal> signals = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Step step : steps) {
            AlertSignal signal = signal(step)
                    .setSignalledAt(new Scene().now.plusSeconds(step.seconds()))
                    .build();
            if (seen.add(signal.getAlertId())) {
                signals.add(signal);
            }
        }

        Set<Set<String>> inOrder = together(signals);
        Collections.shuffle(signals, new Random(seed));

        assertThat(together(signals)).isEqualTo(inOrder);
    }

    private static Set<Set<String>> together(List<AlertSignal> signals) {
        Scene scene = new Scene();
        scene.now = scene.now.plus(Duration.ofHours(1));
        for (AlertSignal signal : signals) {
            scene.take(signal);
            scene.settle();
        }
        Map<String, Set<String>> byIncident = new HashMap<>();
        for (Alert alert : originals(scene)) {
            if (alert.getIncidentId() != null) {
                byIncident
                        .computeIfAbsent(alert.getIncidentId(), id -> new TreeSet<>())
                        .add(alert.getAlertId());
            }
        }
        return new HashSet<>(byIncident.values());
    }

    private static List<Alert> originals(Scene scene) {
        return scene.alerts.values().stream()
                .filter(alert -> !alert.getFeed().isEmpty())
                .toList();
    }

    private static AlertSignal.Builder signal(Step step) {
        int kind = step.device() % 3;
        return Scene.signal(RULES[kind], FEEDS[kind], "x" + step.device(), place(step.place()))
                .setSeverity(step.severity())
                .setOccasion(step.place() + "/" + step.seconds());
    }

    /** Sites and spots along a line of 1.5 km. */
    private static Place place(int number) {
        return number % 2 == 0 ? site("s" + number, 250 * number) : spot(250 * number);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return step(Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just("RAISE")),
                        Tuple.of(4, Arbitraries.just("CLEAR")),
                        Tuple.of(3, Arbitraries.just("PASS")),
                        Tuple.of(1, Arbitraries.just("RESTART"))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(50);
    }

    @Provide
    Arbitrary<List<Step>> raises() {
        return step(Arbitraries.just("RAISE")).list().ofMaxSize(DEVICES);
    }

    private static Arbitrary<Step> step(Arbitrary<String> what) {
        return Combinators.combine(
                        what,
                        Arbitraries.integers().between(0, DEVICES - 1),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.of(Severity.I, Severity.II, Severity.III, Severity.IV),
                        Arbitraries.integers().between(0, 1_500))
                .as(Step::new);
    }
}
