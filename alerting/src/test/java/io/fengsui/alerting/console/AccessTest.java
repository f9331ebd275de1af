package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alerting.access.LoginThrottle;
import io.fengsui.alerting.access.Passwords;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Sessions;
import io.fengsui.alerting.access.Tokens;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UserDirectory;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.meter.AlertingMeters;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.schema.topic.Realm;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what he may do there, by HTTP. */
class AccessTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String HASH = Passwords.hash(PASSWORD);
    private static final String TOKEN = Tokens.bearer();
    private static final String LIFT = Paths.alert(Realm.LIVE, "elevator-entrapment@lift-053");

    @TempDir
    private Path directory;

    private Path file;
    private TestConsole console;

    @BeforeEach
    void start() throws Exception {
        file = directory.resolve("users.csv");
        UsersFile.empty()
                .with(user("viewer", Role.VIEWER, null), HASH, "")
                .with(user("own", Role.UNIT_OFFICER, unitOfTheLift()), HASH, "")
                .with(user("other", Role.UNIT_OFFICER, "bacheng"), HASH, "")
                .with(user("city", Role.CITY_DUTY_OFFICER, null), HASH, "")
                .with(user("admin", Role.ADMINISTRATOR, null), HASH, "")
                .with(user("script", Role.CITY_DUTY_OFFICER, null), "", Tokens.hash(TOKEN))
                .write(file);
        console = new TestConsole(0, access(false, Set.of()));
        console.show(console.samples.entrapment());
    }

    private static String unitOfTheLift() {
        try (TestConsole sample = new TestConsole()) {
            return sample.samples.entrapment().getSubject().getUnitIds().get(0);
        }
    }

    private Access access(boolean secure, Set<String> proxies) {
        return new Access(
                Optional.of(new UserDirectory(file)),
                Optional.empty(),
                false,
                secure,
                proxies,
                new Sessions(Duration.ofMinutes(30), Duration.ofHours(12)),
                new LoginThrottle());
    }

    private static User user(String name, Role role, String unit) {
        return new User(name, "值班员-" + name, role, Optional.ofNullable(unit));
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void shouldShowNothingToWhoIsNotLoggedIn() throws Exception {
        for (String page : List.of("/", "/drill", LIFT, "/feeds", "/audit", "/help", "/nowhere", "/incidents/live/1")) {
            HttpResponse<String> answer = console.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/login?next=%2F");
            assertThat(answer.body()).doesNotContain("样例");
        }
        for (String address : List.of("/api/alerts", "/api/nothing", "/events")) {
            HttpResponse<String> answer = console.get(address);
            assertThat(answer.statusCode()).as(address).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        }
        assertThat(console.get("/", "HX-Request", "true").statusCode()).isEqualTo(401);
        for (String open : List.of("/login", "/health/live", "/health/ready", "/metrics")) {
            assertThat(console.get(open).statusCode()).as(open).isEqualTo(200);
        }
        assertThat(console.get("/login").body()).doesNotContain("样例", "未确认", "<nav");
        assertThat(console.get("/assets/none.js").body()).doesNotContain("<nav");
    }

    @Test
    void shouldLogInAndComeBackToThePageThatWasAskedFor() throws Exception {
        HttpResponse<String> answer = logIn("city", PASSWORD, LIFT);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith(LIFT);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("fengsui-session=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure", "Max-Age");

        String page = console.get(LIFT, "Cookie", cookie(answer)).body();
        assertThat(page)
                .contains("值班员-city", "退出", "href=\"/audit\"", "name=\"csrf\"")
                .doesNotContain("name=\"actor\"");
        assertThat(console.trail.entries)
                .extracting(AuditEntry::getUser, AuditEntry::getAct, AuditEntry::getOutcome, AuditEntry::getVia)
                .containsExactly(tuple("city", "log-in", AuditOutcome.DONE, "PASSWORD"));
    }

    @Test
    void shouldMarkTheCookieForHttpsAlone() throws Exception {
        try (TestConsole secure = new TestConsole(0, access(true, Set.of()))) {
            HttpResponse<String> answer = secure.post("/login", Map.of("name", "city", "password", PASSWORD));

            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-fengsui-session=")
                    .contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/");
            assertThat(secure.get("/login").headers().firstValue("Strict-Transport-Security"))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/login?next=/", "/a\\b"
            })
    void shouldNeverLeadOutOfTheConsole(String next) throws Exception {
        assertThat(logIn("city", PASSWORD, next)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/")
                .doesNotContain("evil", "login");
    }

    @Test
    void shouldSayTheSameOfAWrongPasswordAndOfNobody() throws Exception {
        HttpResponse<String> wrong = logIn("city", "wrong password", "/");
        HttpResponse<String> nobody = logIn("nobody", "wrong password", "/");
        HttpResponse<String> without = logIn("script", "", "/");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(wrong.body().replace("value=\"city\"", ""))
                .contains("用户名或密码不对")
                .isEqualTo(nobody.body().replace("value=\"nobody\"", ""));
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(console.trail.entries)
                .extracting(AuditEntry::getUser, AuditEntry::getOutcome, AuditEntry::getReason)
                .as("a name that nobody has may be a password")
                .containsExactly(
                        tuple("city", AuditOutcome.REFUSED, "WRONG_PASSWORD"),
                        tuple(null, AuditOutcome.REFUSED, "WRONG_PASSWORD"),
                        tuple("script", AuditOutcome.REFUSED, "WRONG_PASSWORD"));
    }

    @Test
    void shouldMakeWhoGuessesWait() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(logIn("city", "guess " + i, "/").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> waits = logIn("city", PASSWORD, "/");
        assertThat(waits.statusCode()).as("the right one too").isEqualTo(429);
        assertThat(waits.headers().firstValue("Retry-After")).isPresent();
        assertThat(waits.body()).contains("尝试次数过多");

        console.ahead = Duration.ofSeconds(5);
        assertThat(logIn("city", PASSWORD, "/").statusCode()).isEqualTo(303);
    }

    @Test
    void shouldActInTheNameOfTheUserWhateverTheFormSays() throws Exception {
        Browser own = new Browser("own");
        HttpResponse<String> answer = own.act("acknowledge", Map.of("actor", "别人"));

        assertThat(answer.statusCode()).isEqualTo(303);
        Alert alert = lift();
        assertThat(alert.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(alert.getAcknowledgedBy()).isEqualTo("值班员-own");
        AuditEntry entry = console.trail.entries.get(console.trail.entries.size() - 1);
        assertThat(entry.getOutcome()).isEqualTo(AuditOutcome.ALLOWED);
        assertThat(entry.getUser()).isEqualTo("own");
        assertThat(entry.getUnit()).isEqualTo(unitOfTheLift());
        assertThat(entry.getAddress()).isEqualTo("127.0.0.1");
        assertThat(entry.getAlertId()).isEqualTo("elevator-entrapment@lift-053");
        assertThat(entry.getRevision()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"viewer", "other"})
    void shouldRefuseAndAuditWhatTheRoleMayNot(String name) throws Exception {
        Browser browser = new Browser(name);
        assertThat(console.get(LIFT, "Cookie", browser.cookie).body())
                .contains("您的角色不能对这条告警做任何操作")
                .doesNotContain("name=\"action\"");

        HttpResponse<String> forged = browser.act("cancel", Map.of("confirmed", "yes", "note", "误报"));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("您的角色不能做此操作");
        assertThat(lift().getRevision()).isEqualTo(1);
        assertThat(console.trail.entries.get(console.trail.entries.size() - 1))
                .extracting(AuditEntry::getUser, AuditEntry::getAct, AuditEntry::getOutcome, AuditEntry::getReason)
                .containsExactly(name, "cancel", AuditOutcome.REFUSED, "NOT_PERMITTED");
    }

    @Test
    void shouldAuditWhatIsRefusedBeforeItIsAsked() throws Exception {
        Browser city = new Browser("city");
        assertThat(city.act("comment", Map.of("note", "")).statusCode()).isEqualTo(422);
        console.show(console.samples.exercise(console.samples.entrapment(), "秋季演练"));
        String drill = Paths.alert(Realm.DRILL, "elevator-entrapment@lift-053");
        assertThat(city.act(drill, "acknowledge", Map.of("exercise", "春季演练")).statusCode())
                .isEqualTo(422);
        console.ahead = Duration.ofMinutes(31);
        assertThat(city.act("acknowledge", Map.of()).statusCode()).isEqualTo(401);

        assertThat(lift().getRevision()).isEqualTo(1);
        assertThat(console.trail.entries)
                .filteredOn(entry -> entry.getOutcome() == AuditOutcome.REFUSED)
                .extracting(AuditEntry::getUser, AuditEntry::getAct, AuditEntry::getReason)
                .containsExactly(
                        tuple("city", "comment", "NOTE_MISSING"),
                        tuple("city", "acknowledge", "EXERCISE_NAME"),
                        tuple("city", "acknowledge", "IDLE"));
    }

    /** Each open board is told of changes by a connection, of which there are a thousand. */
    @Test
    void shouldNotLetOneUserTakeTheConnectionsOfAll() throws Exception {
        Browser viewer = new Browser("viewer");
        HttpClient http = HttpClient.newHttpClient();
        List<InputStream> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                connections.add(events(http, viewer));
                assertThat(connections.get(i).read()).as("connection %s", i).isNotNegative();
            }
            connections.add(events(http, viewer));
            assertThat(connections.get(200).read()).as("one too many").isNegative();
            connections.add(events(http, new Browser("city")));
            assertThat(connections.get(201).read()).isNotNegative();
        } finally {
            for (InputStream connection : connections) {
                connection.close();
            }
        }
    }

    private InputStream events(HttpClient http, Browser browser) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(console.uri("/events?live=0"))
                .header("Accept", "text/event-stream")
                .header("Cookie", browser.cookie)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    @Test
    void shouldRefuseAndAuditAFormThatIsNotOfThisSession() throws Exception {
        Browser city = new Browser("city");
        for (String csrf : new String[] {"", "x", new Browser("own").csrf}) {
            HttpResponse<String> answer = city.act("acknowledge", Map.of("csrf", csrf));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("表单已过期");
        }
        assertThat(lift().getRevision()).isEqualTo(1);
        assertThat(console.trail.entries)
                .filteredOn(entry -> "CSRF".equals(entry.getReason()))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.getAct()).isEqualTo("acknowledge"));

        HttpResponse<String> otherSite = console.post(
                LIFT,
                Map.of("action", "acknowledge", "csrf", city.csrf),
                "Cookie",
                city.cookie,
                "Origin",
                "https://evil.example");
        assertThat(otherSite.statusCode()).isEqualTo(403);
        assertThat(console.trail.entries.get(console.trail.entries.size() - 1).getReason())
                .isEqualTo("CROSS_SITE");
    }

    @Test
    void shouldDoNothingWhenTheActCannotBeWrittenDown() throws Exception {
        Browser city = new Browser("city");
        console.trail.away = true;

        assertThat(city.act("acknowledge", Map.of()).statusCode()).isEqualTo(503);
        assertThat(lift().getRevision()).isEqualTo(1);
    }

    @Test
    void shouldDoNothingByGet() throws Exception {
        Browser city = new Browser("city");
        for (String address : List.of(LIFT + "?action=acknowledge&csrf=" + city.csrf, "/logout")) {
            console.get(address, "Cookie", city.cookie);
        }
        assertThat(lift().getRevision()).isEqualTo(1);
        assertThat(console.get("/", "Cookie", city.cookie).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldEndTheSessionAtLogOut() throws Exception {
        Browser city = new Browser("city");
        HttpResponse<String> out = console.post(
                "/logout",
                Map.of("csrf", city.csrf),
                "Cookie",
                city.cookie,
                "Origin",
                console.uri("").toString());

        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Expires=Thu, 01 Jan 1970");
        assertThat(console.get("/", "Cookie", city.cookie).statusCode()).isEqualTo(303);
        assertThat(console.trail.entries).extracting(AuditEntry::getAct).containsExactly("log-in", "log-out");
    }

    @Test
    void shouldEndSessionsOfWhoIsGoneOrHasANewPassword() throws Exception {
        Browser city = new Browser("city");
        Browser admin = new Browser("admin");
        UsersFile.read(file)
                .with(user("city", Role.CITY_DUTY_OFFICER, null), Passwords.hash("another password"), "")
                .with(user("admin", Role.VIEWER, null), HASH, "")
                .write(file);
        console.ahead = Duration.ofSeconds(3);

        assertThat(console.get("/", "Cookie", city.cookie).statusCode()).isEqualTo(303);
        assertThat(console.get("/audit", "Cookie", admin.cookie).statusCode())
                .as("a role that was taken away counts at once")
                .isEqualTo(403);
    }

    @Test
    void shouldOnlyLookWhenNobodyActsAndEndAfterAShift() throws Exception {
        Browser city = new Browser("city");
        console.ahead = Duration.ofMinutes(20);
        console.get("/", "Cookie", city.cookie, "HX-Request", "true");
        console.ahead = Duration.ofMinutes(31);

        HttpResponse<String> look = console.get(LIFT, "Cookie", city.cookie);
        assertThat(look.statusCode()).as("the board does not go dark").isEqualTo(200);
        assertThat(look.body()).contains("现在只能查看", "重新登录");
        HttpResponse<String> act = city.act("comment", Map.of("note", "写好的说明"));
        assertThat(act.statusCode()).isEqualTo(401);
        assertThat(act.body()).contains("写好的说明", "长时间没有操作");
        assertThat(lift().getRevision()).isEqualTo(1);

        HttpResponse<String> again = console.post(
                "/login",
                Map.of("name", "city", "password", PASSWORD),
                "Cookie",
                city.cookie,
                "Origin",
                console.uri("").toString());
        city.cookie = cookie(again);
        assertThat(city.act("comment", Map.of("note", "写好的说明")).statusCode())
                .as("the form that was open is still good")
                .isEqualTo(303);
        console.ahead = Duration.ofHours(13);
        assertThat(console.get("/", "Cookie", city.cookie).statusCode()).isEqualTo(303);
    }

    @Test
    void shouldLetScriptsInByTheirToken() throws Exception {
        assertThat(console.get("/api/alerts", "Authorization", "Bearer " + TOKEN)
                        .body())
                .contains("elevator-entrapment@lift-053");
        Map<String, String> form = Map.of(
                "action",
                "acknowledge",
                "revision",
                "1",
                "commandId",
                UUID.randomUUID().toString());
        assertThat(console.post(LIFT, form, "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(303);
        assertThat(lift().getAcknowledgedBy()).isEqualTo("值班员-script");

        HttpResponse<String> wrong = console.get("/api/alerts", "Authorization", "Bearer nobodys");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(console.trail.entries.get(console.trail.entries.size() - 1))
                .extracting(AuditEntry::getVia, AuditEntry::getReason)
                .containsExactly("TOKEN", "WRONG_TOKEN");
        for (int i = 0; i < 25; i++) {
            wrong = console.get("/api/alerts", "Authorization", "Bearer guess-" + i);
        }
        assertThat(wrong.statusCode()).isEqualTo(429);
        assertThat(logIn("city", PASSWORD, "/").statusCode())
                .as("an officer beside it")
                .isEqualTo(303);
    }

    @Test
    void shouldCountLogInsByWhatCameOfThem() throws Exception {
        assertThat(logins("PASSWORD", "SUCCEEDED")).isZero();

        logIn("city", PASSWORD, "/");
        for (int i = 0; i < 30; i++) {
            logIn("city", "wrong", "/");
        }
        console.get("/api/alerts", "Authorization", "Bearer nobodys");
        console.get("/api/alerts", "Authorization", "Bearer " + TOKEN);

        assertThat(logins("PASSWORD", "SUCCEEDED")).isEqualTo(1);
        assertThat(logins("PASSWORD", "DENIED")).isPositive();
        assertThat(logins("PASSWORD", "THROTTLED")).isPositive();
        assertThat(logins("PASSWORD", "DENIED") + logins("PASSWORD", "THROTTLED"))
                .isEqualTo(30);
        assertThat(logins("TOKEN", "DENIED")).isEqualTo(1);
        assertThat(console.get("/metrics").body())
                .contains("fengsui_alerting_logins_total{outcome=\"DENIED\",via=\"OPENID\"} 0.0");
    }

    private double logins(String via, String outcome) {
        return console.meters
                .get(AlertingMeters.LOGINS.meter())
                .tags("via", via, "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void shouldBelieveOnlyItsProxiesWhereARequestCameFrom() throws Exception {
        console.post(
                "/login",
                Map.of("name", "city", "password", "x"),
                "Origin",
                console.uri("").toString(),
                "X-Forwarded-For",
                "10.1.1.1");
        assertThat(console.trail.entries.get(0).getAddress()).isEqualTo("127.0.0.1");

        try (TestConsole behind = new TestConsole(0, access(false, Set.of("127.0.0.1")))) {
            behind.post(
                    "/login",
                    Map.of("name", "city", "password", "x"),
                    "Origin",
                    behind.uri("").toString(),
                    "X-Forwarded-For",
                    "6.6.6.6, 10.1.1.1");
            assertThat(behind.trail.entries.get(0).getAddress()).isEqualTo("10.1.1.1");
        }
    }

    @Test
    void shouldShowTheAuditToThoseWhoMaySeeIt() throws Exception {
        new Browser("other").act("cancel", Map.of("confirmed", "yes", "note", "<b>误报</b>"));
        logIn("<script>", "x", "/");
        Browser city = new Browser("city");

        String page = console.get("/audit", "Cookie", city.cookie).body();
        assertThat(page)
                .contains("值班员-other", "单位值班员 · bacheng", "撤销（误报）", "已拒绝", "您的角色不能对这条告警做此操作", "未知用户", "127.0.0.1")
                .contains("用户名或密码不对")
                .contains("href=\"" + LIFT + "\"")
                .doesNotContain("<script>x");
        assertThat(console.get("/audit?alert=lift-053&user=other&lang=en", "Cookie", city.cookie)
                        .body())
                .contains("Cancel, false alarm", "Your role may not do this to this alert")
                .doesNotContain("Unknown user", "值班员-city</b>");
        assertThat(console.get("/audit?user=nobody", "Cookie", city.cookie + "; fengsui-lang=zh")
                        .body())
                .contains("没有符合条件的记录");
        assertThat(console.get("/audit?from=2020-01-01T00:00&to=2020-01-02T00:00", "Cookie", city.cookie)
                        .body())
                .contains("没有符合条件的记录");
        assertThat(console.get("/audit?from=yesterday", "Cookie", city.cookie).body())
                .contains("时间无法识别", "值班员-other");
        console.trail.away = true;
        assertThat(console.get("/audit", "Cookie", city.cookie).body()).contains("暂时读不到审计记录");
        console.trail.away = false;

        Browser viewer = new Browser("viewer");
        assertThat(console.get("/", "Cookie", viewer.cookie).body()).doesNotContain("href=\"/audit\"");
        assertThat(console.get("/audit", "Cookie", viewer.cookie).statusCode()).isEqualTo(403);
        assertThat(console.trail.entries.get(console.trail.entries.size() - 1).getAct())
                .isEqualTo("read-audit");
    }

    private Alert lift() {
        return console.board.get(Realm.LIVE, "elevator-entrapment@lift-053").orElseThrow();
    }

    private HttpResponse<String> logIn(String name, String password, String next) throws Exception {
        return console.post("/login", Map.of("name", name, "password", password, "next", next));
    }

    private static String cookie(HttpResponse<String> answer) {
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    /** Somebody who is logged in and has the lift's alert open. */
    private final class Browser {
        private final String csrf;
        private String cookie;

        Browser(String name) throws Exception {
            cookie = AccessTest.cookie(logIn(name, PASSWORD, "/"));
            Matcher field = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"")
                    .matcher(console.get(LIFT, "Cookie", cookie).body());
            assertThat(field.find()).isTrue();
            csrf = field.group(1);
        }

        HttpResponse<String> act(String action, Map<String, String> more) throws Exception {
            return act(LIFT, action, more);
        }

        HttpResponse<String> act(String alert, String action, Map<String, String> more) throws Exception {
            Map<String, String> form = new HashMap<>(Map.of(
                    "action",
                    action,
                    "revision",
                    "1",
                    "commandId",
                    UUID.randomUUID().toString(),
                    "csrf",
                    csrf));
            form.putAll(more);
            return console.post(
                    alert, form, "Cookie", cookie, "Origin", console.uri("").toString());
        }
    }
}
