package io.fengsui.seeds;

import io.fengsui.alerting.incident.CorrelationFile;
import io.fengsui.alerting.yaml.YamlFile;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.reference.IncidentRules;
import io.fengsui.seeds.csv.CsvText;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** {@code incidents.yaml} of a set, checked as the alerting app checks it, and against the set's rules. May be missing. */
final class IncidentFile {
    static final String FILE = "incidents.yaml";
    /** The one key of its topic. */
    static final String KEY = "incidents";

    private IncidentFile() {}

    static Map<String, IncidentRules> read(Path directory, Set<String> ruleIds, Problems problems) {
        if (!Files.exists(directory.resolve(FILE))) {
            return Map.of();
        }
        boolean allRulesRead = problems.isComplete(RuleFiles.DIRECTORY);
        return CsvText.read(directory, FILE, problems)
                .map(yaml -> {
                    try {
                        CorrelationFile.compile(FILE, yaml, rule -> !allRulesRead || ruleIds.contains(rule));
                    } catch (YamlFileException e) {
                        e.problems().forEach(line -> RuleCheck.tell(problems, FILE, line));
                    }
                    return Map.of(KEY, new IncidentRules(FILE, YamlFile.version(yaml), yaml));
                })
                .orElse(Map.of());
    }

    /** Whether one of the patterns or outages of these files has a rule's id; of a file that is refused any. */
    static boolean names(Map<String, IncidentRules> incidents, String rule) {
        return incidents.values().stream().anyMatch(file -> {
            try {
                return CorrelationFile.compile(file.getFile(), file.getYaml(), any -> true)
                        .owns(rule);
            } catch (YamlFileException e) {
                return true;
            }
        });
    }
}
