package io.fengsui.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shipped for Alertmanager, judged by its own tool. */
class DeployFilesIT {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final String ALERTMANAGER =
            DEPLOY.resolve("alertmanager/alertmanager.yml").toString();

    @Test
    void shouldHaveAValidAlertmanagerConfiguration() throws Exception {
        assertSucceeds("amtool", "check-config", ALERTMANAGER);
    }

    @ParameterizedTest
    @CsvSource({
        "life-safety, lane=life-safety severity=IV",
        "severe,      lane=telemetry severity=I",
        "severe,      lane=telemetry severity=II",
        "severe,      lane=telemetry severity=III",
        "duty-desk,   lane=telemetry severity=IV",
        "exercise,    lane=life-safety severity=I exercise=autumn",
        "exercise,    lane=telemetry severity=II status=EXERCISE",
        "exercise,    alertname=FengsuiBoardStale severity=I status=TEST",
        "watchdog,    alertname=FengsuiWatchdog severity=IV",
        "operations-at-once, alertname=FengsuiBoardStale severity=I",
        "operations,  alertname=FengsuiBridgeDown severity=II",
        "operations,  alertname=FengsuiIngestBlind lane=life-safety severity=II"
    })
    void shouldRouteTo(String receiver, String labels) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("amtool", "config", "routes", "test", "--config.file=" + ALERTMANAGER));
        command.addAll(List.of(labels.split(" ")));

        assertThat(assertSucceeds(command.toArray(String[]::new)).lines()).contains(receiver);
    }

    private static String assertSucceeds(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not on the PATH: skipped");
            return "";
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
