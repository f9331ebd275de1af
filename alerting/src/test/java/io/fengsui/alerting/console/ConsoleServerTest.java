package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alert.Incident;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.board.OffsetSource.FeedOffsets;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.event.Severity;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Realm;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleServerTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void shouldShowWhoWasToldAndWhatTheyAnswered() throws Exception {
        Alert alert = console.samples.hopper();
        console.show(alert);
        console.board
                .deliveries()
                .put(
                        Realm.LIVE,
                        AlertDelivery.newBuilder()
                                .setAlertId(alert.getAlertId())
                                .setReceiver("webhook-0")
                                .setRevision(alert.getRevision())
                                .setOutcome(DeliveryOutcome.REJECTED)
                                .setAt(console.now)
                                .setAttempts(3)
                                .setReason("HTTP 422 <script>alert(1)</script>")
                                .build());

        String page = console.get(Paths.alert(Realm.LIVE, alert.getAlertId())).body();
        String api = console.get("/api/alerts").body();

        assertThat(page)
                .contains("被拒收", "Webhook 接收方 1", "尝试 3 次", "HTTP 422 &lt;script&gt;")
                .doesNotContain("<script>alert");
        assertThat(api).contains("\"receiver\":\"webhook-0\"", "\"outcome\":\"REJECTED\"", "\"attempts\":3");
    }

    @Test
    void shouldSpeakChineseFirstAndRememberTheLanguage() throws Exception {
        assertThat(console.get("/").body()).contains("lang=\"zh-CN\"", "值班台", "当前没有未结束的告警");

        HttpResponse<String> english = console.get("/?lang=en");
        assertThat(english.body()).contains("lang=\"en\"", "No open alerts");
        assertThat(english.headers().firstValue("Set-Cookie")).hasValueSatisfying(cookie -> assertThat(cookie)
                .contains("fengsui-lang=en", "SameSite=Strict", "HttpOnly"));
        assertThat(console.get("/feeds", "Cookie", "fengsui-lang=en").body()).contains("Reading the ledger");
    }

    @Test
    void shouldPutUnacknowledgedGravestFirstAndFoldBehindGateways() throws Exception {
        console.samples.morning().forEach(console::show);
        String page = console.get("/").body();

        assertThat(page.indexOf("样例电梯-053")).isLessThan(page.indexOf("样例除尘器-014"));
        assertThat(page.indexOf("样例除尘器-014")).isLessThan(page.indexOf("样例网关 gw-video-zhoushi"));
        assertThat(page.indexOf("样例除尘器-022"))
                .as("an acknowledged I comes after an unacknowledged IV")
                .isLessThan(page.indexOf("样例北斗终端-21"));
        assertThat(page).contains("<title>(2) 值班台 · 烽燧</title>", "因本告警收起 6 条", "另有 6 条被抑制");
    }

    @Test
    void shouldNeverShowLiveAndDrillOnOneBoard() throws Exception {
        console.show(console.samples.hopper());
        console.show(console.samples.exercise(console.samples.entrapment(), "样例演练"));

        assertThat(console.get("/").body()).contains("样例除尘器-014").doesNotContain("样例电梯-053", "drill-mark");
        assertThat(console.get("/drill").body())
                .contains("样例电梯-053", "演练 EXERCISE", "样例演练", "class=\"drill\"")
                .doesNotContain("样例除尘器-014");
        assertThat(console.get(Paths.alert(Realm.LIVE, "elevator-entrapment@lift-053"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldFilterByUnitSeverityStateAndFeed() throws Exception {
        console.samples.morning().forEach(console::show);

        assertThat(list("/?unit=work-safety"))
                .contains("样例除尘器-014", "样例除尘器-022")
                .doesNotContain("样例电梯-053");
        assertThat(list("/?severity=I")).contains("样例北斗终端-21").doesNotContain("样例除尘器-014");
        assertThat(list("/?state=acknowledged")).contains("样例北斗终端-21").doesNotContain("样例除尘器-014");
        assertThat(list("/?feed=video-status"))
                .as("an inhibited alert stands alone when its gateway does not match")
                .contains("样例摄像机-01", "样例摄像机-11")
                .doesNotContain("样例网关");
        assertThat(list("/?feed=nonsense")).contains("没有符合筛选条件的告警", "13 条未结束告警不在筛选范围内");
    }

    private String list(String path) throws Exception {
        String page = console.get(path).body();
        return page.substring(page.indexOf("<div id=\"board\">"), page.indexOf("class=\"ended\""));
    }

    @Test
    void shouldSayOnEveryPageThatIngestIsBlind() throws Exception {
        console.show(console.samples.blind());
        for (String page : new String[] {"/", "/drill", "/feeds", "/help", "/nowhere"}) {
            assertThat(console.get(page).body()).contains("接入中断", "遥测通道 telemetry", "不代表平安");
        }
    }

    @Test
    void shouldSayOnEveryPageThatNoNewAlertGetsHere() throws Exception {
        assertThat(console.get("/").body()).doesNotContain("值班台停止更新");
        console.fresh = false;

        for (String page : new String[] {"/", "/drill", "/feeds", "/help", "/nowhere"}) {
            assertThat(console.get(page).body()).contains("值班台停止更新", "新告警到不了这里");
        }
    }

    @Test
    void shouldShowADustAlarmThoughItsGatewayIsDown() throws Exception {
        console.show(console.samples.gateway("gw-dust-kaifaqu", "kaifaqu"));
        console.show(Alert.newBuilder(console.samples.hopper())
                .setSeverity(Severity.III)
                .build());
        console.show(console.samples
                .alert("dust-silent@dust-077", Severity.III, "dust-sensor")
                .setSubject(
                        SampleAlerts.subject(SubjectKind.DEVICE, "dust-077", "样例除尘器-077", "kaifaqu", "gw-dust-kaifaqu"))
                .build());

        assertThat(console.get("/").body()).contains("未结束 2", "另有 1 条被抑制");
        assertThat(json("/api/alerts?feed=dust-sensor").findValuesAsText("inhibitedBy"))
                .containsExactlyInAnyOrder("null", "gateway-down@gw-dust-kaifaqu");
    }

    @Test
    void shouldNameTheDeviceThatTellsOfAnIncident() throws Exception {
        AlertSubject platform = SampleAlerts.subject(SubjectKind.INCIDENT, "bd-1", "样例报警平台", "kaifaqu", null);
        console.show(console.samples
                .alert("police-incident@J2026/11 #7", Severity.III, "elevator-119")
                .setSubject(AlertSubject.newBuilder(platform)
                        .setId("J2026/11 #7")
                        .setName("J2026/11 #7")
                        .build())
                .build());

        assertThat(console.get("/").body()).contains("J2026/11 #7 · 样例报警平台");
        assertThat(console.get("/alerts/live/police-incident%40J2026/11%20%237").body())
                .contains("J2026/11 #7 · 样例报警平台");
        assertThat(json("/api/alerts").findValuesAsText("subjectKind")).containsExactly("INCIDENT");
    }

    @Test
    void shouldKeepSilenceFoldedUnderAGatewayThatIsJustBack() throws Exception {
        console.samples.morning().forEach(console::show);
        Alert gateway =
                console.board.get(Realm.LIVE, "gateway-down@gw-video-zhoushi").orElseThrow();
        console.show(Alert.newBuilder(gateway)
                .setState(AlertState.RESOLVED)
                .setEndedAt(Instant.now())
                .build());

        String page = console.get("/").body();
        assertThat(page).contains("因本告警收起 6 条", "另有 6 条被抑制");
        assertThat(page.indexOf("样例电梯-053")).isLessThan(page.indexOf("样例网关 gw-video-zhoushi"));
    }

    @Test
    void shouldShowAnIncidentAsOneRowWithItsAlertsAndAPageOfItsOwn() throws Exception {
        Incident incident = console.samples.incident("20261123-0a1b2c3d", Severity.I, 2);
        console.show(incident, List.of(console.samples.hopper(), console.samples.entrapment()));
        console.show(console.samples.camera(7, "bacheng", "巴城镇"));

        String board = console.get("/?lang=en").body();
        assertThat(board)
                .contains("Possible dust explosion", "Alerts of this incident: 2", "Incident 20261123-0a1b2c3d");
        assertThat(board.indexOf("Possible dust explosion"))
                .as("its own severity decides where it stands")
                .isLessThan(board.indexOf("Lift entrapment"))
                .isLessThan(board.indexOf("Camera of a major hazard source"));

        String page = console.get("/incidents/live/20261123-0a1b2c3d?lang=zh").body();
        assertThat(page).contains("样例电梯-053", "样例除尘器-014", "立即给企业打电话", "符合组合 dust-blind-rescue", "又有一类告警：");
        assertThat(console.get(Paths.alert(Realm.LIVE, "elevator-entrapment@lift-053"))
                        .body())
                .contains("href=\"/incidents/live/20261123-0a1b2c3d\"");
        assertThat(console.get("/incidents/drill/20261123-0a1b2c3d").statusCode())
                .isEqualTo(404);
        assertThat(console.get("/api/alerts?feed=elevator-119").body())
                .contains("\"incidentId\":\"20261123-0a1b2c3d\"");
    }

    @Test
    void shouldEscapeWhatStandsInAnIncident() throws Exception {
        Incident incident = Incident.newBuilder(console.samples.incident("<i>1</i>", Severity.II, 1))
                .setPlaceName("<script>alert(1)</script>")
                .setTitle(new AlertText("<b>标题</b>", "<b>title</b>"))
                .setRunbook(new AlertText("<img src=x>", "<img src=x>"))
                .build();
        console.show(incident, List.of(console.samples.hopper()));

        for (String path : List.of("/", Paths.incident(Realm.LIVE, "<i>1</i>"))) {
            assertThat(console.get(path).body())
                    .doesNotContain("<script>alert", "<b>标题", "<img src=x", "<i>1</i>")
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        }
    }

    @Test
    void shouldFoldTheSilenceOfAVendorsDevicesUnderItsAlertWithTheirNumber() throws Exception {
        console.show(console.samples
                .alert("vendor-dark@video-east", Severity.III, "gateway")
                .setTitle(new AlertText("厂商设备大面积失联", "Vendor dark"))
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.VENDOR)
                        .setId("video-east")
                        .setName("video-east")
                        .build())
                .setSilentDevices(41)
                .build());
        Alert silent = console.samples.silentSensor();
        console.show(Alert.newBuilder(silent)
                .setSubject(AlertSubject.newBuilder(silent.getSubject())
                        .setVendor("video-east")
                        .build())
                .build());

        assertThat(console.get("/?lang=en").body())
                .contains("41 devices silent", "1 folded under this alert", "1 more suppressed");
    }

    @Test
    void shouldMarkTheLatestOfWhatCannotWait() throws Exception {
        assertThat(mark("latest")).isZero();
        console.show(Alert.newBuilder(console.samples.entrapment())
                .setSeverity(Severity.III)
                .build());
        long people = mark("latest");
        assertThat(mark("urgent")).as("people in a lift are severity III").isEqualTo(1);

        act("acknowledge", "李敏", "已联系维保", 1);
        console.show(console.samples
                .alert("new@device", Severity.I, "dust-sensor")
                .setHistory(List.of(SampleAlerts.raised(Severity.I, Instant.ofEpochMilli(people + 1))))
                .build());
        assertThat(mark("urgent"))
                .as("one acknowledged, one new: the count is the same")
                .isEqualTo(1);
        assertThat(mark("latest")).isEqualTo(people + 1);
        assertThat(console.get("/drill").body()).contains("data-latest=\"" + (people + 1));
    }

    private long mark(String name) throws Exception {
        Matcher mark = Pattern.compile("data-" + name + "=\"(\\d+)\"")
                .matcher(console.get("/").body());
        assertThat(mark.find()).isTrue();
        return Long.parseLong(mark.group(1));
    }

    @Test
    void shouldEscapeWhatVendorsSend() throws Exception {
        Alert alert = console.samples
                .alert("rule@<script>alert(1)</script>", Severity.I, "<b>feed</b>")
                .setTitle(new AlertText("<script>alert(2)</script>", "<script>alert(2)</script>"))
                .setExplanation(new AlertText("\"><img src=x onerror=alert(3)>", "x"))
                .setValues(Map.of("<i>name</i>", "<u>value</u>"))
                .build();
        console.show(alert);

        for (String path : new String[] {"/", Paths.alert(Realm.LIVE, alert.getAlertId())}) {
            HttpResponse<String> page = console.get(path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("&lt;script&gt;alert(2)&lt;/script&gt;")
                    .doesNotContain("<script>alert", "<img src", "<b>feed", "<i>name", "<u>value");
        }
    }

    @Test
    void shouldSendStrictHeadersAndNoInlineScript() throws Exception {
        console.samples.morning().forEach(console::show);
        for (String path : new String[] {
            "/",
            "/drill",
            "/map",
            "/map/drill",
            "/rules",
            "/readings/live/dust-hopper-temperature%40dust-014",
            "/feeds",
            "/help",
            "/alerts/live/dust-silent%40dust-022",
            "/nowhere"
        }) {
            HttpResponse<String> page = console.get(path);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(page.headers().firstValue("Server")).isEmpty();
            assertThat(page.body())
                    .doesNotContainPattern("<script(?![^>]* src=\"/assets/)")
                    .doesNotContainPattern("\\son[a-z]+=")
                    .doesNotContainPattern("\\sstyle=")
                    .doesNotContainPattern("(src|href|action)=\"(https?:)?//");
        }
    }

    @Test
    void shouldServeEveryAssetOfAPageForAYear() throws Exception {
        Matcher asset = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
                .matcher(console.get("/map").body());
        int found = 0;
        while (asset.find()) {
            HttpResponse<String> file = console.get(asset.group(1));
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.body()).isNotBlank();
            assertThat(file.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("max-age=31536000", "immutable");
            found++;
        }
        assertThat(found).isEqualTo(8);
        assertThat(console.get("/assets/console.css").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldCarryOutACommandAndRememberTheActor() throws Exception {
        console.show(console.samples.entrapment());
        HttpResponse<String> answer = act("acknowledge", "李敏", "已联系维保", 1);

        assertThat(answer.statusCode()).isEqualTo(303);
        String next = answer.headers().firstValue("Location").orElseThrow();
        assertThat(next).endsWith("?done=acknowledge");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("fengsui-actor=%E6%9D%8E%E6%95%8F", "SameSite=Strict", "HttpOnly");
        String page = console.get(
                        next.substring(next.indexOf("/alerts")), "Cookie", cookie.substring(0, cookie.indexOf(';')))
                .body();
        assertThat(page).contains("已确认。", "由 李敏", "已联系维保", "value=\"李敏\"");
    }

    @Test
    void shouldShowWhatChangedInsteadOfActingOnAStaleRevision() throws Exception {
        console.show(console.samples.entrapment());
        act("acknowledge", "李敏", "由我处置", 1);
        HttpResponse<String> stale = act("resolve", "王建国", "我的说明", 1);

        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("操作未执行", "打开此页后告警有变化", "由我处置", "我的说明", "name=\"revision\" value=\"2\"");
        assertThat(console.board
                        .get(Realm.LIVE, "elevator-entrapment@lift-053")
                        .orElseThrow()
                        .getRevision())
                .isEqualTo(2);
    }

    @Test
    void shouldAskBeforeItCancels() throws Exception {
        console.show(console.samples.entrapment());
        HttpResponse<String> question = act("cancel", "李敏", "误报", 1);
        assertThat(question.statusCode()).isEqualTo(200);
        assertThat(question.body()).contains("确定撤销这条告警", "name=\"confirmed\" value=\"yes\"", "误报");

        HttpResponse<String> done = console.post(
                path(),
                Map.of(
                        "action",
                        "cancel",
                        "actor",
                        "李敏",
                        "note",
                        "误报",
                        "revision",
                        "1",
                        "commandId",
                        ID,
                        "confirmed",
                        "yes"));
        assertThat(done.headers().firstValue("Location").orElseThrow()).endsWith("?done=cancel");
    }

    @Test
    void shouldAskBeforeItResolvesWhatIsGrave() throws Exception {
        console.show(Alert.newBuilder(console.samples.entrapment())
                .setSeverity(Severity.III)
                .build());
        HttpResponse<String> question = act("resolve", "李敏", "", 1);
        assertThat(question.statusCode()).isEqualTo(200);
        assertThat(question.body()).contains("确定解除这条告警", "name=\"action\" value=\"resolve\"");

        console.show(Alert.newBuilder(console.samples.entrapment())
                .setSeverity(Severity.III)
                .setLifeSafety(false)
                .build());
        assertThat(act("resolve", "李敏", "", 1).headers().firstValue("Location").orElseThrow())
                .endsWith("?done=resolve");
    }

    @Test
    void shouldDoNothingGraveWhenEnterIsPressedInAField() throws Exception {
        console.show(console.samples.entrapment());
        for (String page : new String[] {
            console.get(path()).body(), act("cancel", "李敏", "误报", 1).body()
        }) {
            Matcher button =
                    Pattern.compile("<button[^>]* name=\"action\"[^>]*>").matcher(page);
            assertThat(button.find()).isTrue();
            assertThat(button.group()).contains("value=\"comment\"");
        }
    }

    @Test
    void shouldSayWhatToMendAndKeepWhatWasTyped() throws Exception {
        console.show(console.samples.entrapment());
        assertThat(act("comment", "", "一句话", 1).body()).contains("请填写值班员姓名", "一句话");
        assertThat(act("comment", "李敏", " ", 1).body()).contains("请填写说明");
        assertThat(act("cancel", "李敏", "", 1).body()).contains("请填写说明");
        assertThat(act("comment", "rule:x", "冒名", 1).body()).contains("不能以 rule: 开头");
        HttpResponse<String> huge = act("comment", "李敏", "长".repeat(1_001), 1);
        assertThat(huge.statusCode()).isEqualTo(422);
        assertThat(huge.body()).contains("最多 1000 个字，现有 1001 个");
        assertThat(act("comment", "李敏", "𠮷".repeat(1_000), 1).statusCode()).isEqualTo(303);
    }

    @Test
    void shouldTellWhenACommandIsNotStoredOrNotYetCarriedOut() throws Exception {
        console.show(console.samples.entrapment());
        console.log = TestConsole.Log.FAILS;
        HttpResponse<String> failed = act("acknowledge", "李敏", "说明", 1);
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.body()).contains("操作未能保存", "说明", ID);

        console.log = TestConsole.Log.STALLS;
        assertThat(act("acknowledge", "李敏", "", 1)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("?done=pending");
    }

    @Test
    void shouldRefuseActionsFromOtherSites() throws Exception {
        console.show(console.samples.entrapment());
        Map<String, String> form = Map.of("action", "acknowledge", "actor", "x", "revision", "1", "commandId", ID);

        for (String[] headers : new String[][] {
            {"Origin", "http://evil.example"},
            {"Origin", "null"},
            {"Sec-Fetch-Site", "cross-site", "Origin", "http://127.0.0.1:" + console.server.port()},
            {"Sec-Fetch-Site", "same-site"},
            {"Accept", "*/*"}
        }) {
            HttpResponse<String> answer = console.post(path(), form, headers);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("必须从值班台自己的页面提交");
        }
        assertThat(console.board
                        .get(Realm.LIVE, "elevator-entrapment@lift-053")
                        .orElseThrow()
                        .getRevision())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, /, 421",
        "evil.example:8080, /api/alerts, 421",
        "127.0.0.1.evil.example, /, 421",
        "duty.example.cn, /, 200",
        "DUTY.example.cn:443, /, 200",
        "localhost:8080, /, 200",
        "127.0.0.1:8080, /, 200",
        "[::1]:8080, /, 200",
        "fengsui-alerting:8080, /metrics, 200",
        "fengsui-alerting:8080, /health/ready, 200"
    })
    void shouldServeOnlyUnderItsOwnNames(String host, String path, int status) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.server.port())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void shouldRefuseMalformedAndOversizedForms() throws Exception {
        console.show(console.samples.entrapment());
        assertThat(console.post(path(), Map.of("action", "explode", "revision", "1", "commandId", ID))
                        .statusCode())
                .isEqualTo(400);
        assertThat(console.post(path(), Map.of("action", "comment", "revision", "x", "commandId", ID))
                        .statusCode())
                .isEqualTo(400);
        assertThat(console.post(path(), Map.of("action", "comment", "revision", "1", "commandId", "1"))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> large = act("comment", "李敏", "长".repeat(30_000), 1);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("64 KiB");
        assertThat(console.post("/alerts/live/unknown@alert", Map.of("action", "comment"))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/alerts/live/no%20such@alert",
                "/alerts/mars/x",
                "/alerts/live/%3Cscript%3E",
                "/alerts/live/a/b/c",
                "/assets/none.js",
                "/alerts/live/%E4%BD%A0"
            })
    void shouldAnswerNotFoundWithoutAStackTrace(String path) throws Exception {
        HttpResponse<String> answer = console.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("Exception", "at io.", "<script>");
    }

    @Test
    void shouldOpenAlertsWithStrangeIds() throws Exception {
        for (String id : new String[] {"rule@设备/一 号", "rule@a+b&c=d?e#f", "rule@a;b:c,d"}) {
            console.show(console.samples.alert(id, Severity.I, "dust-sensor").build());
            assertThat(console.get(Paths.alert(Realm.LIVE, id)).statusCode())
                    .as(id)
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldShowANumberInsteadOfAStackTraceWhenAPageFails() throws Exception {
        console.health = null;
        assertThat(console.get("/health/ready").statusCode()).isEqualTo(500);
        assertThat(console.get("/health/ready").body())
                .startsWith("Internal error ")
                .doesNotContain("Exception");
    }

    @Test
    void shouldListAlertsForScripts() throws Exception {
        console.samples.morning().forEach(console::show);
        console.show(console.samples.exercise(console.samples.hopper(), "x"));
        JsonNode open = json("/api/alerts");

        assertThat(open).hasSize(13);
        assertThat(open.get(0).get("alertId").asText()).isEqualTo("elevator-entrapment@lift-053");
        assertThat(open.get(0).get("title").get("en").asText()).isEqualTo("Lift entrapment");
        assertThat(open.get(0).get("startedAt").asText()).endsWith("+08:00");
        assertThat(json("/api/alerts?state=ended")).hasSize(1);
        assertThat(json("/api/alerts?state=all")).hasSize(14);
        assertThat(json("/api/alerts?realm=drill")).hasSize(1);
        assertThat(json("/api/alerts?unit=zhoushi&feed=video-status")
                        .get(0)
                        .get("inhibitedBy")
                        .asText())
                .isEqualTo("gateway-down@gw-video-zhoushi");
        assertThat(console.get("/api/alerts?state=nonsense").statusCode()).isEqualTo(400);
        assertThat(console.get("/api/alerts?realm=mars").statusCode()).isEqualTo(400);
        assertThat(console.get("/api/alerts?severity=1").statusCode()).isEqualTo(400);
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = console.get(path);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void shouldTellHealthAndMetrics() throws Exception {
        assertThat(console.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(json("/health/ready").get("details").get("kafka").asText()).isEqualTo("connected");
        console.health = Health.notReady(Map.of("streams", "REBALANCING"));
        assertThat(console.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(console.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(console.get("/health/ready").body()).contains("REBALANCING");
        console.health = Health.dead(Map.of());
        assertThat(console.get("/health/live").statusCode()).isEqualTo(503);

        console.meters.counter("fengsui.alerting.sample").increment();
        assertThat(console.get("/metrics").body()).contains("fengsui_alerting_sample_total 1.0");
    }

    @Test
    void shouldShowTheLedgerWithItsReasons() throws Exception {
        console.offsets.put("dust-sensor", new FeedOffsets(1_000, 1_000, 0));
        console.account("dust-sensor", 980, 12, 8, Map.of("OUT_OF_RANGE", 5L));
        console.ledger.poll();

        assertThat(console.get("/feeds").body())
                .contains("账目平衡", "1,005", "数值超出量程", "OUT_OF_RANGE", "检查单位；单位是字段名的一部分", "12 条没有路由", "实时与演练数据合计");
        assertThat(console.get("/feeds?lang=en").body())
                .contains(
                        "The accounts balance",
                        "often a wrong unit",
                        "Check the unit",
                        "live and exercise data together");
    }

    @Test
    void shouldShowWhichPlatformsDoNotRead() throws Exception {
        assertThat(console.get("/readers").body()).contains("正在读取消费组");
        Instant now = Instant.now();
        console.receipts.add(new Receipt("zhoushi", "zhoushi-platform", 2, 0, 0, null));
        console.receipts.add(new Receipt("kaifaqu", "<b>kaifaqu</b>", 0, 1_234, 1_234, now.minusSeconds(660)));
        console.receipts.add(new Receipt("bacheng", "bacheng-1", 0, 3, 0, now.minusSeconds(60)));
        console.receipts.add(new Receipt("bacheng", "bacheng-2", 1, 3, 0, now.minusSeconds(60)));
        console.readers.poll();

        String page = console.get("/readers").body();
        assertThat(page)
                .contains("1 个平台超过 10 分钟未读", "11 分钟", "1,234", "&lt;b&gt;kaifaqu", "没有平台读取", "未连接，有未读", "在线客户端 2")
                .doesNotContain("<b>kaifaqu");
        assertThat(page.indexOf("kaifaqu")).isLessThan(page.indexOf("bacheng-1"));
        assertThat(page.indexOf("bacheng-1")).isLessThan(page.indexOf("bacheng-2"));
        assertThat(page.indexOf("bacheng-2")).isLessThan(page.indexOf("zhoushi-platform"));
        assertThat(console.get("/readers?lang=en").body()).contains("1 platforms have let records wait", "All read");
    }

    @Test
    void shouldKnowItsPortAfterTheEndForLinksThatAreStillMade() {
        int port = console.server.port();
        console.server.close();

        assertThat(console.server.port()).isEqualTo(port).isPositive();
    }

    @Test
    void shouldNameThePortWhenItIsTaken() {
        assertThatThrownBy(() -> new TestConsole(console.server.port()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("Port " + console.server.port())
                .hasMessageContaining("alerting.http.port");
    }

    private static final String ID = "5f8c7d1e-93a4-4a6b-8a4f-6e0d2b9c1a10";

    private String path() {
        return Paths.alert(Realm.LIVE, "elevator-entrapment@lift-053");
    }

    private HttpResponse<String> act(String action, String actor, String note, int revision) throws Exception {
        String id = action.equals("acknowledge") ? ID : UUID.randomUUID().toString();
        return console.post(
                path(),
                Map.of("action", action, "actor", actor, "note", note, "revision", "" + revision, "commandId", id));
    }
}
