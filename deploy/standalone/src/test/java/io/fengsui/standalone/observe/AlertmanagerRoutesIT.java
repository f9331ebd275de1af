package io.fengsui.standalone.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.standalone.Home;
import io.fengsui.standalone.testkit.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped configuration of Alertmanager in a real one: who is told of what, and what keeps quiet beside what. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertmanagerRoutesIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Long enough for a notification that should not come: all waits are nought. */
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private ReceivingAlertmanager alertmanager;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Programs.require("prometheus-alertmanager");
        Programs.require("amtool");
        alertmanager = new ReceivingAlertmanager(directory.resolve("alertmanager"));
    }

    @AfterAll
    void stop() {
        if (alertmanager != null) {
            alertmanager.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exercise, alertname=dust-spark severity=I lane=life-safety exercise=粉尘演练 status=EXERCISE",
        "exercise, alertname=dust-spark severity=I lane=life-safety exercise=粉尘演练",
        "exercise, alertname=dust-spark severity=II status=TEST",
        "exercise, alertname=FengsuiWatchdog exercise=x",
        "exercise, alertname=FengsuiBridgeDown severity=I status=EXERCISE",
        "life-safety, alertname=elevator-entrapment severity=III lane=life-safety",
        "life-safety, alertname=elevator-entrapment severity=I lane=life-safety",
        "severe, alertname=dust-spark severity=I lane=telemetry",
        "severe, alertname=dust-spark severity=II lane=telemetry",
        "severe, alertname=dust-spark severity=III lane=telemetry level=UNIT",
        "duty-desk, alertname=video-offline severity=IV lane=telemetry level=UNIT",
        "duty-desk, alertname=video-offline severity=IV",
        "'departments,severe', alertname=dust-spark severity=II lane=telemetry level=DEPARTMENT department=work-safety",
        "'city-command,severe', alertname=dust-spark severity=I lane=telemetry level=CITY",
        "'city-command,life-safety', alertname=elevator-entrapment severity=III lane=life-safety level=CITY",
        "'departments,duty-desk', alertname=reader-overdue severity=IV level=DEPARTMENT",
        "exercise, alertname=dust-spark severity=I level=CITY exercise=粉尘演练 status=EXERCISE",
        "watchdog, alertname=FengsuiWatchdog severity=I",
        "operations-at-once, alertname=FengsuiBridgeDown severity=I lane=life-safety",
        "operations, alertname=FengsuiBacklog severity=III lane=life-safety"
    })
    void shouldLeadToTheReceiver(String receiver, String labels) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "amtool",
                "config",
                "routes",
                "test",
                "--config.file=" + Home.locate().directory().resolve("deploy/alertmanager/alertmanager.yml")));
        command.addAll(List.of(labels.split(" ")));

        Programs.Result result = Programs.run(command.toArray(String[]::new));

        // A machine's own configuration of amtool makes it warn that it is not asked.
        assertThat(result.output().lines().filter(line -> !line.startsWith("Warning:")))
                .containsExactly(receiver);
        assertThat(alertmanager.receivers()).contains(receiver.split(","));
    }

    @Test
    void shouldTellOnceMoreWhenAnAlertRises() throws Exception {
        String subject = UUID.randomUUID().toString();
        String[] unit = risen("UNIT", subject);
        String[] city = risen("CITY", subject);
        alertmanager.post(true, unit);
        await().atMost(SOON).until(() -> told("severe", subject).contains("firing"));
        assertThat(told("city-command", subject)).isEmpty();

        alertmanager.post(true, city);
        alertmanager.post(false, unit);

        await().atMost(SOON).until(() -> told("city-command", subject).contains("firing"));
        await().atMost(SOON).untilAsserted(() -> assertThat(toldOf("severe", subject))
                .contains("firing UNIT", "firing CITY", "resolved UNIT"));
        int sofar = toldOf("severe", subject).size();
        await().pollDelay(A_WHILE).until(() -> true);
        assertThat(toldOf("severe", subject)).as("and not again").hasSize(sofar);
        alertmanager.post(false, city);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(toldOf("severe", subject)).contains("resolved CITY"));
        await().atMost(SOON).until(() -> told("city-command", subject).contains("resolved"));
    }

    private static String[] risen(String level, String subject) {
        return with("alertname=dust-spark severity=II lane=telemetry unit=zhangpu level=" + level, subject);
    }

    /** What a receiver was told of a subject, with the level that must act. */
    private List<String> toldOf(String receiver, String subject) {
        return alertmanager.received(receiver).stream()
                .filter(labels -> subject.equals(labels.get("subject")))
                .map(labels -> labels.get("(status)") + " " + labels.get("level"))
                .toList();
    }

    @Test
    void shouldTellOfAnExerciseNobodyButWhoeverLeadsIt() throws Exception {
        String subject = UUID.randomUUID().toString();
        alertmanager.post(
                true,
                "alertname=elevator-entrapment",
                "subject=" + subject,
                "severity=I",
                "lane=life-safety",
                "status=EXERCISE",
                "exercise=粉尘演练");

        await().atMost(SOON).until(() -> told("exercise", subject).contains("firing"));
        await().pollDelay(A_WHILE).until(() -> true);
        for (String receiver : alertmanager.receivers()) {
            if (!receiver.equals("exercise")) {
                assertThat(told(receiver, subject)).as(receiver).isEmpty();
            }
        }
    }

    @Test
    void shouldTellOfWhatIsRealWhileAnExerciseIsOpen() throws Exception {
        String subject = UUID.randomUUID().toString();
        String[] real = {
            "alertname=elevator-entrapment", "subject=" + subject, "severity=III", "lane=life-safety", "unit=zhangpu"
        };
        alertmanager.post(
                true,
                "alertname=elevator-entrapment",
                "subject=" + subject,
                "severity=III",
                "lane=life-safety",
                "unit=zhangpu",
                "status=EXERCISE",
                "exercise=粉尘演练");
        alertmanager.post(true, real);

        await().atMost(SOON).until(() -> told("life-safety", subject).contains("firing"));
        assertThat(alertmanager.received("life-safety"))
                .allSatisfy(labels -> assertThat(labels).doesNotContainKey("exercise"));
    }

    /** One fires first; the other is quiet beside it, is told when it ends, and would have been told without it. */
    @ParameterizedTest
    @CsvSource({
        "alertname=FengsuiBridgeDown lane=life-safety severity=I, alertname=FengsuiIngestBlind lane=life-safety severity=III",
        "alertname=FengsuiKafkaRefuses lane=telemetry severity=I, alertname=FengsuiIngestBlind lane=telemetry severity=III",
        "alertname=FengsuiSlotNotServed lane=telemetry severity=I, alertname=FengsuiFeedSilent severity=III",
        "alertname=FengsuiStreamsStalled severity=I, alertname=FengsuiBacklog severity=III",
        "alertname=FengsuiStreamsThreadDead severity=I, alertname=FengsuiLifeSafetySlow severity=III",
        "alertname=FengsuiRegistryDown instance=a severity=I, alertname=FengsuiNotReady instance=a severity=III",
        "alertname=FengsuiDiskFull instance=a severity=I, alertname=FengsuiDiskFillsUp instance=a severity=III"
    })
    void shouldKeepQuietWhatFollowsFromAnother(String cause, String effect) throws Exception {
        String mark = UUID.randomUUID().toString();
        String[] source = with(cause, mark);
        String[] target = with(effect, mark);
        alertmanager.post(true, source);
        await().atMost(SOON).until(() -> told("operations-at-once", mark).contains("firing"));
        alertmanager.post(true, target);
        await().pollDelay(A_WHILE).until(() -> true);

        assertThat(told("operations", mark)).isEmpty();

        alertmanager.post(false, source);
        await().atMost(SOON).until(() -> told("operations", mark).contains("firing"));
        alertmanager.post(false, target);
    }

    @ParameterizedTest
    @CsvSource({
        "alertname=FengsuiBridgeDown lane=life-safety severity=I, alertname=FengsuiIngestBlind lane=telemetry severity=III, operations",
        "alertname=FengsuiDiskFull instance=a severity=I, alertname=FengsuiDiskFillsUp instance=b severity=III, operations",
        "alertname=FengsuiBridgeDown lane=telemetry severity=I, alertname=dust-spark lane=telemetry severity=II, severe",
        "alertname=FengsuiStreamsStalled severity=I, alertname=elevator-entrapment lane=life-safety severity=III, life-safety"
    })
    void shouldKeepQuietNothingElse(String cause, String other, String receiver) throws Exception {
        String mark = UUID.randomUUID().toString();
        alertmanager.post(true, with(cause, mark));
        await().atMost(SOON).until(() -> told("operations-at-once", mark).contains("firing"));
        alertmanager.post(true, with(other, mark));

        await().atMost(SOON).until(() -> told(receiver, mark).contains("firing"));
        alertmanager.post(false, with(cause, mark));
        alertmanager.post(false, with(other, mark));
    }

    private static String[] with(String labels, String mark) {
        return (labels + " subject=" + mark).split(" ");
    }

    /** What a receiver was told of a subject: firing, resolved. */
    private List<String> told(String receiver, String subject) {
        return alertmanager.received(receiver).stream()
                .filter(labels -> subject.equals(labels.get("subject")))
                .map((Map<String, String> labels) -> String.valueOf(labels.get("(status)")))
                .toList();
    }
}
