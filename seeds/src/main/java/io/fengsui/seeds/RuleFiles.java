package io.fengsui.seeds;

import io.fengsui.reference.RuleFile;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.csv.CsvText;
import io.fengsui.seeds.csv.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rule files of a set, one a feed, compiled to find their errors.
 *
 * @param files by feed
 * @param parameters what the files declare, by name
 */
record RuleFiles(Map<String, RuleFile> files, Map<String, DeclaredParameter> parameters) {
    static final String DIRECTORY = "rules";

    private static final String SUFFIX = ".yaml";

    static RuleFiles read(Path directory, Problems problems) {
        Map<String, RuleFile> files = new LinkedHashMap<>();
        Map<String, DeclaredParameter> parameters = new TreeMap<>();
        for (String name : names(directory.resolve(DIRECTORY), problems)) {
            String file = DIRECTORY + "/" + name;
            String feed = name.substring(0, name.length() - SUFFIX.length());
            if (Feeds.byId(feed).isEmpty()) {
                problems.error(file, 1, "", "found a file for feed " + Problems.shown(feed) + ", expected <feed>.yaml");
                continue;
            }
            CsvText.read(directory, file, problems).ifPresent(yaml -> {
                files.put(feed, new RuleFile(feed, file, RuleCheck.version(yaml), yaml));
                for (DeclaredParameter parameter : RuleCheck.declared(file, yaml, problems)) {
                    parameters.put(parameter.name(), parameter);
                }
            });
        }
        return new RuleFiles(files, parameters);
    }

    private static List<String> names(Path directory, Problems problems) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.error(DIRECTORY, 1, "", "the directory cannot be read: " + e.getMessage());
            return List.of();
        }
    }
}
