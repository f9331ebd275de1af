package io.fengsui.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.seeds.csv.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentFileTest {
    private static final Path KUNSHAN = Path.of("data/kunshan");

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    @Test
    void shouldTakeTheShippedFileWithTheShippedRules() {
        SeedSet set = SeedSet.load(KUNSHAN);

        assertThat(set.incidents()).containsOnlyKeys(IncidentFile.KEY);
    }

    @Test
    void shouldNameLineAndColumnOfARuleThatIsNotThere() throws IOException {
        String yaml = Files.readString(KUNSHAN.resolve(IncidentFile.FILE));
        Files.writeString(directory.resolve(IncidentFile.FILE), yaml);

        IncidentFile.read(directory, Set.of("dust-hopper-temperature"), problems);

        assertThat(problems.errors()).anySatisfy(line -> assertThat(line)
                .matches("incidents.yaml:\\d+: column \\d+: rules: found 'dust-concentration', expected a rule of.*"));
    }

    @Test
    void shouldDoWithoutTheFile() {
        assertThat(IncidentFile.read(directory, Set.of(), problems)).isEmpty();
        assertThat(problems.errorCount()).isZero();
    }
}
