package io.fengsui.standalone.rules;

import io.fengsui.platform.StartException;
import io.fengsui.streams.rehearsal.TestFile;
import io.fengsui.streams.rule.RuleCompiler;
import io.fengsui.streams.rule.RuleException;
import io.fengsui.streams.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule file on this machine that compiles.
 *
 * @param file as people write its path
 */
public record RuleSource(Path file, String yaml, RuleSet rules) {
    private static final String TESTS = "tests";

    /**
     * Compiles files; that of a tests' file stands beside its directory.
     *
     * @throws StartException with all that is wrong in any of them
     */
    public static List<RuleSource> load(List<Path> files) {
        List<RuleSource> sources = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files.stream().map(RuleSource::ofTests).distinct().toList()) {
            try {
                String yaml = Files.readString(file);
                sources.add(new RuleSource(file, yaml, RuleCompiler.compile(file.toString(), yaml)));
            } catch (RuleException e) {
                problems.addAll(e.problems());
            } catch (IOException e) {
                problems.add(file + ": cannot be read as a text in UTF-8 (" + e + ")");
            }
        }
        if (!problems.isEmpty()) {
            throw new StartException(count(problems.size()) + " in the rules:\n  " + String.join("\n  ", problems));
        }
        return sources;
    }

    /** The rule files of a seed set, by path from here. */
    public static List<Path> of(Path seeds) {
        Path here = Path.of("").toAbsolutePath();
        try (Stream<Path> files = Files.list(seeds.resolve("rules"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .map(Path::toAbsolutePath)
                    .map(file -> file.startsWith(here) ? here.relativize(file) : file)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartException("No rule files in " + seeds + ": " + e, e);
        }
    }

    /** Where its tests are, or should be. */
    public Path testFile() {
        return file.resolveSibling(TESTS).resolve(file.getFileName());
    }

    /** Its tests; none if there is no file of them. */
    public TestFile tests() throws RuleException {
        Path tests = testFile();
        try {
            return Files.exists(tests)
                    ? TestFile.read(tests.toString(), Files.readString(tests), rules)
                    : new TestFile(tests.toString(), List.of());
        } catch (IOException e) {
            throw new StartException(tests + ": cannot be read as a text in UTF-8 (" + e + ")", e);
        }
    }

    private static Path ofTests(Path file) {
        Path directory = file.getParent();
        return directory != null && directory.endsWith(TESTS) ? directory.resolveSibling(file.getFileName()) : file;
    }

    private static String count(int problems) {
        return problems + (problems == 1 ? " error" : " errors");
    }
}
