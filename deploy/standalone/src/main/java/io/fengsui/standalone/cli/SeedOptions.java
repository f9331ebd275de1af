package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.scenario.ExerciseScript;
import io.fengsui.seeds.scenario.Scenario;
import io.fengsui.standalone.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which reference data a command uses. */
final class SeedOptions {

    @Option(
            names = "--seeds",
            paramLabel = "DIR",
            description = "Reference data of the city (default: seeds/data/kunshan).")
    private @Nullable Path directory;

    Path directory() {
        return directory == null ? Home.locate().seeds() : directory;
    }

    /** @param name of a file in scenarios/ of the reference data, without .yaml, or a path */
    Scenario scenario(String name) {
        Path path = Path.of(name);
        Path named = directory().resolve("scenarios").resolve(name + ".yaml");
        if (!Files.isRegularFile(path) && !Files.isRegularFile(named)) {
            throw new StartException("No scenario " + name + ": no such file, and none in " + named.getParent()
                    + "; there is " + names(directory().resolve("scenarios")));
        }
        return Scenario.load(Files.isRegularFile(path) ? path : named);
    }

    /** @param name of a file in exercises/ of the reference data, without .yaml, or a path */
    ExerciseScript exercise(String name) {
        Path path = Path.of(name);
        Path named = directory().resolve("exercises").resolve(name + ".yaml");
        if (!Files.isRegularFile(path) && !Files.isRegularFile(named)) {
            throw new StartException("No exercise " + name + ": no such file, and none in " + named.getParent()
                    + "; there is " + names(directory().resolve("exercises")));
        }
        return ExerciseScript.load(Files.isRegularFile(path) ? path : named);
    }

    /** Those of the reference data. */
    List<ExerciseScript> exercises() throws IOException {
        Path exercises = directory().resolve("exercises");
        if (!Files.isDirectory(exercises)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(exercises)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ExerciseScript::load)
                    .toList();
        }
    }

    private static String names(Path scenarios) {
        try (Stream<Path> files = Files.list(scenarios)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".yaml"))
                    .map(f -> f.replace(".yaml", ""))
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "none";
        }
    }

    SeedSet load() {
        return SeedSet.load(directory());
    }
}
