package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertFigure;
import io.fengsui.alert.AlertText;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.RuleTestCount;
import io.fengsui.reference.RuleTestResult;
import io.fengsui.schema.topic.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules page, and what an alert's page says of its rule's figures and readings. */
class RulesConsoleTest {
    private static final Path SHIPPED = Path.of("..", "seeds", "data", "kunshan", "rules");
    private static final String HOPPER = "dust-hopper-temperature@dust-014";

    private final TestConsole console = new TestConsole();

    @AfterEach
    void close() {
        console.close();
    }

    /** The shipped rules of a feed, with tests as they may have gone. */
    static void publish(TestConsole console, String feed, List<String> failed) throws IOException {
        String yaml = Files.readString(SHIPPED.resolve(feed + ".yaml"));
        RuleTestResult tests = new RuleTestResult(
                "rules/tests/" + feed + ".yaml",
                "0011223344ff",
                34,
                failed,
                120,
                2,
                Map.of(
                        "dust-hopper-temperature",
                        new RuleTestCount(6, failed.size(), 2),
                        "dust-silent",
                        new RuleTestCount(0, 0, 3)),
                null);
        console.rules.accept(
                feed,
                new RuleFile(feed, "rules/" + feed + ".yaml", "3f9a1c07be52", yaml, tests),
                console.now.minusSeconds(7_200));
    }

    @Test
    void shouldShowConditionsInWordsWithTheCitysValues() throws Exception {
        publish(console, "dust-sensor", List.of());
        console.rules.accept(
                "CITY|*|hopperAlarmCelsius",
                Parameter.newBuilder()
                        .setScope(ParameterScope.CITY)
                        .setId("*")
                        .setName("hopperAlarmCelsius")
                        .setValue(72.5)
                        .build());
        String page = console.get("/rules").body();

        assertThat(page)
                .contains(
                        "除尘器灰斗温度过高",
                        "灰斗温度 ≥ 灰斗温度报警值（72.5 °C）",
                        "灰斗温度 ≥ 灰斗温度预警值（60 °C）",
                        "event.hopperTemperatureCelsius &gt;= param.hopperAlarmCelsius",
                        "版本 3f9a1c07be52",
                        "测试通过：34 项",
                        "测试 6 项",
                        "未测试分支 2 个",
                        "参考数据",
                        "未设定：用到它的规则不发言")
                .contains("粉尘监测");
        assertThat(console.get("/rules?lang=en").body())
                .contains("Hopper temperature ≥ Hopper temperature alarm level (72.5 °C)", "Tests passed: 34")
                .doesNotContain("灰斗");
    }

    @Test
    void shouldSayLoudlyThatTestsFailedOrThatThereAreNone() throws Exception {
        publish(console, "dust-sensor", List.of("the hopper <b>grows</b> hot"));
        console.rules.accept(
                "gateway",
                new RuleFile("gateway", "rules/gateway.yaml", "v2", "feed: gateway\nrules: []\n", null),
                console.now);
        console.rules.accept(
                "flood-gauge",
                new RuleFile("flood-gauge", "rules/flood-gauge.yaml", "v3", "a: b: c", null),
                console.now);
        String page = console.get("/rules").body();

        assertThat(page)
                .contains("测试未通过：34 项中 1 项失败", "the hopper &lt;b&gt;grows&lt;/b&gt; hot", "测试 6 项，失败 1 项")
                .contains("没有测试记录", "这类数据没有规则")
                .contains("规则文件无法显示");
    }

    @Test
    void shouldCountOpenAlertsAndThoseOfADay() throws Exception {
        publish(console, "dust-sensor", List.of());
        console.show(console.samples.hopper());
        console.show(console.samples.clearedHopper());
        console.show(console.samples.exercise(
                Alert.newBuilder(console.samples.hopper())
                        .setAlertId("dust-hopper-temperature@other")
                        .build(),
                "演练"));
        String page = console.get("/rules").body();
        String rule = page.substring(page.indexOf("id=\"rule-dust-hopper-temperature\""));

        assertThat(rule.substring(0, rule.indexOf("</article>"))).contains("未结束告警 1 条", "近 24 小时发生 2 次");
    }

    @Test
    void shouldSayThatNoRulesArePublished() throws Exception {
        assertThat(console.get("/rules").body()).contains("没有已发布的规则");
    }

    @Test
    void shouldShowTheFiguresOfARuleInWords() throws Exception {
        console.show(withFigures());
        String page = console.get(Paths.alert(Realm.LIVE, HOPPER)).body();

        assertThat(page)
                .contains("<dt>灰斗温度</dt><dd>74.5<small> °C</small>", "<dt>灰斗温度报警值</dt><dd>70<small> °C</small>");
        assertThat(page.substring(page.indexOf("class=\"values\""), page.indexOf("id=\"readings\"")))
                .doesNotContain("param.");
        assertThat(console.get(Paths.alert(Realm.LIVE, HOPPER) + "?lang=en").body())
                .contains("<dt>Hopper temperature alarm level</dt><dd>70<small> °C</small>");
    }

    @Test
    void shouldDrawTheReadingsWithLimitsMarksAndATable() throws Exception {
        publish(console, "dust-sensor", List.of());
        console.show(withFigures());
        String alert = console.get(Paths.alert(Realm.LIVE, HOPPER)).body();
        assertThat(alert).contains("hx-get=\"/readings/live/dust-hopper-temperature%40dust-014\"");
        assertThat(console.deviceReadings.asked)
                .as("the page itself waits for no Kafka")
                .isEmpty();

        String page =
                console.get("/readings/live/dust-hopper-temperature%40dust-014").body();
        assertThat(page)
                .contains("<svg viewBox=\"0 0 640 240\" role=\"img\" aria-label=\"灰斗温度：")
                .contains("灰斗温度报警值 70 °C", "class=\"limit\"", "class=\"mark-raised\"", "读数表")
                .contains("township.kaifaqu.dust-sensor");
        assertThat(console.deviceReadings.asked).singleElement().satisfies(query -> {
            assertThat(query.deviceId()).isEqualTo("dust-014");
            assertThat(query.fields()).contains("hopperTemperatureCelsius");
        });
    }

    @Test
    void shouldSayWhyThereAreNoReadings() throws Exception {
        console.show(withFigures());
        String readings = "/readings/live/dust-hopper-temperature%40dust-014";
        console.deviceReadings.away = true;
        assertThat(console.get(readings).body()).contains("读数暂时无法读取");
        console.deviceReadings.away = false;
        console.deviceReadings.empty = true;
        assertThat(console.get(readings).body()).contains("没有读到此设备的读数");

        console.show(console.samples.gateway("gw-1", "zhoushi"));
        assertThat(console.get(Paths.alert(Realm.LIVE, "gateway-down@gw-1")).body())
                .doesNotContain("id=\"readings\"");
        for (String path : List.of("/readings/live/gateway-down%40gw-1", "/readings/live/none", "/readings/mars/x")) {
            assertThat(console.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private Alert withFigures() {
        return withFigures(console.samples.hopper());
    }

    static Alert withFigures(Alert hopper) {
        Instant acknowledged = hopper.getStartedAt().plusSeconds(400);
        return Alert.newBuilder(hopper)
                .setAcknowledgedAt(acknowledged)
                .setAcknowledgedBy("王建国")
                .setValues(Map.of(
                        "hopperTemperatureCelsius", "74.5",
                        "param.hopperAlarmCelsius", "70",
                        "param.hopperWarnCelsius", "60",
                        "differentialPressurePascals", "1180"))
                .setFigures(List.of(
                        new AlertFigure(
                                "event.hopperTemperatureCelsius",
                                new AlertText("灰斗温度 74.5 °C", "Hopper temperature 74.5 °C")),
                        new AlertFigure(
                                "param.hopperAlarmCelsius",
                                new AlertText("灰斗温度报警值 70 °C", "Hopper temperature alarm level 70 °C")),
                        new AlertFigure(
                                "param.hopperWarnCelsius",
                                new AlertText("灰斗温度预警值 60 °C", "Hopper temperature warning level 60 °C"))))
                .build();
    }
}
