package io.fengsui.seeds;

import io.fengsui.reference.RuleFile;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.csv.CsvText;
import io.fengsui.seeds.csv.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rule files of a set, one a feed, checked as the streams app checks them.
 *
 * @param files by feed
 * @param parameters what the files declare, by name
 * @param ruleIds of all files
 */
record RuleFiles(Map<String, RuleFile> files, Map<String, DeclaredParameter> parameters, Set<String> ruleIds) {
    static final String DIRECTORY = "rules";

    private static final String SUFFIX = ".yaml";

    /** @param instead files that stand for those of the directory, by feed */
    static RuleFiles read(Path directory, Map<String, Path> instead, Problems problems) {
        Map<String, RuleFile> files = new LinkedHashMap<>();
        RuleCheck check = new RuleCheck(problems);
        Set<String> names = new TreeSet<>(names(directory.resolve(DIRECTORY), problems));
        instead.keySet().forEach(feed -> names.add(feed + SUFFIX));
        for (String name : names) {
            String feed = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
            Path other = instead.get(feed);
            String file = other == null ? DIRECTORY + "/" + name : other.toString();
            if (Feeds.byId(feed).isEmpty()) {
                problems.error(
                        file,
                        1,
                        "",
                        "found a file of no feed, expected <feed>.yaml, the feed one of "
                                + Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", ")));
                problems.incomplete(DIRECTORY);
                continue;
            }
            CsvText.read(other == null ? directory : Path.of(""), file, problems)
                    .ifPresentOrElse(
                            yaml -> {
                                files.put(feed, new RuleFile(feed, file, RuleCheck.version(yaml), yaml, null));
                                check.take(feed, file, yaml);
                            },
                            () -> problems.incomplete(DIRECTORY));
        }
        return new RuleFiles(files, check.declared(), check.ruleIds());
    }

    /** Every file but hidden ones: one that nobody reads because of its name would be missed. */
    private static List<String> names(Path directory, Problems problems) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.error(DIRECTORY, 1, "", "the directory cannot be read: " + e.getMessage());
            problems.incomplete(DIRECTORY);
            return List.of();
        }
    }
}
