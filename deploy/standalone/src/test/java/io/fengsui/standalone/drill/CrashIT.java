package io.fengsui.standalone.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.seeds.fleet.FleetReport;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.Part;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.SmallScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** kill -9 of each process in the middle of the traffic: nothing is lost and nothing is doubled, alerts included. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("whole-machine")
class CrashIT {
    private static final int MESSAGES = 8_000;
    private static final Duration SETTLE = Duration.ofSeconds(90);
    private static final long KILL_AFTER_SECONDS = 3;

    /** Messages of the earlier plays are in the topics too, and must stay there. */
    private final List<FleetReport> sent = new ArrayList<>();

    private Standalone standalone;

    @BeforeAll
    void start(@TempDir Path directory) throws InterruptedException {
        standalone = SharedStandalone.create(directory, Home.locate().seeds(), Set.of(Part.values()), Map.of());
        standalone.start();
    }

    @AfterAll
    void stop() {
        standalone.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseAndDoubleNothingWhenAProcessIsKilled(Part part) throws Exception {
        CountDownLatch flowing = new CountDownLatch((int) KILL_AFTER_SECONDS);
        Drill drill = new Drill(standalone, InstantSource.system(), line -> flowing.countDown());
        CompletableFuture<FleetReport> playing = CompletableFuture.supplyAsync(() -> publish(drill, part));
        assertThat(flowing.await(30, TimeUnit.SECONDS)).isTrue();

        ExternalApp process = standalone.external(part);
        process.kill();
        assertThat(process.check().live()).isFalse();
        process.start();

        sent.add(playing.get(120, TimeUnit.SECONDS));
        LedgerReport ledger = drill.accountAfterCrash(sent, SETTLE);
        assertThat(ledger.balances()).as(ledger.text()).isTrue();
        assertThat(ledger.missing()).isZero();
        assertThat(ledger.doubled()).isZero();
    }

    private static FleetReport publish(Drill drill, Part part) {
        try {
            return drill.publish(SmallScenario.of(MESSAGES, part.id().hashCode()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
