package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.CommandLevel;
import io.fengsui.event.Severity;
import io.fengsui.schema.topic.Realm;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who must act, who has it, what was reported and corrected: as pages, forms and JSON. */
class DutyConsoleTest {
    private static final String ID = "elevator-entrapment@lift-053";
    private static final String PATH = "/alerts/live/elevator-entrapment@lift-053";

    private final TestConsole console = new TestConsole();

    @BeforeEach
    void show() {
        console.show(console.samples.entrapment());
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void shouldCountDownInTheRowAndOnThePageInBothLanguages() throws Exception {
        Instant now = Instant.now();
        console.show(Alert.newBuilder(console.samples.entrapment())
                .setWaitingSince(now.minusSeconds(30))
                .setStartedAt(now.minusSeconds(30))
                .setGradedAt(now.minus(Duration.ofMinutes(40)))
                .build());

        assertThat(console.get("/").body()).contains("1 分钟后升级", "电话首报 超时 10 分钟");
        assertThat(console.get(PATH).body()).contains("区镇处置", "电话首报，报 市应急办（总值班室）", "超时 10 分钟", "书面首报，报", "还有 19 分钟");
        assertThat(console.get(PATH + "?lang=en").body())
                .contains("The unit must act", "First report by telephone", "overdue by 10 min", "rises in 1 min");
    }

    @Test
    void shouldTakeHandOverAndGiveBack() throws Exception {
        assertThat(act("take", Map.of()).headers().firstValue("Location"))
                .get()
                .asString()
                .endsWith("?done=assign");
        assertThat(alert().getAssignee()).isEqualTo("李敏");

        act("assign", Map.of("assignee", "王建国"));
        assertThat(alert().getAssignee()).isEqualTo("王建国");
        assertThat(console.get(PATH).body()).contains("承办 王建国", "承办人：王建国", "退回，暂无人承办");

        act("return", Map.of());
        assertThat(alert().getAssignee()).isNull();
    }

    @Test
    void shouldSayToWhomWhenNobodyIsNamedAndKeepWhatWasTyped() throws Exception {
        HttpResponse<String> answer = act("assign", Map.of("assignee", " ", "value", "7"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("没有填写交给谁", "name=\"value\" value=\"7\"");
    }

    @Test
    void shouldAskBeforeItEscalates() throws Exception {
        HttpResponse<String> asked = act("escalate", Map.of());
        assertThat(asked.body()).contains("确定升级处置？", "name=\"confirmed\" value=\"yes\"");
        assertThat(alert().getLevel()).isEqualTo(CommandLevel.UNIT);

        assertThat(act("escalate", Map.of("confirmed", "yes")).statusCode()).isEqualTo(303);
        assertThat(alert().getLevel()).isEqualTo(CommandLevel.DEPARTMENT);
        assertThat(console.get(PATH).body()).contains("已升级至部门", "改由：市级部门处置");
    }

    @Test
    void shouldEnterAReportOnce() throws Exception {
        act("report", Map.of("report", "telephone-first"));

        assertThat(alert().getReports()).singleElement().satisfies(made -> assertThat(made.getBy())
                .isEqualTo("李敏"));
        assertThat(console.get(PATH).body()).contains("报告：电话首报").doesNotContain("<option value=\"telephone-first\"");
        assertThat(act("report", Map.of("report", "telephone-first")).body()).contains("此项报告已经登记");
    }

    @Test
    void shouldCorrectAFigureWithAReason() throws Exception {
        assertThat(act("revise", Map.of("figure", "deaths", "value", "3", "note", ""))
                        .statusCode())
                .isEqualTo(422);

        act("revise", Map.of("figure", "deaths", "value", "3", "note", "医院核实"));

        assertThat(console.get(PATH).body()).contains("死亡人数", "订正：死亡人数 3（替代修订 1）", "医院核实");
        assertThat(act("revise", Map.of("figure", "deaths", "value", "three", "note", "医院核实"))
                        .body())
                .contains("数字必须是非负的十进制数");
    }

    @Test
    void shouldGradeByAFigureInTheSameAct() throws Exception {
        act("revise", Map.of("figure", "deaths", "value", "3", "severity", "I", "note", "医院核实"));

        assertThat(alert().getSeverity()).isEqualTo(Severity.I);
        assertThat(alert().getRevision()).isEqualTo(2);
        assertThat(console.get(PATH).body()).contains("订正：死亡人数 3", "仍为特别重大").doesNotContain("规则分级");

        RulesConsoleTest.publish(console, "elevator-119", List.of());
        assertThat(console.get(PATH).body()).contains("规则分级", "重大：", "或 响应级别 ≥ 3");
        assertThat(act("revise", Map.of("figure", "deaths", "value", "3", "severity", "VII", "note", "医院核实"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldEscapeWhatIsTypedAsAssignee() throws Exception {
        act("assign", Map.of("assignee", "<script>alert(1)</script>"));

        assertThat(console.get(PATH).body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert(1)");
    }

    @Test
    void shouldTellScriptsWhoMustActAndByWhen() throws Exception {
        act("take", Map.of());
        act("report", Map.of("report", "telephone-first"));

        assertThat(console.get("/api/alerts").body())
                .contains(
                        "\"level\":\"UNIT\"",
                        "\"escalatesTo\":\"DEPARTMENT\"",
                        "\"assignee\":\"李敏\"",
                        "\"id\":\"telephone-first\"",
                        "\"madeBy\":\"李敏\"",
                        "\"standing\":\"WAITING\"");
    }

    @Test
    void shouldNotCallAFlappingIngestBlindWhileDataComes() throws Exception {
        Alert blind = Alert.newBuilder(console.samples.blind()).setFlaps(3).build();
        console.show(blind);
        assertThat(console.get("/").body()).contains("收不到该通道的任何数据", "反复发生 3 次");

        console.show(Alert.newBuilder(blind).setQuietSince(Instant.now()).build());

        assertThat(console.get("/").body()).contains("反复发生 3 次，目前平稳").doesNotContain("收不到该通道的任何数据");
    }

    private Alert alert() {
        return console.board.get(Realm.LIVE, ID).orElseThrow();
    }

    private HttpResponse<String> act(String action, Map<String, String> more) throws Exception {
        Map<String, String> form = new HashMap<>(Map.of(
                "action",
                action,
                "actor",
                "李敏",
                "note",
                "说明",
                "revision",
                Integer.toString(alert().getRevision()),
                "commandId",
                UUID.randomUUID().toString()));
        form.putAll(more);
        return console.post(PATH, form);
    }
}
