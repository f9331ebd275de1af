package io.fengsui.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.standalone.Home;
import io.fengsui.standalone.bench.alerts.AlertsBench;
import io.fengsui.standalone.bench.alerts.AlertsStage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in small: every alert is seen, accepted and told; its figures say nothing. */
@Tag("trial")
class AlertsBenchIT {

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureEveryWayOfAnAlert() throws Exception {
        List<String> progress = new ArrayList<>();
        try (AlertsStage stage = new AlertsStage(
                directory, Home.locate().seeds(), Home.locate().registry(), Map.of(), InstantSource.system())) {
            stage.start();
            String table = new AlertsBench(stage, InstantSource.system(), progress::add)
                    .run(AlertsBench.Plan.brief())
                    .table();

            assertThat(table)
                    .doesNotContain("Infinity")
                    .contains("signal → console", "life safety → console", "page /readers", "browsers by SSE")
                    .containsPattern(
                            "signal_console_p99_ms=\\d+ signal_alertmanager_p99_ms=\\d+ life_safety_p99_ms=\\d+"
                                    + " page_p99_ms=\\d+ sse_p99_ms=\\d+ signals_per_s=\\d+\\s*$");
        }
        assertThat(progress).anyMatch(line -> line.contains("of life safety meanwhile"));
    }
}
