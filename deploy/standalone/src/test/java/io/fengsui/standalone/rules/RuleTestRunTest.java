package io.fengsui.standalone.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.StartException;
import io.fengsui.standalone.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTestRunTest {
    private static final Path SHIPPED = Home.locate().seeds().resolve("rules");

    private final List<String> out = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path rules = SHIPPED;
    private Path tests = SHIPPED;

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(directory.resolve("tests"));
        rules = Files.copy(SHIPPED.resolve("gateway.yaml"), directory.resolve("gateway.yaml"));
        tests = Files.copy(
                SHIPPED.resolve("tests").resolve("gateway.yaml"),
                directory.resolve("tests").resolve("gateway.yaml"));
    }

    @Test
    void shouldPassAndTakeAFileOfTestsForItsRules() {
        assertThat(run("", tests)).isTrue();
        assertThat(out).last().asString().startsWith("2 tests, 0 failed, 0 branches untested");
    }

    @Test
    void shouldFailWhereARuleWasChanged() throws IOException {
        Files.writeString(
                rules,
                Files.readString(rules)
                        .replace(
                                "when: event.state == \"DOWN\"",
                                "when: event.state == \"DOWN\" && event.cause != \"last will\""));

        assertThat(run("", rules)).isFalse();
        assertThat(out).anyMatch(line -> line.contains(tests + ":9: expected III gateway-down, got"));
    }

    @Test
    void shouldFailWhereABranchIsUntestedUnlessSomeTestsAreAskedFor() throws IOException {
        String text = Files.readString(tests);
        Files.writeString(tests, text.replace("      - event: {state: UNKNOWN}\n", ""));

        assertThat(run("", rules)).isFalse();
        assertThat(out).anyMatch(line -> line.contains("no test of  gateway-down: goes on where no step is true"));
        assertThat(run("comes back", rules)).isTrue();
        assertThat(run("no such name", rules)).isFalse();
    }

    @Test
    void shouldFailWhereThereAreNoTests() throws IOException {
        Files.delete(tests);

        assertThat(run("", rules)).isFalse();
        assertThat(out).contains("  no test of  gateway-down: III is raised");
    }

    @Test
    void shouldNameThePlaceOfWhatIsNoTestAndOfWhatDoesNotCompile() throws IOException {
        Files.writeString(tests, "feed: gateway\ntests:\n  - name: x\n    steps: []\n");
        assertThat(run("", rules)).isFalse();
        assertThat(out).anyMatch(line -> line.contains(tests + ":4:12: steps: expected a list"));

        Files.writeString(rules, Files.readString(rules).replace("event.state", "event.stat"));
        assertThatThrownBy(() -> run("", rules))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(rules + ":17:11: there is no event.stat");
    }

    private boolean run(String filter, Path... files) {
        out.clear();
        return new RuleTestRun(filter, () -> 0, out::add).run(RuleSource.load(List.of(files)));
    }
}
