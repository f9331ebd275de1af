package io.fengsui.seeds.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.seeds.KunshanFiles;
import io.fengsui.seeds.SeedException;
import io.fengsui.seeds.scenario.ExerciseScript.Deed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExerciseScriptTest {
    private static final String GOOD = """
            name: small
            title: {zh: 小演练, en: Small}
            about: {zh: 关于, en: About}
            participants: {zh: 谁, en: Who}
            lasts: 10m
            steps:
              - at: 0s
                device: dc-1
                message: {collector: DRY, fanRunning: true, hopperTemperatureCelsius: 71.5, order: "YL-{run}", list: [1, 2], point: {x: 1}}
                tells: {zh: 热, en: hot}
              - at: 90s
                device: dc-1
                message: {collector: DRY}
                tells: {zh: 热, en: hot}
            closing:
              - device: dc-1
                message: {collector: DRY}
                tells: {zh: 冷, en: cool}
            expected:
              - words: {zh: 报告, en: report}
                rule: dust-hopper-temperature
                subject: dc-1
                deed: report
                report: telephone-first
                within: 5m
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldReadEveryKey() throws IOException {
        ExerciseScript script = ExerciseScript.load(write(GOOD));

        assertThat(script.name()).isEqualTo("small");
        assertThat(script.title().getZh()).isEqualTo("小演练");
        assertThat(script.lasts()).isEqualTo(Duration.ofMinutes(10));
        assertThat(script.steps()).hasSize(2);
        assertThat(script.steps().get(0).message())
                .containsEntry("fanRunning", true)
                .containsEntry("hopperTemperatureCelsius", 71.5)
                .containsEntry("list", List.of(1, 2))
                .containsEntry("point", Map.of("x", 1));
        assertThat(script.steps().get(1).at()).isEqualTo(Duration.ofSeconds(90));
        assertThat(script.closing()).hasSize(1);
        assertThat(script.reactions()).singleElement().satisfies(reaction -> {
            assertThat(reaction.deed()).isEqualTo(Deed.REPORT);
            assertThat(reaction.report()).isEqualTo(Optional.of("telephone-first"));
            assertThat(reaction.within()).isEqualTo(Duration.ofMinutes(5));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "collector: DRY, fan|status: ACTUAL, fan|:9: steps[1].message: found status",
                "collector: DRY, fan|exercise: x, fan|found exercise, which is put in",
                "message: {collector: DRY}|message: 7|found no mapping",
                "at: 90s|at: 11m|step 2 is before the one above it, or after the end",
                "deed: report|deed: shout|expected one of acknowledge, assign, comment, escalate, report, resolve",
                "deed: report|deed: resolve|a report is named where the deed is 'report'",
                "lasts: 10m|lasts: 13h|more than 12 h",
                "lasts: 10m|last: 10m|did you mean 'lasts'",
                "name: small|name: Größe|expected lower-case letters",
                "title: {zh: 小演练, en: Small}|title: {zh: 小演练}|title.en: the key is missing"
            })
    void shouldRefuseWithThePlace(String good, String bad, String message) throws IOException {
        Path file = write(GOOD.replaceFirst(Pattern.quote(good), bad));

        SeedException refused = catchThrowableOfType(SeedException.class, () -> ExerciseScript.load(file));

        assertThat(refused).hasMessageContaining("small.yaml:").hasMessageContaining(message);
    }

    @Test
    void shouldNameNoClass() throws IOException {
        Path file = write(GOOD.replace("point: {x: 1}", "point: !!java.net.URL [\"http://127.0.0.1\"]"));

        assertThat(catchThrowableOfType(RuntimeException.class, () -> ExerciseScript.load(file)))
                .isNotNull();
    }

    @Test
    void shouldShipThreeThatAreWorthPlaying() throws IOException {
        try (var files = Files.list(KunshanFiles.DIRECTORY.resolve("exercises"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")).map(ExerciseScript::load))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(script -> {
                        assertThat(script.closing()).isNotEmpty();
                        assertThat(script.reactions()).hasSizeGreaterThanOrEqualTo(3);
                    });
        }
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("small.yaml"), yaml);
    }
}
