package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Tokens;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.schema.topic.Realm;
import io.fengsui.standalone.process.Ports;
import io.fengsui.standalone.testkit.DutyBrowser;
import io.fengsui.standalone.testkit.Programs;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.VendorMessages;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A duty officer's day, in a real browser on a running system: from a message of a device to the report. */
@Tag("whole-machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DutyDayIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String PLAYED = Paths.alert(Realm.DRILL, "dust-hopper-temperature@dc-021-1");
    private static final String EXERCISE = "一天之内的演练";
    private static final Path CAP_SCHEMA = Path.of("../../../shared/standards/CAP-v1.2.xsd");
    private static final Pattern MESSAGE = Pattern.compile("href=\"([^\"]+/message/[^\"]+)\"");
    private static final String HOPPER = Paths.alert(Realm.LIVE, "dust-hopper-temperature@dc-006-1");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Path directory;
    private Process alertmanager;
    private String alertmanagerUrl;
    private Standalone standalone;
    private VendorMessages vendors;
    private DutyBrowser officer;

    @BeforeAll
    void begin(@TempDir Path temporary) throws Exception {
        directory = temporary;
        Programs.require("prometheus-alertmanager");
        String peer = Ports.HOST + ":" + Ports.free(1)[0];
        alertmanagerUrl = "http://" + peer;
        alertmanager = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + Home.locate().directory().resolve("deploy/alertmanager/alertmanager.yml"),
                        "--storage.path=" + directory.resolve("alertmanager"),
                        "--web.listen-address=" + peer,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
        standalone = SharedStandalone.create(
                directory.resolve("data"),
                impatient(directory.resolve("city")),
                Set.of(),
                Map.of("alerting.alertmanager.urls", alertmanagerUrl));
        standalone.start();
        vendors = new VendorMessages(standalone);
        officer = new DutyBrowser(URI.create(standalone.ports().consoleUrl()), directory.resolve("profile"));
        String password = standalone.consoleUsers().made().stream()
                .filter(made -> made.user().name().equals("city"))
                .findFirst()
                .orElseThrow()
                .password();
        officer.logIn("city", password);
    }

    @AfterAll
    void end() {
        if (officer != null) {
            officer.close();
        }
        if (standalone != null) {
            standalone.close();
        }
        if (alertmanager != null) {
            alertmanager.destroy();
        }
    }

    @Test
    @Order(1)
    void shouldSeeAnAlertAndItsRiseByDeadline() throws Exception {
        officer.open("/");
        hopper("hot-1", 65);
        officer.awaitElement("a[href='" + HOPPER + "']", SOON);
        officer.picture("day-1-board");

        officer.open(HOPPER);
        assertThat(officer.text("#head .chip")).isEqualTo("未确认");
        officer.awaitText("#history", "升级", Duration.ofSeconds(100));
        officer.awaitText("#duty", "市级部门处置", SOON);
        officer.picture("day-2-risen");
        assertThat(sameAtAlertmanager()).contains("dust-hopper-temperature@dc-006-1 III");
    }

    @Test
    @Order(2)
    void shouldAcknowledgeReportInTimeAndCorrectFigures() throws Exception {
        vendors.publish(
                "lift-rescue",
                "elevator-119",
                "583001",
                "{\"messageId\":\"day-1\",\"time\":" + Instant.now().toEpochMilli()
                        + ",\"orderNo\":\"WO-DAY-1\",\"kind\":\"ENTRAPMENT\",\"state\":\"RECEIVED\",\"rescueLevel\":1,\"trapped\":2}");
        officer.open("/");
        officer.awaitElement("a[href^='/alerts/live/elevator-entrapment']", SOON);
        officer.click("a[href^='/alerts/live/elevator-entrapment']");
        officer.type("note", "已通知 119 与维保单位");
        officer.act("acknowledge");
        assertThat(officer.text("#head .chip")).isEqualTo("已确认");

        officer.unfold("details.more");
        officer.choose("report", "telephone-first");
        officer.act("report");
        officer.awaitText("#duty", "电话首报", SOON);
        officer.unfold("details.more");
        officer.choose("figure", "trapped");
        officer.type("value", "3");
        officer.type("note", "119 现场核实：困 3 人");
        officer.act("revise");
        officer.awaitText("#duty", "被困人数\n3", SOON);
        officer.awaitText("#history", "已通知 119 与维保单位", SOON);
        officer.picture("day-3-lift");
    }

    @Test
    @Order(3)
    void shouldWithdrawAFalseAlarm() throws Exception {
        officer.open(HOPPER);
        officer.type("note", "传感器误报，已到现场核实");
        officer.actAndConfirm("cancel");
        assertThat(officer.text("#head .chip")).isEqualTo("已撤销");
        officer.picture("day-4-cancelled");
        assertThat(sameAtAlertmanager()).noneMatch(alert -> alert.contains("dc-006-1"));
    }

    @Test
    @Order(4)
    void shouldTakePartInAnExerciseAndKnowItFromWhatIsReal() throws Exception {
        Path evaluation = directory.resolve("evaluation.html");
        Process exercise = exercise(evaluation);
        try {
            officer.open("/drill");
            officer.awaitElement("a[href='" + PLAYED + "']", Duration.ofSeconds(90));
            officer.awaitText(".drill-mark", EXERCISE, SOON);
            officer.picture("day-5-exercise");
            officer.open("/");
            assertThat(officer.text("#main")).doesNotContain("样例除尘器-21-1");

            officer.open(PLAYED);
            officer.type("exercise", EXERCISE);
            officer.act("acknowledge");
            officer.picture("day-6-exercise-alert");
            assertThat(exercise.waitFor(180, TimeUnit.SECONDS)).isTrue();
        } finally {
            exercise.destroyForcibly();
        }
        assertThat(exercise.exitValue())
                .as(Files.readString(directory.resolve("exercise.log")))
                .isZero();
        assertThat(evaluation).content().contains(EXERCISE, "演示市级值班员");
        assertThat(sameAtAlertmanager()).noneMatch(alert -> alert.contains("dc-021-1"));
        officer.openFile(evaluation);
        officer.picture("day-7-evaluation");
    }

    @Test
    @Order(5)
    void shouldFindTheDayInTheMonthsFigures() throws Exception {
        await().atMost(SOON).untilAsserted(() -> {
            officer.open("/reports");
            assertThat(officer.text("table.figures tr.total")).containsPattern("全市合计\\s+2\\b");
        });
        assertThat(officer.text("#main")).doesNotContain(EXERCISE);
        officer.picture("day-8-month");
    }

    /** All that were told by CAP in the course of the day, against the schema of OASIS where it is at hand. */
    @Test
    @Order(9)
    void shouldHaveToldEveryStepByValidCap() throws Exception {
        Set<String> messages = new TreeSet<>();
        for (String feed : List.of("/cap", "/cap/exercise")) {
            Matcher links = MESSAGE.matcher(get(standalone.ports().consoleUrl() + feed));
            while (links.find()) {
                messages.add(links.group(1));
            }
        }
        assertThat(messages).hasSizeGreaterThanOrEqualTo(7);
        StringBuilder types = new StringBuilder();
        for (String message : messages) {
            String xml = get(message);
            types.append(xml.replaceAll("(?s).*<msgType>(\\w+)</msgType>.*", "$1 "));
            if (Files.exists(CAP_SCHEMA)) {
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(CAP_SCHEMA.toFile())
                        .newValidator()
                        .validate(new StreamSource(new StringReader(xml)));
            }
        }
        assertThat(types.toString()).contains("Alert", "Update", "Cancel");
    }

    /** As its leader begins it, faster than life. */
    private Process exercise(Path evaluation) throws IOException {
        Path users = standalone.directory().consoleUsers();
        String token = Tokens.bearer();
        UsersFile.read(users)
                .with(new User("leader", "演练组织人", Role.CITY_DUTY_OFFICER, Optional.empty()), "", Tokens.hash(token))
                .write(users);
        Path tokenFile = Files.writeString(directory.resolve("leader.token"), token);
        return Programs.fengsui(
                        "drill",
                        "exercise",
                        "dust-explosion",
                        "--name",
                        EXERCISE,
                        "--speed",
                        "30",
                        "--lasts",
                        "1",
                        "--yes",
                        "--token-file",
                        tokenFile.toString(),
                        "--console-users",
                        users.toString(),
                        "--users",
                        standalone.directory().mqttUsers().toString(),
                        "--broker",
                        standalone.ports().mqttUri(),
                        "--html",
                        evaluation.toString(),
                        "--bootstrap-servers",
                        standalone.ports().bootstrapServers(),
                        "--registry",
                        standalone.ports().registryUrl())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("exercise.log").toFile())
                .start();
    }

    /** What is open on the console, as it comes to be at Alertmanager, with its severity and nothing else. */
    private Set<String> sameAtAlertmanager() {
        return await().atMost(SOON)
                .until(
                        () -> {
                            officer.open("/api/alerts?realm=live&state=open");
                            Set<String> console = new TreeSet<>();
                            JSON.readTree(officer.text("pre"))
                                    .forEach(alert ->
                                            console.add(alert.get("alertId").asText() + " "
                                                    + alert.get("severity").asText()));
                            Set<String> receiver = new TreeSet<>();
                            JSON.readTree(get(alertmanagerUrl + "/api/v2/alerts?active=true"))
                                    .forEach(alert -> receiver.add(alert.at("/labels/alertname")
                                                    .asText()
                                            + "@" + alert.at("/labels/subject").asText()
                                            + " " + alert.at("/labels/severity").asText()));
                            return console.equals(receiver) ? console : null;
                        },
                        Objects::nonNull);
    }

    private static String get(String address) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return answer.body();
    }

    private void hopper(String messageId, double celsius) throws Exception {
        vendors.publish(
                "dust-one",
                "dust-sensor",
                "dc-006-1",
                "{\"messageId\":\"" + messageId + "\",\"time\":" + Instant.now().toEpochMilli()
                        + ",\"collector\":\"DRY\",\"fanRunning\":true,\"hopperTemperatureCelsius\":" + celsius + "}");
    }

    /** The shipped city, in which nobody waits for more than a minute. */
    private static Path impatient(Path city) throws IOException {
        Path shipped = Home.locate().seeds();
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.toList()) {
                Path copy = city.resolve(shipped.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path duty = city.resolve("duty.yaml");
        Files.writeString(
                duty,
                Files.readString(duty)
                        .replace("departmentMinutes: 30, cityMinutes: 120", "departmentMinutes: 1, cityMinutes: 120"));
        return city;
    }
}
