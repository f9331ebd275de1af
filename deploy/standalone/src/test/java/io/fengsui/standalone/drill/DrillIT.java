package io.fengsui.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.fleet.FleetReport;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.testkit.Programs;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.SmallScenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("whole-machine")
class DrillIT {
    private static final Duration SETTLE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void shouldBalanceThenFindTheOneThatWasDeleted() throws Exception {
        try (Standalone standalone =
                SharedStandalone.create(directory, Home.locate().seeds(), Set.of(), Map.of())) {
            standalone.start();
            Drill drill = new Drill(standalone, InstantSource.system(), line -> {});
            FleetReport sent = drill.publish(SmallScenario.of(4_000, 1));

            LedgerReport before = drill.account(List.of(sent), SETTLE);

            assertThat(before.balances()).as(before.text()).isTrue();
            assertThat(before.published()).isGreaterThanOrEqualTo(4_000);
            assertThat(before.alertRevisions(Realm.LIVE)).isPositive();
            assertThat(before.alertRevisions(Realm.DRILL)).isPositive();
            assertThat(before.redelivered()).isZero();
            assertThat(standalone.broker().dropped()).isZero();

            drill.deleteOne(sent);
            LedgerReport after = drill.account(List.of(sent), SETTLE);

            assertThat(after.balances()).isFalse();
            assertThat(after.missing()).isEqualTo(1);
            assertThat(after.text()).contains("DOES NOT BALANCE", "missing 1", "missing: 1");
        }
    }

    @Test
    void shouldExitWithOneWhenARecordIsMissing() throws Exception {
        Path scenario = directory.resolve("short.yaml");
        String smoke =
                Files.readString(Home.locate().seeds().resolve("scenarios").resolve("smoke.yaml"));
        Files.writeString(scenario, smoke.replace("total: 20000", "total: 500"));

        Process drill = Programs.fengsui("drill", scenario.toString(), "--delete-one")
                .redirectErrorStream(true)
                .start();
        String output = new String(drill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(drill.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(drill.exitValue()).as(output).isEqualTo(1);
        assertThat(output).contains("THE LEDGER DOES NOT BALANCE", "missing 1");
    }
}
