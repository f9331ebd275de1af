package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map as a page: what it draws stands in it. */
class MapConsoleTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void shouldDrawUnitsAroundTheirSitesAndSayWhichDatum() throws Exception {
        String page = body("/map");

        assertThat(page).contains("WGS-84", "data-bounds=\"120.8", "样例场所-kaifaqu-0");
        assertThat(area(page, "昆山开发区")).as("a hull of five sites").containsPattern("data-outline=\"(\\S+ ){4}\\S+\"");
        assertThat(area(page, "千灯镇")).contains("data-vague=\"\"");
        assertThat(area(page, "淀山湖镇")).as("no site and no point").contains("data-at=\"\"", "data-outline=\"\"");
    }

    /** GCJ-02 is 500 m off; a point of unknown datum is nowhere, as everywhere else. */
    @Test
    void shouldConvertToWgs84AndLeaveOutUnknownDatums() throws Exception {
        String page = body("/map");

        assertThat(page)
                .contains("<li data-at=\"121.08988,31.29981\">样例场所-gcj-1")
                .doesNotContain("样例场所-unknown-1", "样例场所-nowhere-1");
    }

    @Test
    void shouldPutAlertsOfOnePlaceIntoOneMarkTheGravestFirst() throws Exception {
        show("a@1", Severity.III, 121.0, 31.3);
        show("b@2", Severity.I, 121.0, 31.3);
        console.show(Alert.newBuilder(at("c@3", Severity.II, 120.9, 31.4))
                .setState(AlertState.ACKNOWLEDGED)
                .build());
        String page = body("/map");

        assertThat(places(page)).isEqualTo(2);
        assertThat(page)
                .contains("data-count=\"2\"", "data-level=\"I\"", "2 条告警，未确认 2")
                .containsPattern("data-level=\"II\"[^>]*data-count=\"1\"[^>]*data-waiting=\"\"")
                .contains("data-target=\"/alerts/live/c%403\"");
        assertThat(page.indexOf("/alerts/live/b%401")).isLessThan(page.indexOf("/alerts/live/c%403"));
    }

    @Test
    void shouldKeepExercisesOnAMapOfTheirOwn() throws Exception {
        console.show(console.samples.hopper());
        console.show(console.samples.exercise(console.samples.entrapment(), "样例演练"));

        assertThat(body("/map")).contains("样例除尘器-014").doesNotContain("样例电梯-053", "drill-mark");
        assertThat(body("/map/drill"))
                .contains("样例电梯-053", "演练 EXERCISE", "class=\"drill\"", "样例演练")
                .doesNotContain("样例除尘器-014");
        assertThat(body("/drill")).contains("href=\"/map/drill\"");
    }

    @Test
    void shouldFilterByUnitSeverityAndArea() throws Exception {
        show("a@1", Severity.III, 121.0, 31.3);
        console.show(Alert.newBuilder(at("b@2", Severity.I, 120.9, 31.4))
                .setSubject(subject("b", "zhangpu", new GeoPoint(120.9, 31.4, Datum.WGS84), "work-safety"))
                .build());

        assertThat(body("/map?unit=zhangpu")).contains("b%402").doesNotContain("a%401");
        assertThat(body("/map?unit=work-safety")).contains("b%402").doesNotContain("a%401");
        assertThat(body("/map?severity=III")).contains("a%401").doesNotContain("b%402");
        assertThat(body("/map?box=120.95,31.2,121.1,31.35"))
                .contains("a%401", "显示全市", "只显示所选范围")
                .doesNotContain("b%402");
        assertThat(body("/map?severity=IV")).contains("没有符合筛选条件的告警");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,2,3", "a,b,c,d", "NaN,1,2,3", "1,2,3,4,5", "%3Cscript%3E", "999999999999,1,2,3", "1e9,1,2,3"})
    void shouldTakeNoNonsenseForAnArea(String box) throws Exception {
        show("a@1", Severity.III, 121.0, 31.3);
        assertThat(body("/map?box=" + box)).contains("a%401", "data-box=\"\"").doesNotContain("<script>");
    }

    @Test
    void shouldListWhatHasNoPosition() throws Exception {
        console.show(console.samples.gateway("gw-1", "zhoushi"));
        console.show(Alert.newBuilder(at("u@1", Severity.I, 0, 0))
                .setSubject(subject("u", "zhangpu", new GeoPoint(121.0, 31.3, Datum.UNKNOWN)))
                .build());
        String page = body("/map");

        assertThat(places(page)).isZero();
        assertThat(page).contains("没有位置 <small>2</small>", "gateway-down%40gw-1", "u%401");
    }

    @Test
    void shouldFindAnAlertWithoutPositionAtItsSite() throws Exception {
        AlertSubject nowhere = subject("s", "zhangpu", null);
        AlertSubject subject = AlertSubject.newBuilder(nowhere)
                .setPlace(Place.newBuilder(nowhere.getPlace())
                        .setSiteId("zhangpu-0")
                        .build())
                .build();
        console.show(Alert.newBuilder(at("s@1", Severity.I, 0, 0))
                .setSubject(subject)
                .build());

        assertThat(body("/map")).contains("data-at=\"120.96000,31.27000\"");
    }

    /** One page must stay a page: at most 300 marks, and a few lines of each. */
    @Test
    void shouldStayUsableWithTenThousandOpenAlerts() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            show("storm@" + i, Severity.III, 120.82 + (i % 100) * 0.003, 31.12 + Math.floorDiv(i, 100) * 0.004);
        }
        long start = System.nanoTime();
        String page = body("/map");
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(places(page)).isBetween(50, 300);
        assertThat(page.length()).isLessThan(1_500_000);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        Matcher counts = Pattern.compile("data-count=\"(\\d+)\"").matcher(page);
        int sum = 0;
        while (counts.find()) {
            sum += Integer.parseInt(counts.group(1));
        }
        assertThat(sum).as("no alert is lost").isEqualTo(10_000);

        Matcher only = Pattern.compile("href=\"(/map\\?box=[^\"]+)\"").matcher(page);
        assertThat(only.find()).isTrue();
        String one = body(only.group(1));
        assertThat(places(one)).as("the area alone is drawn finer").isGreaterThan(1);
    }

    @Test
    void shouldNotSendTheCityAgainWithEachUpdate() throws Exception {
        show("a@1", Severity.III, 121.0, 31.3);
        String update = console.get("/map", "HX-Request", "true").body();

        assertThat(update).contains("a%401").doesNotContain("样例场所-kaifaqu-0");
    }

    @Test
    void shouldShowNamesOfVendorsAsText() throws Exception {
        Alert alert = Alert.newBuilder(at("x@1", Severity.I, 121.0, 31.3))
                .setTitle(new AlertText("<script>alert(1)</script>", "<b>"))
                .setSubject(subject("\"><script>alert(2)</script>", "zhangpu", new GeoPoint(121.0, 31.3, Datum.WGS84)))
                .build();
        console.show(alert);

        assertThat(body("/map")).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
    }

    private String body(String path) throws IOException, InterruptedException {
        return console.get(path).body();
    }

    private static int places(String page) {
        return page.split("<li id=\"p", -1).length - 1;
    }

    private static String area(String page, String name) {
        return Stream.of(page.split("<li "))
                .filter(part -> part.contains(">" + name + "</li>"))
                .findFirst()
                .orElseThrow();
    }

    private void show(String id, Severity severity, double longitude, double latitude) {
        console.show(at(id, severity, longitude, latitude));
    }

    private Alert at(String id, Severity severity, double longitude, double latitude) {
        return console.samples
                .alert(id, severity, "dust-sensor")
                .setSubject(subject(id, "kaifaqu", new GeoPoint(longitude, latitude, Datum.WGS84)))
                .build();
    }

    private static AlertSubject subject(String id, String unit, GeoPoint point, String... departments) {
        return SampleAlerts.at(SampleAlerts.subject(SubjectKind.DEVICE, id, "设备" + id, unit, null, departments), point);
    }
}
