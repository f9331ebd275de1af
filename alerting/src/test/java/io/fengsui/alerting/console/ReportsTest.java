package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertAccount;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.ReportDeadline;
import io.fengsui.alerting.access.LoginThrottle;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Sessions;
import io.fengsui.alerting.access.Tokens;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UserDirectory;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.alerting.console.page.Times;
import io.fengsui.event.Severity;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monthly figures as a page and as a table. */
class ReportsTest {
    private final YearMonth last =
            YearMonth.from(Instant.now().atZone(Times.ZONE)).minusMonths(1);
    private final Instant begun = last.atDay(3).atTime(9, 0).atZone(Times.ZONE).toInstant();

    @TempDir
    private Path directory;

    private TestConsole console = new TestConsole();

    static AlertAccount.Builder account(String id, Instant at, String... units) {
        return AlertAccount.newBuilder()
                .setAlertId(id)
                .setStartedAt(at)
                .setRevision(3)
                .setEventTime(at)
                .setState(AlertState.RESOLVED)
                .setSeverity(Severity.II)
                .setRuleId("rule")
                .setFeed("elevator-119")
                .setUnitIds(List.of(units))
                .setAcknowledgedAt(at.plusSeconds(90))
                .setArrivedAt(at.plusSeconds(1_200))
                .setEndedAt(at.plusSeconds(3_600));
    }

    @BeforeEach
    void fill() {
        console.accounts.add(account("a", begun, "zhangpu", "tinglin")
                .setDepartmentIds(List.of("fire"))
                .setEscalations(2)
                .setDeadlines(List.of(new ReportDeadline("r", begun.plusSeconds(60), null)))
                .build());
        console.accounts.add(account("b", begun, "zhangpu")
                .setState(AlertState.CANCELLED)
                .setFeed("<script>alert(1)</script>")
                .build());
        console.accounts.add(account("c", begun, "=HYPERLINK(\"http://x\")").build());
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void shouldShowAMonthInBothLanguages() throws Exception {
        String page = console.get("/reports?month=" + last).body();

        assertThat(page)
                .contains("昆山市突发事件告警月报", last.getYear() + "年" + last.getMonthValue() + "月", "制表时间 ")
                .contains("全市合计", "张浦镇", "1 分钟 / 1 分钟", "20 分钟 / 20 分钟", "市消防大队", "=HYPERLINK")
                .doesNotContain("<script>alert", "本月未结束");
        assertThat(console.get("/reports?month=" + last + "&lang=en").body())
                .contains("Monthly figures of alerts, Kunshan City", "Zhangpu Town", "City total", "1 min / 1 min");
    }

    @Test
    void shouldSayThatAMonthIsNotOverAndCountWhatIsOpen() throws Exception {
        console.show(console.samples.entrapment());
        console.show(console.samples.exercise(console.samples.hopper(), "2026 演练"));

        String csv = console.get("/reports.csv").body();

        assertThat(console.get("/reports").body()).contains("本月未结束");
        assertThat(csv.lines().filter(line -> line.contains(",tinglin,")))
                .singleElement()
                .asString()
                .contains(",否,tinglin,");
        assertThat(csv.lines()
                        .filter(line -> line.contains(",kaifaqu,"))
                        .findFirst()
                        .orElseThrow())
                .as("the exercise")
                .contains("昆山开发区,0,");
    }

    @Test
    void shouldGiveATableThatASpreadsheetReadsAndRunsNothingOf() throws Exception {
        HttpResponse<String> answer = console.get("/reports.csv?month=" + last);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"fengsui-" + last + ".csv\"");
        assertThat(bytes).startsWith(0xEF, 0xBB, 0xBF);
        List<String> lines = answer.body().substring(1).lines().toList();
        assertThat(lines.get(0)).startsWith("月份,已结束,单位编号,单位,告警数,I,II,III,IV,?,未结束,确认用时 有记录数,确认用时 中位 (分钟)");
        assertThat(lines.get(1))
                .startsWith(last + ",是,,全市合计,3,0,3,0,0,0,0,3,1.5,1.5,3,20.0,20.0,2,60.0,60.0,2,0,1,0,1,0,");
        assertThat(answer.body()).contains("\"'=HYPERLINK(\"\"http://x\"\")\"").doesNotContain(",=", ",\"=");
        assertThat(lines)
                .filteredOn(line -> line.contains(",zhangpu,"))
                .singleElement()
                .asString()
                .contains("张浦镇,2,");
    }

    @Test
    void shouldTakeNoOtherMonthAndSayWhenKafkaIsAway() throws Exception {
        assertThat(console.get("/reports?month=%3Cb%3E").body()).contains("没有这个月份");
        assertThat(console.get("/reports?month=1999-01").body()).contains("没有这个月份");
        assertThat(console.get("/reports.csv?month=2999-01").statusCode()).isEqualTo(400);
        assertThat(console.get("/reports?month=" + last.minusMonths(5)).body()).contains("本月没有告警");
        console.trail.away = true;
        assertThat(console.get("/reports?month=" + last.minusMonths(1)).body()).contains("暂时无法读取");
        assertThat(console.get("/reports.csv?month=" + last.minusMonths(1)).statusCode())
                .isEqualTo(503);
    }

    @Test
    void shouldShowAnOfficerHisOwnUnitAlone() throws Exception {
        Path file = directory.resolve("users.csv");
        String unit = Tokens.bearer();
        String department = Tokens.bearer();
        String viewer = Tokens.bearer();
        String city = Tokens.bearer();
        UsersFile.empty()
                .with(new User("unit", "U", Role.UNIT_OFFICER, Optional.of("zhangpu")), "", Tokens.hash(unit))
                .with(new User("fire", "F", Role.DEPARTMENT_OFFICER, Optional.of("fire")), "", Tokens.hash(department))
                .with(new User("viewer", "V", Role.VIEWER, Optional.empty()), "", Tokens.hash(viewer))
                .with(new User("city", "C", Role.CITY_DUTY_OFFICER, Optional.empty()), "", Tokens.hash(city))
                .write(file);
        List<AlertAccount> accounts = List.copyOf(console.accounts);
        console.close();
        console = new TestConsole(
                0,
                new Access(
                        Optional.of(new UserDirectory(file)),
                        Optional.empty(),
                        false,
                        false,
                        Set.of(),
                        new Sessions(Duration.ofMinutes(30), Duration.ofHours(12)),
                        new LoginThrottle()));
        console.accounts.addAll(accounts);

        assertThat(table(unit).body().lines()).hasSize(2).last().asString().contains(",zhangpu,张浦镇,2,");
        assertThat(table(department).body().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains(",fire,市消防大队,1,");
        assertThat(table(city).body()).contains("全市合计");
        assertThat(table(viewer).statusCode()).isEqualTo(403);
        assertThat(console.get("/", "Authorization", "Bearer " + viewer).body()).doesNotContain("href=\"/reports\"");
        assertThat(console.get("/", "Authorization", "Bearer " + unit).body()).contains("href=\"/reports\"");
        assertThat(console.trail.entries).last().satisfies(entry -> assertThat(entry.getAct())
                .isEqualTo("read-figures"));
        assertThat(console.get("/reports").statusCode()).isEqualTo(303);
    }

    private HttpResponse<String> table(String token) throws Exception {
        return console.get("/reports.csv?month=" + last, "Authorization", "Bearer " + token);
    }
}
