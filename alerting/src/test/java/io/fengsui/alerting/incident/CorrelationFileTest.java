package io.fengsui.alerting.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.alerting.incident.CorrelationRules.Supplier;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CorrelationFileTest {
    private static final String JOIN = "join: {metres: 500, minutes: 10, reopenMinutes: 10, extentMetres: 3000}\n";
    private static final String PATTERN = """
            patterns:
              - id: two
                severity: II
                title: {zh: 二, en: two}
                runbook: {zh: 做, en: do}
                metres: 200
                minutes: 30
                needs:
                  - rules: [dust-spark]
                  - feeds: [video-status]
            """;

    @Test
    void shouldReadTheShippedFile() {
        CorrelationRules rules = Scene.shipped();

        assertThat(rules.joining().metres()).isEqualTo(500);
        assertThat(rules.reachTime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(rules.outage(Supplier.VENDOR)).isPresent();
        assertThat(rules.patterns()).hasSize(2);
        assertThat(rules.version()).matches("[0-9a-f]{12}");
    }

    @Test
    void shouldNamePlaceAndExpectationOfEverythingThatIsWrong() {
        List<String> problems = problems(JOIN.replace("500", "many")
                + PATTERN.replace("II", "V").replace("video-status", "video").replace("metres: 200", "meters: 200"));

        assertThat(problems)
                .containsExactly(
                        "i.yaml:1:16: metres: found 'many', expected a whole number of 1 to 5000",
                        "i.yaml:3:5: 'metres' is missing",
                        "i.yaml:4:15: severity: found 'V', expected one of I, II, III, IV",
                        "i.yaml:7:5: no such key 'meters'; expected one of id, severity, title, runbook, metres, minutes, needs,"
                                + " may",
                        "i.yaml:11:9: needs: expected rules or feeds",
                        "i.yaml:11:17: feeds: found 'video', expected " + feeds());
    }

    @Test
    void shouldRefuseARuleThatIsNotThere() {
        assertThatThrownBy(() -> CorrelationFile.compile("i.yaml", JOIN + PATTERN, rule -> false))
                .isInstanceOf(YamlFileException.class)
                .hasMessageContaining("i.yaml:10:17: rules: found 'dust-spark', expected a rule of rules/*.yaml");
    }

    @Test
    void shouldRefuseWhatIsNoYamlOrEmptyOrContradicts() {
        assertThat(problems("")).singleElement().asString().startsWith("i.yaml:1:1: the file is empty");
        assertThat(problems("join: [")).singleElement().asString().contains("is no YAML");
        assertThat(problems("join")).isNotEmpty();
        assertThat(problems(JOIN.replace("3000", "100")))
                .singleElement()
                .asString()
                .contains("extentMetres");
        assertThat(problems(JOIN
                        + PATTERN.replace("video-status", "dust-sensor")
                                .replace("rules: [dust-spark]", "feeds: [dust-sensor]")))
                .singleElement()
                .asString()
                .contains("'dust-sensor' is in two groups");
        assertThat(problems(JOIN + PATTERN + PATTERN.substring("patterns:\n".length())))
                .singleElement()
                .asString()
                .contains("id 'two' is there twice");
    }

    private static List<String> problems(String yaml) {
        try {
            CorrelationFile.compile("i.yaml", yaml, rule -> true);
            return List.of();
        } catch (YamlFileException e) {
            return e.problems();
        }
    }

    private static String feeds() {
        return Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", "));
    }
}
