package io.fengsui.seeds;

import io.fengsui.alerting.duty.DutyFile;
import io.fengsui.alerting.yaml.YamlFile;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.reference.DutyRules;
import io.fengsui.seeds.csv.CsvText;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/** {@code duty.yaml} of a set, checked as the alerting app checks it, and against the set's rules and units. May be missing. */
final class DutyRulesFile {
    static final String FILE = "duty.yaml";
    /** The one key of its topic. */
    static final String KEY = "duty";

    private DutyRulesFile() {}

    static Map<String, DutyRules> read(
            Path directory, Predicate<String> isRule, Predicate<String> isDepartment, Problems problems) {
        if (!Files.exists(directory.resolve(FILE))) {
            return Map.of();
        }
        return CsvText.read(directory, FILE, problems)
                .map(yaml -> {
                    try {
                        DutyFile.compile(FILE, yaml, isRule, isDepartment);
                    } catch (YamlFileException e) {
                        e.problems().forEach(line -> RuleCheck.tell(problems, FILE, line));
                    }
                    return Map.of(KEY, new DutyRules(FILE, YamlFile.version(yaml), yaml));
                })
                .orElse(Map.of());
    }
}
