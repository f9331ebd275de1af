package io.fengsui.standalone.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.standalone.Home;
import io.fengsui.standalone.observe.ShippedRules.Rule;
import io.fengsui.standalone.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of Prometheus on the pipeline itself. */
class ShippedRulesTest {
    private static final MetricNames NAMES = new MetricNames();
    private static final Path RUNBOOKS = Home.locate().docs().resolve("runbooks");

    static Stream<Rule> rules() {
        return ShippedRules.all().stream();
    }

    static Stream<Rule> alerts() {
        return ShippedRules.alerts().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldAskForMetersThatThereAre(Rule rule) {
        assertThat(NAMES.problems(rule.expression())).isEmpty();
    }

    @Test
    void shouldNoticeAMeterOrLabelThatThereIsNot() {
        assertThat(NAMES.problems("sum(rate(fengsui_ingest_recieved_messages_total[5m]))"))
                .containsExactly("no meter is served as fengsui_ingest_recieved_messages_total");
        assertThat(NAMES.problems("sum by (vendor) (fengsui_ingest_held{lane=\"x\",device=\"y\"})"))
                .containsExactly("fengsui_ingest_held has no label device", "nothing in it has the label vendor");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldSayInTwoLanguagesWhatIsWrongAndHowGraveItIs(Rule alert) {
        Map<String, String> annotations = Objects.requireNonNull(alert.annotations());

        assertThat(alert.name()).matches("Fengsui[A-Z][A-Za-z]+");
        assertThat(Objects.requireNonNull(alert.labels()).get("severity")).isIn("I", "II", "III", "IV");
        assertThat(annotations).containsOnlyKeys("summary", "description", "runbook");
        for (String text : List.of("summary", "description")) {
            String[] parts = Objects.requireNonNull(annotations.get(text)).split(" / ", -1);
            assertThat(parts).hasSize(2);
            assertThat(parts[0]).as("Chinese first").matches("(?s).*\\p{IsHan}.*");
            assertThat(parts[1]).as("English second").doesNotMatch("(?s).*\\p{IsHan}.*");
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldHaveARunbook(Rule alert) throws IOException {
        String severity = Objects.requireNonNull(alert.labels()).get("severity");
        Path page = RUNBOOKS.resolve(alert.name() + ".md");

        assertThat(Objects.requireNonNull(alert.annotations()))
                .containsEntry("runbook", "docs/runbooks/" + alert.name() + ".md");
        assertThat(page).exists();
        assertThat(Files.readString(page))
                .startsWith("# " + alert.name() + "\n")
                .contains("级别 " + severity + " · Severity " + severity)
                .contains("\n## 意味着什么\n", "\n## 看什么\n", "\n## 做什么\n")
                .contains("\n## What it means\n", "\n## What to look at\n", "\n## What to do\n");
    }

    @Test
    void shouldHaveNoRunbookWithoutAnAlertAndListThemAll() throws IOException {
        Set<String> names = Stream.concat(
                        alerts().map(Rule::name),
                        Provisioning.rules().map(rule -> rule.get("title").toString()))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", ""))
                            .filter(page -> !page.equals("README")))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
        assertThat(Files.readString(RUNBOOKS.resolve("README.md")))
                .contains(names.stream()
                        .map(name -> "[" + name + "](" + name + ".md)")
                        .toList());
    }

    /** In promtool's tests each alert fires once, and once it does not; but the heartbeat, which always fires. */
    @ParameterizedTest
    @MethodSource("alerts")
    void shouldBeSeenToFireAndNotToFire(Rule alert) {
        List<Boolean> fires = new ArrayList<>();
        for (Map<String, Object> file : ShippedRules.tests()) {
            for (Map<String, Object> test : ShippedRules.maps(file.get("tests"))) {
                ShippedRules.maps(test.get("alert_rule_test")).stream()
                        .filter(check -> check.get("alertname").equals(alert.name()))
                        .forEach(check -> fires.add(
                                !ShippedRules.maps(check.get("exp_alerts")).isEmpty()));
                ShippedRules.maps(test.get("promql_expr_test")).stream()
                        .filter(check -> check.get("expr").toString().contains("alertname=\"" + alert.name() + "\""))
                        .forEach(check -> fires.add(
                                !ShippedRules.maps(check.get("exp_samples")).isEmpty()));
            }
        }

        assertThat(fires).contains(true);
        if (!alert.name().equals("FengsuiWatchdog")) {
            assertThat(fires).contains(false);
        }
    }

    @Test
    void shouldFireAsTheirTestsSay() throws Exception {
        Programs.require("promtool");
        List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
        try (Stream<Path> tests = Files.list(ShippedRules.directory().resolve("tests"))) {
            tests.map(Path::toString).sorted().forEach(command::add);
        }

        Programs.Result result = Programs.run(command.toArray(String[]::new));

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("SUCCESS");
    }

    @Test
    void shouldBeAConfigurationThatPrometheusTakes() throws Exception {
        Programs.require("promtool");

        Programs.Result result = Programs.run(
                "promtool",
                "check",
                "config",
                ShippedRules.directory().resolve("prometheus.yml").toString());

        assertThat(result.status()).as(result.output()).isZero();
    }
}
