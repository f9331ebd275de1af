package io.fengsui.standalone.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.standalone.docs.dashboard.DashboardSource.Variable;
import io.fengsui.standalone.observe.Dashboard.Question;
import io.fengsui.standalone.observe.PromQl.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana is given; there is no Grafana in the build, so its rules are held here. */
class DashboardTest {
    private static final MetricNames NAMES = new MetricNames();
    private static final String CHINESE_FIRST =
            "(?s).*?\\p{IsHan}.* · [^\\p{IsHan}]+|schema registry · schema registry";

    static Stream<Dashboard> dashboards() {
        return Dashboard.all().stream();
    }

    static Stream<Question> questions() {
        return Dashboard.all().stream().flatMap(dashboard -> dashboard.questions().stream());
    }

    @Test
    void shouldBeThoseThatPeopleLookAt() {
        assertThat(dashboards().map(Dashboard::file))
                .containsExactly(
                        "fengsui-alerts.json",
                        "fengsui-bridge.json",
                        "fengsui-city.json",
                        "fengsui-feeds.json",
                        "fengsui-streams.json",
                        "fengsui-unit.json");
        assertThat(questions()).hasSizeGreaterThan(90);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldBeWhatGrafanaLoads(Dashboard dashboard) {
        JsonNode json = dashboard.json();

        assertThat(json.get("uid").asText() + ".json").isEqualTo(dashboard.file());
        assertThat(json.get("uid").asText()).hasSizeLessThanOrEqualTo(40).matches("[a-zA-Z0-9_-]+");
        assertThat(json.has("id")).as("an id belongs to one Grafana").isFalse();
        assertThat(json.get("schemaVersion").asInt()).isBetween(36, 38);
        assertThat(json.get("title").asText()).matches(CHINESE_FIRST);
        assertThat(json.get("refresh").asText()).matches("\\d+[smh]");
        assertThat(json.get("time").get("from").asText()).matches("now-\\d+[smhd]");
        Set<Integer> ids = new HashSet<>();
        Dashboard.each(json.get("panels")).forEach(panel -> {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as("panel ids are used once")
                    .isTrue();
            assertThat(panel.get("title").asText()).matches(CHINESE_FIRST);
            assertThat(panel.get("type").asText()).isIn("row", "stat", "timeseries", "bargauge", "table");
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldLayPanelsBesideEachOther(Dashboard dashboard) {
        Set<String> taken = new HashSet<>();
        Dashboard.each(dashboard.json().get("panels")).forEach(panel -> {
            JsonNode at = panel.get("gridPos");
            for (int x = at.get("x").asInt();
                    x < at.get("x").asInt() + at.get("w").asInt();
                    x++) {
                for (int y = at.get("y").asInt();
                        y < at.get("y").asInt() + at.get("h").asInt();
                        y++) {
                    assertThat(x).isLessThan(24);
                    assertThat(taken.add(x + "," + y))
                            .as(panel.get("title").asText())
                            .isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldAskDataSourcesThatAreProvisioned(Dashboard dashboard) {
        Set<String> provisioned =
                ShippedRules.maps(Provisioning.file("datasources/fengsui.yaml").get("datasources")).stream()
                        .map(source -> source.get("type") + "/" + source.get("uid"))
                        .collect(Collectors.toSet());

        assertThat(dashboard.json().findValues("datasource"))
                .isNotEmpty()
                .allMatch(source -> provisioned.contains(
                        source.get("type").asText() + "/" + source.get("uid").asText()));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void shouldAskForMetersThatThereAre(Question question) {
        assertThat(NAMES.problems(question.expression())).isEmpty();
    }

    /** Rates over a fixed time are wrong for whoever scrapes or zooms otherwise. */
    @ParameterizedTest
    @MethodSource("questions")
    void shouldLeaveTheIntervalToGrafana(Question question) {
        assertThat(Pattern.compile("\\[[^$]").matcher(question.asked()).find()).isFalse();
    }

    /** A label that is summed away leaves an empty legend. */
    @ParameterizedTest
    @MethodSource("questions")
    void shouldNameSeriesByLabelsThatTheyHave(Question question) {
        PromQl read = PromQl.of(question.expression());
        Set<String> labels = new HashSet<>(read.grouping());
        labels.add("instance");
        boolean asTheyAre = read.grouping().isEmpty();
        for (Selector selector : read.selectors()) {
            if (asTheyAre || selector.metric().contains(":")) {
                labels.addAll(NAMES.labelsOf(selector.metric()));
            }
        }

        assertThat(Pattern.compile("\\{\\{(\\w+)}}").matcher(question.legend()).results())
                .allMatch(label -> labels.contains(label.group(1)), "one of " + labels);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldOfferEveryVariableThatIsAskedBy(Dashboard dashboard) {
        List<String> offered = new ArrayList<>();
        Dashboard.each(dashboard.json().get("templating").get("list"))
                .forEach(variable -> offered.add(variable.get("name").asText()));
        Set<String> used = dashboard.questions().stream()
                .flatMap(question -> Pattern.compile("\\$(?!__)(\\w+)")
                        .matcher(question.asked())
                        .results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(used).containsExactlyInAnyOrderElementsOf(offered);
    }

    @Test
    void shouldFillVariablesFromMetersThatThereAre() {
        assertThat(Arrays.stream(Variable.values()).map(Variable::query)).allSatisfy(query -> {
            String[] arguments =
                    query.replaceAll("label_values\\((.*)\\)", "$1").split(", ");
            if (arguments.length == 2) {
                assertThat(NAMES.labelsOf(arguments[0])).contains(arguments[1]);
            }
        });
    }

    @Test
    void shouldHaveContactPointsForItsPoliciesAndAnswersForItsRules() {
        Set<Object> points =
                ShippedRules.maps(Provisioning.file("alerting/contact-points.yaml")
                                .get("contactPoints"))
                        .stream()
                        .map(point -> point.get("name"))
                        .collect(Collectors.toSet());
        for (Map<String, Object> policy :
                ShippedRules.maps(Provisioning.file("alerting/policies.yaml").get("policies"))) {
            assertThat(points).contains(policy.get("receiver"));
        }
        assertThat(Provisioning.rules()).isNotEmpty().allSatisfy(rule -> {
            List<Map<String, Object>> data = ShippedRules.maps(rule.get("data"));
            assertThat(data).extracting(part -> part.get("refId")).contains(rule.get("condition"));
            assertThat(rule).containsEntry("noDataState", "Alerting").containsEntry("execErrState", "Alerting");
            assertThat(data)
                    .extracting(part -> part.get("datasourceUid"))
                    .containsExactly("fengsui-prometheus", "__expr__");
            assertThat(expressions(data)).allSatisfy(expression -> assertThat(NAMES.problems(expression))
                    .isEmpty());
        });
    }

    @SuppressWarnings("unchecked")
    static List<String> expressions(List<Map<String, Object>> data) {
        return data.stream()
                .map(part -> ((Map<String, Object>) part.get("model")).get("expr"))
                .filter(expression -> expression != null)
                .map(Object::toString)
                .toList();
    }
}
