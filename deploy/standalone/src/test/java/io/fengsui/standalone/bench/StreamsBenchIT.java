package io.fengsui.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.bench.streams.StreamsStage;
import io.fengsui.standalone.bench.throughput.StreamsBench;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark with a few records: both topologies work them off. */
@Tag("trial")
class StreamsBenchIT {

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureBothWithThirtyRules() throws Exception {
        List<String> progress = new ArrayList<>();
        try (StreamsStage stage =
                new StreamsStage(directory, Home.locate().seeds(), Home.locate().registry(), Feeds.DUST_SENSOR, 2)) {
            stage.start();
            String table = new StreamsBench(stage, InstantSource.system(), progress::add)
                    .run(new StreamsBench.Plan(List.of(1, 2), 1, 50, 30, 500, 2_000));

            assertThat(table)
                    .contains("bare, 1 thread", "fengsui, 2 threads")
                    .containsPattern("ratio_2=[0-9.]+ scale_2=");
        }
        assertThat(progress).anyMatch(line -> line.contains("30 rules"));
    }
}
