package io.fengsui.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.IncidentState;
import io.fengsui.event.EventStatus;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bounds: neither time nor the number of incidents grows with the number of alerts times itself. */
class FloodTest {
    private static final int ALERTS = 100_000;

    /** Of the processor, whatever else the machine does: a few seconds are normal, looking at all for each takes minutes. */
    private static final Duration MOST_TIME = Duration.ofSeconds(30);

    private final long began = spent();

    @AfterEach
    void shouldNotHaveTakenLong() {
        assertThat(Duration.ofNanos(spent() - began)).isLessThan(MOST_TIME);
    }

    private static long spent() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void shouldShowAsFewIncidentsWhenAHundredThousandAlertsComeFromTwoHundredSites() {
        Scene scene = new Scene();
        Random random = new Random(7);
        int told = 0;
        for (int i = 0; i < ALERTS; i++) {
            int site = random.nextInt(200);
            // Sites 4 km apart, so that each is an incident of its own.
            told += apply(scene, i, "s" + site, 4_000.0 * site);
            if (i % 1_000 == 0) {
                told += flush(scene);
            }
        }
        scene.pass(Duration.ofSeconds(30));
        told += flush(scene);

        assertThat(scene.incidents.values())
                .filteredOn(incident -> incident.getState() == IncidentState.OPEN)
                .hasSize(200);
        assertThat(scene.incidents.values().stream()
                        .mapToInt(incident -> incident.getOpen())
                        .sum())
                .isEqualTo(ALERTS);
        assertThat(scene.incidents.values()).allSatisfy(incident -> assertThat(incident.getReferences())
                .hasSizeLessThanOrEqualTo(IncidentSummary.MOST_REFERENCES));
        assertThat(told).as("incidents told").isLessThan(25_000);
    }

    @Test
    void shouldNotLookAtAllOfOneFeedThatStandOnTheirOwn() {
        Scene scene = new Scene();
        Random random = new Random(7);
        for (int i = 0; i < ALERTS; i++) {
            // Two feeds, an hour and more between them: near one another, and never together.
            Alert alert = alert(scene, i, (i % 2 == 0 ? "a" : "b") + i, random.nextInt(30_000), i % 2 == 0 ? 0 : 1);
            scene.view.apply(
                    Alert.newBuilder(alert)
                            .setStartedAt(alert.getStartedAt().plus(Duration.ofHours(i % 2 == 0 ? 0 : 3)))
                            .build(),
                    scene.now,
                    new Effects());
        }
        flush(scene);

        assertThat(scene.incidents).isEmpty();
        assertThat(scene.view.size()).isEqualTo(ALERTS);
    }

    @Test
    void shouldLeaveAloneWhatIsTooManyAndSaySo() {
        Scene scene = new Scene(Scene.shipped(), 100);
        for (int i = 0; i < 150; i++) {
            apply(scene, i, "s", 0);
        }

        assertThat(scene.view.size()).isEqualTo(100);
        assertThat(scene.skipped).isEqualTo(50);
    }

    private static int apply(Scene scene, int number, String site, double metresNorth) {
        Effects effects = new Effects();
        scene.view.apply(alert(scene, number, site, metresNorth, number % 3), scene.now, effects);
        scene.skipped += effects.skipped();
        return effects.incidents().size();
    }

    private static int flush(Scene scene) {
        scene.now = scene.now.plusMillis(250);
        Effects effects = new Effects();
        scene.view.flush(scene.now, effects);
        effects.incidents().forEach((id, incident) -> incident.ifPresent(one -> scene.incidents.put(id, one)));
        return effects.incidents().size();
    }

    private static Alert alert(Scene scene, int number, String site, double metresNorth, int kind) {
        String[] feeds = {"dust-sensor", "video-status", "elevator-119"};
        var signal = Scene.signal("rule-" + kind, feeds[kind], "x" + number, Scene.site(site, metresNorth));
        return Alert.newBuilder()
                .setAlertId("rule-" + kind + "@x" + number)
                .setRevision(1)
                .setState(AlertState.FIRING)
                .setSeverity(signal.getSeverity())
                .setRuleId(signal.getRuleId())
                .setRuleVersion("v")
                .setFeed(signal.getFeed())
                .setSubject(signal.getSubject())
                .setTitle(signal.getTitle())
                .setExplanation(signal.getExplanation())
                .setRunbook(signal.getRunbook())
                .setStatus(EventStatus.ACTUAL)
                .setStartedAt(scene.now)
                .setEventTime(scene.now)
                .setChangedAt(scene.now)
                .setLastEventId("e")
                .build();
    }
}
