package io.fengsui.seeds.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.KunshanFiles;
import io.fengsui.seeds.SeedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
    private static final Path SCENARIOS = KunshanFiles.DIRECTORY.resolve("scenarios");

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "demo", "faults", "mixed-exercise"})
    void shouldReadTheShippedScenario(String name) {
        Scenario scenario = Scenario.load(SCENARIOS.resolve(name + ".yaml"));

        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.feeds()).isNotEmpty();
        assertThat(scenario.ends()).isEqualTo(!name.equals("demo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "demo"})
    void shouldLetEveryFeedTakePart(String name) {
        assertThat(Scenario.load(SCENARIOS.resolve(name + ".yaml")).feeds().stream()
                        .map(FeedPlan::feed))
                .containsExactlyInAnyOrderElementsOf(Feeds.all());
    }

    @Test
    void shouldReadTheSharesThatTheSmokeDrillPromises() {
        Scenario smoke = Scenario.load(SCENARIOS.resolve("smoke.yaml"));

        assertThat(smoke.total()).isEqualTo(OptionalInt.of(20_000));
        assertThat(smoke.feeds().stream().mapToDouble(FeedPlan::rate).sum()).isEqualTo(1_000, within(1e-6));
        assertThat(smoke.feeds()).allSatisfy(plan -> assertThat(plan.faults())
                .containsEntry(Fault.MALFORMED, 0.01)
                .containsEntry(Fault.UNKNOWN_DEVICE, 0.01)
                .containsEntry(Fault.DUPLICATE, 0.02)
                .containsEntry(Fault.EXERCISE, 0.005));
    }

    @Test
    void shouldDocumentEveryKeyOfAFault() throws IOException {
        String readme = Files.readString(SCENARIOS.resolve("README.md"));

        assertThat(Stream.of(Fault.values()).map(Fault::key)).allMatch(key -> readme.contains("`" + key + "`"));
    }

    @Test
    void shouldTellAllMistakesWithTheirLines(@TempDir Path directory) throws IOException {
        String yaml = """
                name: Bad Name
                seed: minus one
                total: 5
                duration: 5 minutes
                colour: red
                faults:
                  malformd: 0.1
                  late: 1.5
                feeds:
                  dust-sensor: {devices: many, rate: 0}
                  dust-sensors: {devices: 1, rate: 1}
                  gateway: {devices: all}
                  video-status: {devices: all, rate: 1, malformed: 0.7, duplicate: 0.7}
                silences:
                  - {feed: gatewy, devices: 1, at: 1s}
                  - {feed: gateway, at: 1s, for: 2m, every: 1m}
                gateway-losses: often
                """;
        Path file = Files.writeString(directory.resolve("bad.yaml"), yaml);

        assertThat(problemsOf(file))
                .anyMatch(p -> p.startsWith("bad.yaml:1: name: found 'Bad Name'"))
                .anyMatch(p -> p.startsWith("bad.yaml:2: seed: found 'minus one', expected a whole number"))
                .anyMatch(p -> p.startsWith("bad.yaml:4: duration: found '5 minutes', expected a time such as"))
                .anyMatch(p -> p.startsWith("bad.yaml:4: duration: found a duration beside a total"))
                .anyMatch(p -> p.startsWith("bad.yaml:5: colour: found this key, expected one of name"))
                .anyMatch(p -> p.startsWith("bad.yaml:7: faults.malformd: found this key")
                        && p.endsWith("did you mean 'malformed'?"))
                .anyMatch(p -> p.startsWith("bad.yaml:8: faults.late: found '1.5', expected a number from 0.0 to 1.0"))
                .anyMatch(p -> p.startsWith("bad.yaml:10: feeds.dust-sensor.devices: found 'many'"))
                .anyMatch(p -> p.startsWith("bad.yaml:10: feeds.dust-sensor.rate: found '0'"))
                .anyMatch(p -> p.startsWith("bad.yaml:11: feeds.dust-sensors: found this key"))
                .anyMatch(p -> p.startsWith("bad.yaml:12: feeds.gateway.rate: the key is missing"))
                .anyMatch(p -> p.startsWith("bad.yaml:13: feeds.video-status.rate: the shares of all faults add up to"))
                .anyMatch(p -> p.startsWith("bad.yaml:15: silences[1].feed: found 'gatewy'"))
                .anyMatch(p -> p.startsWith("bad.yaml:16: silences[2].devices: the key is missing"))
                .anyMatch(p -> p.startsWith("bad.yaml:16: silences[2].every: found a period without a shorter for"))
                .anyMatch(p -> p.startsWith("bad.yaml:17: gateway-losses: found no list"))
                .hasSize(16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'name: [open' | bad.yaml:1: this is no YAML",
                "'just words' | bad.yaml:1: found no scenario",
                "'' | bad.yaml:1: found no scenario",
                "'name: x' | bad.yaml:1: feeds: found no feed"
            })
    void shouldRefuseWhatIsNoScenario(String yaml, String problem, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.yaml"), yaml);

        assertThat(problemsOf(file)).first().asString().startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource({"0,false", "9,false", "10,true", "14,true", "15,false", "30,true", "36,false"})
    void shouldBeOutAgainAndAgain(long second, boolean out) {
        Outage outage = new Outage(
                Duration.ofSeconds(10), Optional.of(Duration.ofSeconds(5)), Optional.of(Duration.ofSeconds(20)));

        assertThat(outage.isOn(Duration.ofSeconds(second).toNanos())).isEqualTo(out);
    }

    private static List<String> problemsOf(Path file) {
        return Stream.ofNullable(catchThrowableOfType(SeedException.class, () -> Scenario.load(file)))
                .flatMap(e -> e.problems().stream())
                .toList();
    }
}
