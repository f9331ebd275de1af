package io.fengsui.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.reference.RuleFile;
import io.fengsui.reference.RuleTestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTestResultsTest {
    private static final Path KUNSHAN = Path.of("data", "kunshan");
    private static final SeedSet SHIPPED = SeedSet.load(KUNSHAN);

    @TempDir
    Path directory;

    @Test
    void shouldTellThatEveryShippedRuleIsTested() {
        SeedSet tested = RuleTestResults.added(SHIPPED, KUNSHAN);

        assertThat(tested.rules().keySet()).isEqualTo(SHIPPED.rules().keySet());
        tested.rules().values().forEach(file -> {
            RuleTestResult tests = file.getTests();
            assertThat(tests).as(file.getFile()).isNotNull();
            assertThat(tests.getFailed()).isEmpty();
            assertThat(tests.getUntested()).isZero();
            assertThat(tests.getProblem()).isNull();
            assertThat(tests.getRules().values())
                    .allSatisfy(rule -> assertThat(rule.getTests()).isPositive());
        });
        assertThat(RuleTestResults.added(SHIPPED, KUNSHAN))
                .as("the same files give the same records: a second load changes nothing")
                .isEqualTo(tested);
    }

    @Test
    void shouldTellWhichTestFailedOfWhichRule() throws Exception {
        write("""
                feed: gateway
                tests:
                  - name: says what it should not
                    steps:
                      - event: {state: UP}
                        expect: {signal: III gateway-down}
                  - name: goes down
                    steps:
                      - event: {state: DOWN}
                        expect: III gateway-down
                """);
        RuleTestResult tests = gateway().getTests();

        assertThat(tests.getRan()).isEqualTo(2);
        assertThat(tests.getFailed()).containsExactly("says what it should not");
        assertThat(tests.getUntested()).isPositive().isLessThan(tests.getBranches());
        assertThat(tests.getRules().get("gateway-down").getTests()).isEqualTo(2);
        assertThat(tests.getRules().get("gateway-down").getFailed()).isEqualTo(1);
        assertThat(tests.getFile()).isEqualTo("rules/tests/gateway.yaml");
        assertThat(tests.getVersion()).matches("[0-9a-f]{12}");
    }

    @Test
    void shouldTellAFileOfTestsThatCannotBeReadFromNone() throws Exception {
        assertThat(gateway().getTests()).isNull();

        write("feed: gateway\ntests: [{name: x, steps: [{event: {nothing: 1}}]}]\n");
        assertThat(gateway().getTests().getProblem()).contains("nothing");
        assertThat(gateway().getTests().getRan()).isZero();
    }

    private RuleFile gateway() {
        return RuleTestResults.added(SHIPPED, directory).rules().get("gateway");
    }

    private void write(String tests) throws IOException {
        Path file = directory.resolve("rules").resolve("tests").resolve("gateway.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, tests);
    }
}
