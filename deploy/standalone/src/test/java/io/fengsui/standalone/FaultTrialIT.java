package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.standalone.bridge.BridgeStage;
import io.fengsui.standalone.bridge.fault.FaultResult;
import io.fengsui.standalone.bridge.fault.FaultTrial;
import io.fengsui.standalone.bridge.fault.Pace;
import io.fengsui.standalone.process.MosquittoProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two faults of 'fengsui faults' in short: whatever happens, nothing is lost, doubled or out of order. */
@Tag("trial")
@Tag("whole-machine")
class FaultTrialIT {
    /** As short as it can be: 'fengsui faults' without --brief is for the record. */
    private static final Pace PACE = new Pace(
            100, Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(14), 50_000, Duration.ofSeconds(120));

    /**
     * In a queue with telemetry a life-safety event would wait until all of it is drained. What it takes on a machine that does
     * nothing else is measured, not tested (docs/reliability.md): here the bridge's JVM has just started.
     */
    private static final long NOT_BEHIND_TELEMETRY_MILLIS = 3_000;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingAndKeepLifeSafetyQuickBehindABacklog() throws Exception {
        assumeTrue(MosquittoProcess.isInstalled("mosquitto"), "mosquitto is not installed");
        Home home = Home.locate();
        List<FaultResult> results;
        try (BridgeStage stage = new BridgeStage(directory, home.seeds(), home.registry(), List.of())) {
            stage.start();
            results = new FaultTrial(stage, PACE, InstantSource.system(), line -> {})
                    .run(List.of("kafka-hung", "backlog"));
        }

        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.lost()).as("lost").isZero();
            assertThat(result.doubled()).as("doubled").isZero();
            assertThat(result.outOfOrder()).as("out of order").isZero();
            assertThat(result.acknowledged()).isPositive();
        });
        assertThat(results.get(0).said()).doesNotStartWith("SUBSCRIBED");
        assertThat(results.get(1).published()).isGreaterThan(50_000);
        assertThat(results.get(1).lifeSafetyP99().orElseThrow())
                .as("life-safety, p99 in ms")
                .isLessThan(NOT_BEHIND_TELEMETRY_MILLIS);
    }
}
