package io.fengsui.standalone.drill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Home;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 'fengsui drill crashes' in short: whatever moment a kill hits, the whole output is that of an app nothing happens to. */
@Tag("whole-machine")
class CrashDrillIT {
    private static final int KILLS = 2;

    @TempDir
    private Path directory;

    @Test
    void shouldWriteWhatAnUndisturbedAppWrites() throws Exception {
        Home home = Home.locate();
        try (CrashDrill drill = new CrashDrill(
                directory, SeedSet.load(home.seeds()), home.registry(), 7, InstantSource.system(), line -> {})) {
            CrashReport report = drill.run(KILLS);

            assertThat(report.good()).as(report.text()).isTrue();
            assertThat(report.silences()).as(report.text()).isPositive();
        }
    }
}
