package io.fengsui.seeds.scenario;

import io.fengsui.seeds.SeedException;
import io.fengsui.seeds.csv.CsvText;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A scenario: what the simulated fleet publishes. data/kunshan/scenarios/README.md documents every key.
 *
 * @param seed the same seed gives the same sequence of messages, but for their times
 * @param total number of messages after which it ends, repetitions included
 * @param duration time after which it ends; with neither it runs until it is stopped
 * @param exercise name of the exercise that exercise messages carry
 */
public record Scenario(
        String name,
        String description,
        long seed,
        OptionalInt total,
        Optional<Duration> duration,
        String exercise,
        List<FeedPlan> feeds,
        List<Silence> silences,
        List<GatewayLoss> gatewayLosses) {

    /**
     * Reads a file.
     *
     * @throws SeedException with every error in it, {@code file:line: key: what was found, what was expected}
     */
    public static Scenario load(Path file) {
        Problems problems = new Problems();
        Path directory = file.toAbsolutePath().getParent();
        String name = file.getFileName().toString();
        Optional<Scenario> scenario = CsvText.read(directory == null ? Path.of(".") : directory, name, problems)
                .flatMap(yaml -> ScenarioReader.read(name, yaml, problems));
        if (problems.errorCount() > 0) {
            throw new SeedException("Scenario " + file, problems.errors());
        }
        return scenario.orElseThrow();
    }

    /** Whether it ends by itself; only then does the fleet keep a list of what must come of it. */
    public boolean ends() {
        return total.isPresent() || duration.isPresent();
    }
}
