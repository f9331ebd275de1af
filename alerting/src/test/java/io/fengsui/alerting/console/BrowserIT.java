package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alert.Incident;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.access.LoginThrottle;
import io.fengsui.alerting.access.Passwords;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Sessions;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UserDirectory;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.alerting.board.OffsetSource.FeedOffsets;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Severity;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.reference.RuleFile;
import io.fengsui.schema.topic.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** The console in a real browser. Pictures of every page are left in target/screenshots for people to look at. */
class BrowserIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "screenshots");

    private static final List<Dimension> SIZES =
            List.of(new Dimension(1920, 1080), new Dimension(1280, 800), new Dimension(390, 844));

    private static final String STICKING_OUT = "return [...document.querySelectorAll("
            + "'.tile > *, .alert > *, .alert-head > *, .badge > *, .card > *, .buttons > *, .top > *, .filter > *,"
            + " .place > *, .rule > *, .map-side > *')]"
            + ".filter(e => e.getBoundingClientRect().right > e.parentElement.getBoundingClientRect().right + 1)"
            + ".map(e => e.tagName + '.' + e.className)";

    private static final List<Dimension> AND_SMALL =
            Stream.concat(SIZES.stream(), Stream.of(new Dimension(360, 740))).toList();

    private static final String UGLY_RULES = """
            params: {%s: {zh: "<b>%s</b>", en: "<script>alert(5)</script>", default: 1e300, unit: "<i>", min: 0, max: 1}}
            rules:
              - id: <script>alert(6)</script>%s
                title: {zh: "<img src=x onerror=alert(7)>%s", en: "<b>%s</b>"}
                severity: II
                when: event.%s >= param.%s && "<script>" == event.y
                runbook: {zh: "%s", en: "%s"}
            """.replace("%s", "很长Long".repeat(40));

    private static final List<AlertText> SPREAD = List.of(
            new AlertText("除尘器灰斗温度过高", "Dust collector hopper too hot"),
            new AlertText("摄像机离线", "Camera off-line"),
            new AlertText("水位超过警戒", "Water over the warning level"));

    @TempDir
    static Path profile;

    private static ChromeDriver browser;
    private TestConsole console;

    @BeforeAll
    static void openBrowser() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(CHROMEDRIVER),
                "skipped: " + CHROMIUM + " and " + CHROMEDRIVER + " are not on this machine");
        Files.createDirectories(PICTURES);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(CHROMEDRIVER.toFile())
                        .build(),
                options);
        // The address of a page changes before its elements are there.
        browser.manage().timeouts().implicitlyWait(Duration.ofSeconds(2));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void startConsole() {
        console = new TestConsole();
        browser.get(console.uri("/health/live").toString());
        browser.manage().deleteAllCookies();
        browser.manage().logs().get(LogType.BROWSER);
    }

    @AfterEach
    void stopConsole() throws IOException {
        browser.get("about:blank");
        console.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void shouldFitEveryPageInEverySize(String language) throws Exception {
        fillMorning();
        String alert = Paths.alert(Realm.LIVE, "dust-hopper-temperature@dust-014");
        String drillAlert = Paths.alert(Realm.DRILL, "elevator-entrapment@lift-053");
        told(console.samples.hopper());
        picture("board", "/", language);
        picture("drill", "/drill", language);
        picture("alert", alert, language);
        picture("drill-alert", drillAlert, language);
        picture("ended", Paths.alert(Realm.LIVE, "dust-hopper-temperature@dust-031"), language);
        console.show(
                console.samples.incident("20261123-0a1b2c3d", Severity.I, 3),
                List.of(
                        console.samples.hopper(),
                        console.samples.entrapment(),
                        console.samples.camera(14, "kaifaqu", "开发区")));
        picture("board-incident", "/", language);
        picture("incident", Paths.incident(Realm.LIVE, "20261123-0a1b2c3d"), language);
        picture("feeds", "/feeds", language);
        picture("rules-none", "/rules", language, SIZES.subList(2, 3));
        RulesConsoleTest.publish(console, "dust-sensor", List.of("the hopper grows hot"));
        RulesConsoleTest.publish(console, "video-status", List.of());
        RulesConsoleTest.publish(console, "medical-120", List.of());
        picture("rules", "/rules", language);
        console.show(RulesConsoleTest.withFigures(console.samples.hopper()));
        picture("readings", "/readings/live/dust-hopper-temperature%40dust-014", language);
        chart(alert, language);
        spread();
        picture("map", "/map", language);
        picture("map-drill", "/map/drill", language);
        picture("map-wall", "/map?wall=1", language, SIZES.subList(0, 1));
        picture("map-unwall", "/map?wall=0", language, SIZES.subList(2, 3));
        fillReaders();
        picture("readers", "/readers", language);
        fillReadersWithOddities();
        picture("readers-ugly", "/readers", language);
        fillAudit();
        picture("audit", "/audit", language, AND_SMALL);
        picture("help", "/help", language);
        picture("missing", "/nowhere", language);
        picture("nothing-matches", "/?severity=IV&unit=kaifaqu", language);
        console.show(console.samples.blind());
        picture("wall", "/?wall=1", language, SIZES.subList(0, 2));
        Alert gateway =
                console.board.get(Realm.LIVE, "gateway-down@gw-video-zhoushi").orElseThrow();
        console.show(Alert.newBuilder(gateway)
                .setState(AlertState.RESOLVED)
                .setEndedAt(Instant.now())
                .build());
        console.fresh = false;
        picture("standing-still", "/?wall=0", language);
    }

    /** The alert's own page takes the chart in after it is there, and keeps it over its refreshes. */
    private void chart(String alert, String language) throws IOException {
        for (Dimension size : SIZES) {
            resize(size);
            browser.get(console.uri(alert + "?lang=" + language).toString());
            await().atMost(Duration.ofSeconds(10)).until(() -> !browser.findElements(By.cssSelector("#charts svg"))
                    .isEmpty());
            browser.executeScript("document.getElementById('readings').scrollIntoView()");
            Files.write(
                    PICTURES.resolve("alert-chart-" + language + "-" + size.width + ".png"),
                    browser.getScreenshotAs(OutputType.BYTES));
        }
        browser.executeScript("window.chart = document.querySelector('#charts svg')");
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(8)).until(() -> (Boolean) browser.executeScript(
                "return document.contains(window.chart) && document.getElementById('lost').hidden"));
    }

    /** Alerts all over the city, several at one place, exercises apart. */
    private void spread() {
        for (int i = 0; i < 26; i++) {
            Severity severity = List.of(Severity.III, Severity.II, Severity.IV, Severity.III, Severity.I)
                    .get(i % 5);
            AlertSubject device =
                    SampleAlerts.subject(SubjectKind.DEVICE, "device-" + i, "样例设备-" + i, SampleCity.town(i), null);
            Alert alert = console.samples
                    .alert("spread@device-" + i, severity, "dust-sensor")
                    .setTitle(SPREAD.get(i % SPREAD.size()))
                    .setSubject(SampleAlerts.at(device, SampleCity.near(i)))
                    .build();
            console.show(
                    i % 3 == 0
                            ? Alert.newBuilder(alert)
                                    .setState(AlertState.ACKNOWLEDGED)
                                    .setAcknowledgedBy("李敏")
                                    .build()
                            : alert);
            if (i % 4 == 0) {
                console.show(console.samples.exercise(alert, "样例演练 2026-11"));
            }
        }
        for (int i = 0; i < 7; i++) {
            console.show(placed("together@device-" + i, i == 3 ? Severity.II : Severity.III, 120.963, 31.478));
        }
    }

    private Alert placed(String id, Severity severity, double longitude, double latitude) {
        return console.samples
                .alert(id, severity, "dust-sensor")
                .setSubject(SampleAlerts.at(
                        SampleAlerts.subject(
                                SubjectKind.DEVICE,
                                id.substring(id.indexOf('@') + 1),
                                "样例设备-" + id.replaceAll("\\D", ""),
                                "kaifaqu",
                                null),
                        new GeoPoint(longitude, latitude, Datum.WGS84)))
                .build();
    }

    private static List<WebElement> pins() {
        return browser.findElements(By.cssSelector("#map a.pin"));
    }

    /** With the keyboard: to a mark and, by Enter, to its alert; and a new alert is a mark by itself. */
    @Test
    void shouldLeadFromTheMapToAnAlertAndDrawNewOnesByThemselves() {
        console.show(placed("one@device-1", Severity.II, 120.9, 31.4));
        open("/map");
        await().until(() -> pins().size() == 1);
        assertThat(pins().get(0).getText()).isEqualTo("II");
        assertThat(browser.findElements(By.cssSelector("#map .unit-area"))).isNotEmpty();

        pins().get(0).sendKeys("");
        console.show(placed("two@device-2", Severity.I, 121.05, 31.2));
        await().atMost(Duration.ofSeconds(6)).until(() -> pins().size() == 2);
        assertThat(browser.switchTo().activeElement().getDomAttribute("href"))
                .as("what had the focus keeps it")
                .isEqualTo("/alerts/live/one%40device-1");
        browser.switchTo().activeElement().sendKeys(Keys.ENTER);
        await().until(() -> browser.getCurrentUrl().endsWith("/alerts/live/one%40device-1"));
    }

    @Test
    void shouldShowManyAtOnePlaceAsOneMarkWithANumberThatLeadsToTheList() {
        for (int i = 0; i < 7; i++) {
            console.show(placed("together@device-" + i, i == 3 ? Severity.II : Severity.III, 120.963, 31.478));
        }
        open("/map");
        await().until(() -> pins().size() == 1);
        await().ignoreException(StaleElementReferenceException.class)
                .until(() -> pins().get(0).getText().replaceAll("\\s+", " "), "II 7"::equals);
        await().ignoreException(StaleElementReferenceException.class).until(() -> {
            pins().get(0).click();
            return true;
        });
        await().until(() ->
                browser.findElements(By.cssSelector("#places .shown")).size() == 1);
        assertThat(browser.switchTo().activeElement().getDomAttribute("class")).contains("place");
    }

    /** No tile, no font, nothing from elsewhere; and 10,000 alerts are drawn, and drawn again, in a moment. */
    @Test
    void shouldDrawTenThousandAlertsAndAskNobodyElse() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            console.show(placed(
                    "storm@device-" + i,
                    i % 50 == 0 ? Severity.II : Severity.III,
                    120.82 + (i % 100) * 0.003,
                    31.12 + Math.floorDiv(i, 100) * 0.004));
        }
        open("/map");
        await().atMost(Duration.ofSeconds(10)).until(() -> pins().size() > 20);
        Object drawn = browser.executeScript("const start = performance.now();"
                + "document.body.dispatchEvent(new CustomEvent('htmx:afterSettle', {bubbles: true}));"
                + "return performance.now() - start");
        assertThat(((Number) drawn).doubleValue()).isLessThan(1_000);
        assertThat(pins()).hasSizeLessThanOrEqualTo(300);
        Object elsewhere = browser.executeScript("return performance.getEntriesByType('resource').map(e => e.name)"
                + ".filter(name => !name.startsWith(location.origin + '/'))");
        assertThat(elsewhere).isEqualTo(List.of());
        Files.write(PICTURES.resolve("map-storm-zh.png"), browser.getScreenshotAs(OutputType.BYTES));
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    private void fillReaders() throws InterruptedException {
        Instant now = Instant.now();
        console.receipts.add(new Receipt("zhoushi", "zhoushi-platform", 2, 0, 0, null));
        console.receipts.add(new Receipt("kaifaqu", "kaifaqu-platform", 0, 12_345, 12_345, now.minusSeconds(90_000)));
        console.receipts.add(new Receipt("work-safety", "work-safety-platform", 1, 3, 0, now.minusSeconds(60)));
        console.readers.poll();
    }

    private void fillReadersWithOddities() throws InterruptedException {
        Instant now = Instant.now();
        console.receipts.add(
                new Receipt("zhangpu", "k".repeat(200), 0, 123_456_789, 123_456_789, now.minusSeconds(90_000)));
        console.receipts.add(new Receipt("fire", "<script>alert(1)</script>", 1, 3, 0, now.minusSeconds(60)));
        console.receipts.add(new Receipt("no-longer-a-unit", "old", 0, 3, 0, now.minusSeconds(60)));
        console.readers.poll();
    }

    private void fillAudit() {
        String hopper = "dust-hopper-temperature@dust-014";
        String lift = "elevator-entrapment@lift-053";
        Stream.of(
                        did("log-in", AuditOutcome.REFUSED, 34).setReason("WRONG_PASSWORD"),
                        by(Role.CITY_DUTY_OFFICER, did("log-in", AuditOutcome.DONE, 33)),
                        by(Role.CITY_DUTY_OFFICER, about(hopper, 3, did("acknowledge", AuditOutcome.ALLOWED, 31))),
                        by(Role.CITY_DUTY_OFFICER, about(hopper, 3, did("acknowledge", AuditOutcome.DONE, 31))),
                        by(Role.UNIT_OFFICER, about(lift, 1, did("cancel", AuditOutcome.REFUSED, 12)))
                                .setReason("NOT_PERMITTED"),
                        by(Role.DEPARTMENT_OFFICER, about(lift, 2, did("comment", AuditOutcome.REFUSED, 4)))
                                .setRealm("drill")
                                .setReason("CHANGED_SINCE"))
                .map(AuditEntry.Builder::build)
                .forEach(console.trail.entries::add);
    }

    private static AuditEntry.Builder did(String act, AuditOutcome outcome, int minutesAgo) {
        return AuditEntry.newBuilder()
                .setEntryId(UUID.randomUUID().toString())
                .setAt(Instant.now().minus(Duration.ofMinutes(minutesAgo)))
                .setAddress("10.1.2.3")
                .setAct(act)
                .setOutcome(outcome)
                .setProcess("console");
    }

    private static AuditEntry.Builder by(Role role, AuditEntry.Builder entry) {
        return entry.setUser(role.code())
                .setDisplayName("样例值班员-" + role.code().charAt(0))
                .setRole(role.code())
                .setUnit(role.hasUnit() ? (role == Role.UNIT_OFFICER ? "bacheng" : "fire") : null);
    }

    private static AuditEntry.Builder about(String alert, int revision, AuditEntry.Builder entry) {
        return entry.setRealm("live").setAlertId(alert).setRevision(revision);
    }

    /** With the keyboard alone, from the first page to an acknowledged alert, and what it leaves in the audit. */
    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void shouldLogInActAndLeaveATrace(String language) throws Exception {
        console.close();
        String password = "correct horse battery";
        Path users = profile.resolve("users-" + language + ".csv");
        String longest = "名".repeat(50);
        UsersFile.empty()
                .with(new User("city", longest, Role.CITY_DUTY_OFFICER, Optional.empty()), Passwords.hash(password), "")
                .with(new User("viewer", "<b>Viewer</b>", Role.VIEWER, Optional.empty()), Passwords.hash(password), "")
                .write(users);
        console = new TestConsole(
                0,
                new Access(
                        Optional.of(new UserDirectory(users)),
                        Optional.empty(),
                        false,
                        false,
                        Set.of(),
                        new Sessions(Duration.ofMinutes(30), Duration.ofHours(12)),
                        new LoginThrottle()));
        console.show(console.samples.hopper());
        String alert = Paths.alert(Realm.LIVE, "dust-hopper-temperature@dust-014");

        picture("login", "/login", language);
        browser.get(console.uri(alert).toString());
        keys("nobody", Keys.TAB, "wrong", Keys.ENTER);
        await().until(() ->
                !browser.findElements(By.cssSelector(".notice.problem")).isEmpty());
        browser.manage().logs().get(LogType.BROWSER); // it says that the answer was 401
        keys(Keys.chord(Keys.CONTROL, "a"), "city", Keys.TAB, password, Keys.ENTER);
        await().until(() -> browser.getCurrentUrl().endsWith(alert));
        assertThat(browser.findElement(By.className("who")).getText()).isEqualTo(longest);
        picture("alert-logged-in", alert, language);

        browser.findElement(By.cssSelector("button[value=acknowledge]")).sendKeys(Keys.ENTER);
        await().until(() -> browser.getCurrentUrl().endsWith("?done=acknowledge"));
        assertThat(console.board
                        .get(Realm.LIVE, "dust-hopper-temperature@dust-014")
                        .orElseThrow()
                        .getAcknowledgedBy())
                .isEqualTo(longest);
        picture("board-logged-in", "/", language);
        headIsOneLine();
        picture("audit-ugly", "/audit", language, AND_SMALL);

        browser.findElement(By.cssSelector("form[action='/logout'] button")).sendKeys(Keys.ENTER);
        await().until(() -> browser.getCurrentUrl().endsWith("/login?out=1"));
        keys("viewer", Keys.TAB, password, Keys.ENTER);
        await().until(() -> browser.getCurrentUrl().endsWith("/"));
        picture("alert-viewer", alert, language);
        console.ahead = Duration.ofMinutes(31);
        picture("alert-idle", alert, language);
    }

    /** On a screen of 1280 px, with the longest name and a count beside the exercise. */
    private void headIsOneLine() {
        console.show(console.samples.exercise(console.samples.entrapment(), "演练"));
        resize(new Dimension(1280, 800));
        browser.get(console.uri("/").toString());
        assertThat(browser.findElements(By.cssSelector(".top .count"))).isNotEmpty();
        assertThat(browser.findElement(By.className("top")).getSize().getHeight())
                .isLessThan(64);
    }

    private static void keys(CharSequence... keys) {
        for (CharSequence key : keys) {
            browser.switchTo().activeElement().sendKeys(key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void shouldStayInShapeWithUglyData(String language) throws Exception {
        for (int i = 0; i < 300; i++) {
            Severity severity =
                    List.of(Severity.I, Severity.II, Severity.III, Severity.IV).get(i % 4);
            console.show(console.samples
                    .alert("ugly@device-" + i, severity, i % 2 == 0 ? "video-status" : "feed-of-another-version")
                    .setTitle(new AlertText(
                            "<script>document.title='owned'</script>" + "长".repeat(i % 7 * 30),
                            "<b>bold</b>" + "W".repeat(i % 5 * 60)))
                    .setExplanation(
                            new AlertText("<img src=x onerror=alert(1)>" + "没有空格的很长的说明".repeat(40), "x".repeat(900)))
                    .setSubject(SampleAlerts.subject(
                            SubjectKind.DEVICE,
                            "device-" + i,
                            "\"'><script>alert(1)</script>" + "名".repeat(200),
                            "kaifaqu",
                            null,
                            "work-safety",
                            "fire",
                            "civil-affairs"))
                    .setValues(Map.of(
                            "veryLongFieldNameThatNobodyEverHeardOfMetresPerSecond",
                            "9".repeat(80),
                            "<i>",
                            "<script>alert(2)</script>"))
                    .build());
        }
        console.show(console.samples.blind());
        picture("ugly-board", "/", language, AND_SMALL);
        picture("ugly-map", "/map", language, AND_SMALL);
        console.rules.accept(
                "dust-sensor", new RuleFile("dust-sensor", "r", "v".repeat(200), UGLY_RULES, null), Instant.now());
        picture("ugly-rules", "/rules", language, AND_SMALL);
        console.show(
                Incident.newBuilder(console.samples.incident("ugly", Severity.II, 300))
                        .setPlaceName("<script>document.title='owned'</script>" + "名".repeat(200))
                        .setTitle(new AlertText("<b>长</b>".repeat(40), "W".repeat(400)))
                        .setRunbook(new AlertText("<img src=x onerror=alert(1)>" + "无".repeat(800), "x".repeat(900)))
                        .build(),
                List.copyOf(console.board.alerts(Realm.LIVE)));
        picture("ugly-incident", Paths.incident(Realm.LIVE, "ugly"), language, AND_SMALL);
        picture("ugly-alert", Paths.alert(Realm.LIVE, "ugly@device-5"), language, AND_SMALL);
        assertThat(browser.getTitle()).isNotEqualTo("owned");
        assertThat(browser.findElements(By.cssSelector("main script, main img, main b b")))
                .isEmpty();
    }

    @Test
    void shouldSayInWordsWhenThereIsNothing() throws Exception {
        for (String language : List.of("zh", "en")) {
            picture("empty-board", "/", language);
            picture("empty-drill", "/drill", language);
            picture("empty-feeds", "/feeds", language);
        }
    }

    @Test
    void shouldShowANewAlertByItselfAndKeepFoldsOpen() {
        fillMorning();
        open("/");
        await().ignoreException(StaleElementReferenceException.class).until(() -> {
            browser.findElement(By.cssSelector("details.folded:not([open]) > summary"))
                    .click();
            return true;
        });
        String title = browser.getTitle();
        console.show(
                console.samples.alert("new@device", Severity.I, "dust-sensor").build());
        await("sooner than the timer of 10 s would bring it")
                .atMost(Duration.ofSeconds(6))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !browser.findElements(By.cssSelector("a[href='/alerts/live/new%40device']"))
                        .isEmpty());
        assertThat(browser.getTitle()).isNotEqualTo(title).startsWith("(3) ");
        assertThat(browser.executeScript("return document.querySelector('details.folded').open"))
                .isEqualTo(true);
    }

    @Test
    void shouldSurviveAStormOfChanges() {
        fillMorning();
        open("/");
        for (int i = 0; i < 3_000; i++) {
            console.show(console.samples
                    .alert("storm@device-" + i % 500, Severity.III, "video-status")
                    .setOccurrences(i)
                    .build());
        }
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> String.valueOf(
                                browser.executeScript("return document.querySelector('.sev-3 .figure').textContent")),
                        figure -> Integer.parseInt(figure) >= 500);
        assertThat(browser.findElements(By.cssSelector("#board > .list > .alerts > .alert")))
                .hasSizeLessThanOrEqualTo(150);
        assertThat(browser.findElement(By.id("lost")).isDisplayed()).isFalse();
    }

    @Test
    void shouldTellThatTheConnectionIsLostAndComeBack() throws Exception {
        console.show(console.samples.hopper());
        open("/");
        int port = console.server.port();
        assertThat(browser.findElement(By.id("lost")).isDisplayed()).isFalse();
        console.close();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.findElement(By.id("lost")).isDisplayed());
        Files.write(PICTURES.resolve("lost-zh.png"), browser.getScreenshotAs(OutputType.BYTES));
        console = new TestConsole(port);
        console.show(console.samples.entrapment());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !browser.findElement(By.id("lost")).isDisplayed()
                        && browser.getPageSource().contains("样例电梯-053"));
    }

    /** The server beats on while what it answers is somebody else's page: the board stays, and says that it is old. */
    @Test
    void shouldKeepTheBoardAndSayLostWhenALoginPageAnswers() {
        console.show(console.samples.hopper());
        open("/");
        browser.executeScript("document.getElementById('live').setAttribute('hx-get', '/help');"
                + "htmx.process(document.getElementById('live'));");
        console.show(console.samples.entrapment());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> browser.findElement(By.id("lost")).isDisplayed());
        await().during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(10))
                .until(() -> browser.findElement(By.id("lost")).isDisplayed());
        assertThat(browser.findElement(By.id("board")).getText()).contains("样例除尘器-014");

        browser.executeScript("document.getElementById('live').setAttribute('hx-get', '/');"
                + "htmx.process(document.getElementById('live'));");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !browser.findElement(By.id("lost")).isDisplayed());
    }

    /** On a page without events, with the browser's audio replaced by one that counts. */
    @Test
    void shouldSoundForPeopleInALiftAndAgainForTheNext() {
        Object script = browser.executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of(
                                "source",
                                "window.beeps = 0; window.AudioContext = class { constructor() { this.state = 'suspended';"
                                        + " this.currentTime = 0; }"
                                        + " resume() { if (navigator.userActivation.isActive) { this.state = 'running';"
                                        + " this.onstatechange && this.onstatechange(); } return Promise.resolve(); }"
                                        + " createGain() { return {gain: {}, connect() { return this; }}; }"
                                        + " createOscillator() { window.beeps++; return {frequency: {}, connect(x) { return x; },"
                                        + " start() {}, stop() {}}; } };"))
                .get("identifier");
        try {
            open("/feeds");
            browser.executeScript("localStorage.setItem('fengsui-sound', 'on')");
            browser.navigate().refresh();
            assertThat(browser.findElement(By.id("sound")).getText()).isEqualTo("声音：点击启用");
            browser.findElement(By.tagName("h1")).click();
            await().until(() -> browser.findElement(By.id("sound")).getText(), text -> text.equals("声音：开"));
            assertThat(beeps()).isZero();

            Alert lift = Alert.newBuilder(console.samples.entrapment())
                    .setSeverity(Severity.III)
                    .build();
            console.show(lift);
            await().atMost(Duration.ofSeconds(10)).until(() -> beeps() == 3);
            console.show(Alert.newBuilder(lift)
                    .setState(AlertState.ACKNOWLEDGED)
                    .setRevision(2)
                    .build());
            console.show(console.samples
                    .alert("new@device", Severity.I, "dust-sensor")
                    .setHistory(List.of(SampleAlerts.raised(Severity.I, Instant.now())))
                    .build());
            await().atMost(Duration.ofSeconds(10)).until(() -> beeps() == 6);
        } finally {
            browser.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
            browser.executeScript("localStorage.clear()");
        }
    }

    private static long beeps() {
        return ((Number) browser.executeScript("return window.beeps")).longValue();
    }

    /** The text of the page that asks before a grave alert ends, once the browser has it. */
    private static String question() {
        return await().until(
                        () -> browser.findElements(By.className("confirm")).stream()
                                .map(WebElement::getText)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void shouldOnlyCommentWhenEnterIsPressedInTheNameField() throws Exception {
        console.show(console.samples.acknowledgedBeidou());
        open(Paths.alert(Realm.LIVE, "beidou-report@bd-0310021"));
        browser.findElement(By.name("note")).sendKeys("已核实");
        browser.findElement(By.name("actor")).sendKeys("值班员甲", Keys.ENTER);
        await().until(() -> browser.getCurrentUrl().endsWith("?done=comment"));
        assertThat(browser.findElement(By.cssSelector("#head .chip")).getText()).isEqualTo("已确认");

        browser.findElement(By.cssSelector("button[value=resolve]")).click();
        assertThat(question()).contains("确定解除这条告警");
        Files.write(PICTURES.resolve("confirm-resolve-zh.png"), browser.getScreenshotAs(OutputType.BYTES));
        browser.findElement(By.cssSelector("button.danger")).click();
        await().until(() -> browser.getCurrentUrl().endsWith("?done=resolve"));
    }

    @Test
    void shouldAcknowledgeCommentAndCancelWithTheKeyboardAlone() throws Exception {
        console.show(console.samples.hopper());
        open(Paths.alert(Realm.LIVE, "dust-hopper-temperature@dust-014"));
        browser.findElement(By.name("actor")).sendKeys("值班员甲", Keys.TAB, "已电话核实", Keys.TAB, Keys.ENTER);
        await().until(() -> browser.getCurrentUrl().endsWith("?done=acknowledge"));
        assertThat(browser.findElement(By.cssSelector("#head .chip")).getText()).isEqualTo("已确认");
        assertThat(browser.findElement(By.id("history")).getText()).contains("值班员甲", "已电话核实");
        assertThat(browser.findElement(By.name("actor")).getDomProperty("value"))
                .isEqualTo("值班员甲");

        browser.findElement(By.name("note")).sendKeys("传感器误报");
        browser.findElement(By.cssSelector("button[value=cancel]")).click();
        assertThat(question()).contains("误报");
        Files.write(PICTURES.resolve("confirm-zh.png"), browser.getScreenshotAs(OutputType.BYTES));
        browser.findElement(By.cssSelector("button.danger")).click();
        await().until(() -> browser.getCurrentUrl().endsWith("?done=cancel"));
        assertThat(browser.findElement(By.cssSelector("#head .chip")).getText()).isEqualTo("已撤销");
    }

    @Test
    void shouldShowWhatChangedInsteadOfActingOnAStalePage() throws Exception {
        Alert alert = console.samples.hopper();
        console.show(alert);
        open(Paths.alert(Realm.LIVE, alert.getAlertId()));
        console.post(
                Paths.alert(Realm.LIVE, alert.getAlertId()),
                Map.of(
                        "action",
                        "acknowledge",
                        "actor",
                        "李敏",
                        "note",
                        "我来",
                        "revision",
                        "3",
                        "commandId",
                        "8f0e7c7e-16fb-4f9e-a0ef-5d4e6c4b3a21"));
        browser.findElement(By.name("actor")).sendKeys("王建国");
        browser.findElement(By.name("note")).sendKeys("我的说明");
        browser.findElement(By.cssSelector("button[value=resolve]")).click();
        await().until(() ->
                !browser.findElements(By.cssSelector(".notice.problem")).isEmpty());
        assertThat(browser.findElement(By.id("changed")).getText()).contains("李敏", "我来");
        assertThat(browser.findElement(By.name("note")).getDomProperty("value")).isEqualTo("我的说明");
        Files.write(PICTURES.resolve("stale-zh.png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    @Test
    void shouldFilterOnChangeAndKeepTheFilterOverUpdates() {
        fillMorning();
        open("/");
        browser.findElement(By.cssSelector("select[name=feed] option[value=beidou-report]"))
                .click();
        await().until(() -> browser.getCurrentUrl().endsWith("/?feed=beidou-report"));
        console.show(
                console.samples.alert("new@device", Severity.I, "dust-sensor").build());
        console.show(console.samples
                .alert("new@terminal", Severity.I, "beidou-report")
                .build());
        await().atMost(Duration.ofSeconds(3))
                .until(() -> browser.getPageSource().contains("new%40terminal"));
        assertThat(browser.getPageSource()).doesNotContain("new%40device");
    }

    private void fillMorning() {
        console.samples.morning().forEach(console::show);
        console.show(console.samples.exercise(console.samples.entrapment(), "样例演练 2026-11"));
        console.show(console.samples.exercise(console.samples.hopper(), "样例演练 2026-11"));
        console.offsets.put("video-status", new FeedOffsets(1_284_310, 1_284_310, 1_100_000));
        console.offsets.put("dust-sensor", new FeedOffsets(402_221, 402_221, 380_000));
        console.offsets.put("beidou-report", new FeedOffsets(318, 318, 300));
        console.offsets.put("elevator-119", new FeedOffsets(1_205, 1_202, 1_100));
        console.offsets.put("gateway", new FeedOffsets(96, 96, 80));
        console.account("video-status", 1_281_700, 12, 2_598, Map.of("UNKNOWN_DEVICE", 1_840L, "NOT_JSON", 212L));
        console.account(
                "dust-sensor", 401_007, 0, 1_214, Map.of("OUT_OF_RANGE", 388L, "MISSING_FIELD", 41L, "NOT_JSON", 7L));
        console.account("beidou-report", 316, 0, 2, Map.of("BAD_CHECKSUM", 9L));
        console.account("elevator-119", 1_190, 4, 8, Map.of());
        console.account("gateway", 96, 0, 0, Map.of());
        console.account("unknown", 0, 0, 0, Map.of("UNKNOWN_FEED", 3L));
        try {
            console.ledger.poll();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void open(String path) {
        resize(new Dimension(1280, 900));
        browser.get(console.uri(path).toString());
    }

    /** The size of the page itself, without what the browser puts around it. */
    private static void resize(Dimension size) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", size.width, "height", size.height, "deviceScaleFactor", 1, "mobile", size.width < 600));
    }

    /** Receivers that have it, refuse it, and cannot be reached. */
    private void told(Alert alert) {
        AlertDelivery cap = AlertDelivery.newBuilder()
                .setAlertId(alert.getAlertId())
                .setReceiver("cap-0")
                .setRevision(1)
                .setOutcome(DeliveryOutcome.DELIVERED)
                .setAt(alert.getStartedAt())
                .setAttempts(1)
                .setReference("fengsui-0a1b2c3d4e5f6071-1")
                .build();
        console.board.deliveries().put(Realm.LIVE, cap);
        console.board
                .deliveries()
                .put(
                        Realm.LIVE,
                        AlertDelivery.newBuilder(cap)
                                .setReceiver("webhook-0")
                                .setOutcome(DeliveryOutcome.REJECTED)
                                .setReference(null)
                                .setReason("HTTP 422 unknown unit")
                                .build());
        console.board
                .deliveries()
                .put(
                        Realm.LIVE,
                        AlertDelivery.newBuilder(cap)
                                .setReceiver("alertmanager-1")
                                .setOutcome(DeliveryOutcome.RETRY)
                                .setAttempts(16)
                                .setReference(null)
                                .setReason("no reply within 5000 ms")
                                .build());
    }

    /** Opens a page in every size, takes its picture, and checks that nothing sticks out and no error is logged. */
    private void picture(String name, String path, String language) throws IOException {
        picture(name, path, language, SIZES);
    }

    private void picture(String name, String path, String language, List<Dimension> sizes) throws IOException {
        for (Dimension size : sizes) {
            resize(size);
            String separator = path.contains("?") ? "&" : "?";
            browser.get(console.uri(path + separator + "lang=" + language).toString());
            String file = name + "-" + language + "-" + size.width + ".png";
            Files.write(PICTURES.resolve(file), browser.getScreenshotAs(OutputType.BYTES));
            JavascriptExecutor script = browser;
            Object wide = script.executeScript("return document.documentElement.scrollWidth - window.innerWidth");
            assertThat(((Number) wide).intValue())
                    .as(file + " is wider than the window by")
                    .isLessThanOrEqualTo(0);
            assertThat(script.executeScript(STICKING_OUT))
                    .as(file + " has parts that stick out")
                    .isEqualTo(List.of());
            assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                    .filteredOn(entry -> !entry.getMessage().contains("/nowhere"))
                    .as(file + " logs errors")
                    .isEmpty();
        }
    }
}
