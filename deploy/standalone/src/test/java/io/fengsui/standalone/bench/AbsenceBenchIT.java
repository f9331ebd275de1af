package io.fengsui.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.bench.absence.AbsenceBench;
import io.fengsui.standalone.bench.streams.StreamsStage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark with a few devices: silence is found on real Kafka, and none is invented; its costs say nothing. */
class AbsenceBenchIT {

    @TempDir
    private Path directory;

    @Test
    void shouldFindEverySilentDeviceAndNoOther() throws Exception {
        List<String> progress = new ArrayList<>();
        try (StreamsStage stage =
                new StreamsStage(directory, Home.locate().seeds(), Home.locate().registry(), Feeds.VIDEO_STATUS, 1)) {
            stage.start();
            AbsenceBench.Report report = new AbsenceBench(stage, InstantSource.system(), progress::add)
                    .run(new AbsenceBench.Plan(List.of(500), 500, 1_000, 200));

            assertThat(report.missed()).as(report.table()).isZero();
            assertThat(report.falsely()).as(report.table()).isZero();
            assertThat(report.table()).containsPattern("flat_ratio=1.00 naive_ratio=[0-9.]+ missed=0 false=0\n$");
        }
        assertThat(progress).anyMatch(line -> line.contains("5 of 5 silenced found"));
    }
}
