package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alert.ReportDeadline;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.console.page.Times;
import io.fengsui.event.Severity;
import io.fengsui.reference.Unit;
import io.fengsui.schema.topic.Realm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Monthly figures, withdrawals and readers in a real browser and on paper. Pictures are left in target/screenshots. */
class ReportsBrowserIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final List<Severity> SEVERITIES = List.of(Severity.I, Severity.II, Severity.III, Severity.IV);
    private static final int[][] SIZES = {{1920, 1080}, {1280, 800}, {390, 844}, {360, 740}};

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
    }

    @AfterEach
    void stopConsole() {
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        browser.get("about:blank");
        console.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void shouldShowAndPrintAMonth(String language) throws Exception {
        YearMonth month = YearMonth.from(Instant.now().atZone(Times.ZONE)).minusMonths(1);
        fill(month, List.of());
        String path = "/reports?month=" + month;
        picture("reports", path, language);
        fill(month, List.of("<script>document.title='owned'</script>" + "名".repeat(40)));
        picture("reports-ugly", path, language);
        console.samples.morning().forEach(console::show);
        picture("reports-this-month", "/reports", language);
        picture("reports-empty", "/reports?month=" + month.minusMonths(3), language);

        browser.get(console.uri(path + "&lang=" + language).toString());
        assertThat(browser.findElement(By.id("print")).isDisplayed()).isTrue();
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1032, "height", 720, "deviceScaleFactor", 1, "mobile", false)); // A4 less margins
        Files.write(PICTURES.resolve("reports-print-" + language + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        assertThat(browser.findElement(By.cssSelector("header.top")).isDisplayed())
                .isFalse();
        assertThat(browser.findElement(By.cssSelector("form.filter")).isDisplayed())
                .isFalse();
        assertThat(browser.findElement(By.cssSelector(".report-head")).getText())
                .contains(language.equals("zh") ? "昆山市突发事件告警月报" : "Kunshan City", "2")
                .contains(language.equals("zh") ? "制表时间" : "Made at");
        assertThat(tooWide()).isLessThanOrEqualTo(0);
        Map<String, Object> pdf = browser.executeCdpCommand(
                "Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", true));
        byte[] bytes = Base64.getDecoder().decode(String.valueOf(pdf.get("data")));
        Files.write(PICTURES.resolve("reports-" + language + ".pdf"), bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF").containsPattern("/MediaBox\\s*\\[\\s*0 0 84[12][.0-9]* 59[456]");
    }

    /** @param strangers units, and with them feeds, that are none */
    private void fill(YearMonth month, List<String> strangers) {
        List<String> feeds = List.of(
                "dust-sensor",
                "elevator-119",
                "video-status",
                "flood-gauge",
                "police-110",
                "medical-120",
                "grid-report",
                "beidou-report",
                strangers.isEmpty() ? "gateway" : "feed-of-another-version<script>");
        List<Unit> units = SampleAlerts.units();
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            Instant at = month.atDay(1 + i % 28)
                    .atTime(i % 24, i % 60)
                    .atZone(Times.ZONE)
                    .toInstant();
            String unit = !strangers.isEmpty() && i % 97 == 0
                    ? strangers.get(0)
                    : units.get(1 + random.nextInt(1 + random.nextInt(9))).getUnitId();
            console.accounts.add(ReportsTest.account(strangers.size() + "a" + i, at, unit)
                    .setDepartmentIds(i % 3 == 0 ? List.of("work-safety", "fire") : List.of())
                    .setSeverity(SEVERITIES.get(i % 40 == 0 ? 0 : i % 40 < 6 ? 1 : i % 40 < 19 ? 2 : 3))
                    .setFeed(feeds.get(i % feeds.size()))
                    .setState(i % 11 == 0 ? AlertState.CANCELLED : AlertState.RESOLVED)
                    .setAcknowledgedAt(i % 5 == 0 ? null : at.plusSeconds(30L * (i % 60)))
                    .setArrivedAt(i % 4 == 0 ? at.plusSeconds(300L + i * 7L) : null)
                    .setEndedAt(at.plusSeconds(600L + i * 700L))
                    .setEscalations(i % 7 == 0 ? 2 : 0)
                    .setFlapped(i % 50 == 0)
                    .setDeadlines(List.of(
                            new ReportDeadline("a", at.plusSeconds(1_800), at.plusSeconds(900)),
                            new ReportDeadline("b", at.plusSeconds(1_800), i % 9 == 0 ? null : at.plusSeconds(1_700))))
                    .build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void shouldShowWhoHasAppliedAWithdrawalAndWhichPlatformsRead(String language) throws Exception {
        Instant now = Instant.now();
        Alert lift = console.samples.entrapment();
        console.show(WithdrawalTest.cancelled(lift));
        console.withdrawn.put("township.tinglin.alert", 7L);
        console.withdrawn.put("city.fire.alert", 7L);
        console.receipts.add(new Receipt("tinglin", "tinglin-platform", 2, 0, 0, null, 8));
        console.receipts.add(new Receipt("fire", "g".repeat(200), 0, 123_456_789, 5, now.minusSeconds(90_000), 3));
        console.receipts.add(new Receipt("kaifaqu", "<script>alert(1)</script>", 1, 3, 0, now.minusSeconds(60), 3));
        console.readers.poll();
        for (String receiver : List.of("webhook-0", "alertmanager-0", "cap")) {
            console.board
                    .deliveries()
                    .accept(
                            Realm.LIVE,
                            AlertDelivery.newBuilder()
                                    .setAlertId(lift.getAlertId())
                                    .setReceiver(receiver)
                                    .setRevision(2)
                                    .setOutcome(
                                            receiver.equals("cap")
                                                    ? DeliveryOutcome.REJECTED
                                                    : DeliveryOutcome.DELIVERED)
                                    .setAt(now)
                                    .setAttempts(1)
                                    .setReason(
                                            receiver.equals("cap") ? "413 <b>too large</b> " + "x".repeat(200) : null)
                                    .setSettledRevision(receiver.equals("webhook-0") ? 1 : 2)
                                    .setSettledAt(now)
                                    .build());
        }
        String path = Paths.alert(Realm.LIVE, lift.getAlertId());
        await().untilAsserted(() -> assertThat(console.get(path).body()).contains("standing-done"));
        picture("withdrawn", path, language);
        picture("readers-labelled", "/readers", language);
        resize(390, 844);
        assertThat(browser.executeScript("return getComputedStyle(document.querySelector("
                        + "'.readers td[data-label]:not(:empty)'), '::before').content"))
                .asString()
                .contains(language.equals("zh") ? "最早未读" : "Oldest unread");
    }

    private void picture(String name, String path, String language) throws IOException {
        for (int[] size : SIZES) {
            resize(size[0], size[1]);
            String separator = path.contains("?") ? "&" : "?";
            browser.get(console.uri(path + separator + "lang=" + language).toString());
            String file = name + "-" + language + "-" + size[0] + ".png";
            Files.write(PICTURES.resolve(file), browser.getScreenshotAs(OutputType.BYTES));
            assertThat(tooWide()).as(file + " is wider than the window by").isLessThanOrEqualTo(0);
            assertThat(browser.getTitle()).isNotEqualTo("owned");
            assertThat(browser.findElements(By.cssSelector("main script"))).isEmpty();
        }
    }

    private static int tooWide() {
        Object wide = browser.executeScript("return document.documentElement.scrollWidth - window.innerWidth");
        return ((Number) wide).intValue();
    }

    private static void resize(int width, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }
}
