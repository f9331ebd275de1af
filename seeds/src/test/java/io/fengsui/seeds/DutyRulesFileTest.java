package io.fengsui.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.seeds.csv.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DutyRulesFileTest {
    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    @Test
    void shouldTakeTheShippedFileWithTheShippedRulesAndUnits() {
        assertThat(SeedSet.load(KunshanFiles.DIRECTORY).duty()).containsOnlyKeys(DutyRulesFile.KEY);
    }

    @Test
    void shouldNameTheLineOfARuleOrDepartmentThatIsNotThere() throws IOException {
        Path copy = KunshanFiles.copyTo(directory);
        Path file = copy.resolve(DutyRulesFile.FILE);
        Files.writeString(
                file,
                Files.readString(file).replace("dust-blind-rescue", "dust-deaf").replace("command-centre", "bacheng"));

        assertThatThrownBy(() -> SeedSet.load(copy))
                .isInstanceOf(SeedException.class)
                .hasMessageContaining("rules: found 'dust-deaf', expected a rule of rules/*.yaml or a pattern")
                .hasMessageContaining("cityCommand: found 'bacheng', expected a unit of kind DEPARTMENT");
    }

    @Test
    void shouldDoWithoutTheFile() {
        assertThat(DutyRulesFile.read(directory, rule -> true, unit -> true, problems))
                .isEmpty();
        assertThat(problems.errorCount()).isZero();
    }
}
