package io.fengsui.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.Incident;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Tokens;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.event.DustSensor;
import io.fengsui.event.EventHeader;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.observe.ReceivingAlertmanager;
import io.fengsui.standalone.testkit.Programs;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import io.fengsui.standalone.testkit.VendorMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exercises on a whole run with a real Alertmanager, a webhook and CAP readers: those who take part see all of it, and no live
 * receiver anything. In an order: the first exercise meets a city where nothing is.
 */
@Tag("whole-machine")
@Timeout(400)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExerciseIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LATE = Duration.ofSeconds(25);
    private static final String NAME = "粉尘爆炸演练（测试）";
    private static final String DUST = "dust-hopper-temperature@dc-021-1";

    private Path directory;
    private Standalone standalone;
    private ReceivingAlertmanager alertmanager;
    private HttpServer webhook;
    private final List<String> hooked = new CopyOnWriteArrayList<>();
    private String cityToken;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        Programs.require("prometheus-alertmanager");
        directory = temporary;
        alertmanager = new ReceivingAlertmanager(directory.resolve("alertmanager"));
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            hooked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        webhook.start();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("alerting.alertmanager.urls", alertmanager.url().toString());
        settings.put("alerting.alertmanager.exercise.urls", alertmanager.url().toString());
        settings.put(
                "alerting.webhook.urls",
                "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook");
        settings.put("alerting.webhook.secrets", "0123456789abcdef0123456789abcdef");
        settings.put("alerting.cap.national.sender.code", "32058341600000");
        settings.put("alerting.cap.national.event.types", "dust-sensor:11B03,elevator-119:12C01");
        standalone = SharedStandalone.create(directory.resolve("data"), patientCity(), Set.of(), settings);
        standalone.start();
        cityToken = user("leader", Role.CITY_DUTY_OFFICER);
        user("looker", Role.VIEWER);
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() ->
                        Footprints.get(standalone, "/api/alerts", cityToken).statusCode() == 200);
    }

    @AfterAll
    void stop() {
        Stream.of(standalone, alertmanager).forEach(part -> {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        if (webhook != null) {
            webhook.stop(0);
        }
    }

    /** The sample city, whose devices may be silent for hours, since nobody says anything real here, and whose lift rescuers are soon late. */
    private Path patientCity() throws IOException {
        Path seeds = Home.locate().seeds();
        Path copy = directory.resolve("seeds");
        try (Stream<Path> files = Files.walk(seeds)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(seeds.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        Path devices = copy.resolve("devices.csv");
        Files.writeString(
                devices,
                Files.readString(devices).lines().map(ExerciseIT::patient).collect(Collectors.joining("\n", "", "\n")));
        Path lifts = copy.resolve("rules/elevator-119.yaml");
        Files.writeString(
                lifts,
                Files.readString(lifts)
                        .replace("within: param.responseMinutes min", "within: " + LATE.toSeconds() + " s"));
        return copy;
    }

    private static String patient(String device) {
        String[] cells = device.split(",", -1);
        boolean beats = cells.length > 8 && cells[8].matches("\\d+");
        if (beats) {
            cells[8] = "36000";
        }
        return String.join(",", cells);
    }

    private String user(String name, Role role) throws IOException {
        Path file = standalone.directory().consoleUsers();
        String token = Tokens.bearer();
        UsersFile.read(file)
                .with(new User(name, "演练组织人 " + name, role, Optional.empty()), "", Tokens.hash(token))
                .write(file);
        Files.writeString(directory.resolve(name + ".token"), token);
        return token;
    }

    private CommandRun exercise(CompletableFuture<Integer> exit, String... arguments) {
        CommandRun command = new CommandRun(standalone);
        String[] all = Stream.concat(
                        Stream.of("drill", "exercise"),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--console-users",
                                        standalone.directory().consoleUsers().toString(),
                                        "--users",
                                        standalone.directory().mqttUsers().toString(),
                                        "--broker",
                                        standalone.ports().mqttUri(),
                                        "--html",
                                        directory.resolve("evaluation.html").toString())))
                .toArray(String[]::new);
        new Thread(() -> exit.complete(command.run(all)), "exercise-command").start();
        return command;
    }

    private String token(String name) {
        return directory.resolve(name + ".token").toString();
    }

    @Test
    @Order(1)
    void shouldReachThoseWhoTakePartAndNoLiveReceiver() throws Exception {
        Footprints before = Footprints.of(standalone, cityToken);
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        CommandRun command = exercise(
                exit,
                "dust-explosion",
                "--name",
                NAME,
                "--speed",
                "60",
                "--lasts",
                "0.7",
                "--yes",
                "--token-file",
                token("leader"));

        JsonNode alert = awaitDrillAlert(exit, command);
        String page = alert.get("url").asText();
        assertThat(act(page, alert.get("revision").asInt(), "", "acknowledge").statusCode())
                .as("without the exercise's name")
                .isEqualTo(422);
        assertThat(act(page, alert.get("revision").asInt(), "另一个演练", "acknowledge")
                        .statusCode())
                .isEqualTo(422);
        await().atMost(SOON).until(() -> {
            int revision = drillAlerts().stream()
                    .filter(one -> one.get("alertId").asText().equals(DUST))
                    .findFirst()
                    .orElseThrow()
                    .get("revision")
                    .asInt();
            return act(page, revision, NAME, "acknowledge").statusCode() == 303;
        });
        assertThat(Footprints.get(standalone, "/metrics", cityToken).body())
                .containsPattern("fengsui_exercise_alerts\\{[^}]*zhoushi[^}]*} [1-9]");

        assertThat(exit.get()).as(command.all()).isZero();

        assertThat(command.out())
                .contains("演练 EXERCISE  " + NAME, "Will see it", "Zhoushi")
                .containsPattern("acknowledged 演练组织人 leader \\d\\d:\\d\\d:\\d\\d, after")
                .contains("Evaluation: " + NAME);
        assertThat(directory.resolve("evaluation.html"))
                .content()
                .contains("演练评估：" + NAME, "灰斗温度", "周市镇", "演练组织人 leader");
        assertThat(drillAlerts())
                .isNotEmpty()
                .noneMatch(one -> isOpen(one.get("state").asText()));

        leftNoTrace(before, Footprints.of(standalone, cityToken));
        wasToldWhereExercisesAre(before);
    }

    /** All receivers of what is real, one after another. */
    private void leftNoTrace(Footprints before, Footprints after) throws Exception {
        assertThat(after.liveTopics()).isEqualTo(before.liveTopics()).hasSizeGreaterThan(100);
        assertThat(after.liveMeters()).isEqualTo(before.liveMeters());
        assertThat(JSON.readTree(Footprints.get(standalone, "/api/alerts?realm=live", cityToken)
                        .body()))
                .isEmpty();
        assertThat(Footprints.get(standalone, "/", cityToken).body()).doesNotContain("dc-021-1", "样例除尘器-21-1");
        assertThat(hooked).isEmpty();
        for (String receiver : alertmanager.receivers()) {
            if (!receiver.equals("exercise")) {
                assertThat(alertmanager.received(receiver)).as(receiver).isEmpty();
            }
        }
        assertThat(alertmanager.alerts())
                .allSatisfy(alert ->
                        assertThat(alert.get("labels").get("status").asText()).isEqualTo("EXERCISE"));
        for (String feed : feedsOf("/cap")) {
            assertThat(Footprints.get(standalone, feed, cityToken).body())
                    .as(feed)
                    .contains("<feed")
                    .doesNotContain("<entry");
        }
        // Nobody but whoever acted in the exercise is in the audit, and the accounts of what is real did not move.
        try (TopicReader<AuditEntry> audit = new TopicReader<>(standalone, Topics.AUDIT)) {
            assertThat(audit.await(SOON, entry -> entry.getAct().equals("exercise-end")))
                    .isPresent();
            assertThat(audit.all(entry -> !"drill".equals(entry.getRealm()))).isEmpty();
        }
    }

    private List<String> feedsOf(String cap) {
        return Stream.concat(
                        Stream.of(cap),
                        standalone.seeds().units().keySet().stream().map(unit -> cap + "/unit/" + unit))
                .toList();
    }

    /** So that the test does not look at a run in which nothing happened. */
    private void wasToldWhereExercisesAre(Footprints before) throws Exception {
        Map<String, Long> now = Footprints.of(standalone, cityToken).drillTopics();
        Set<String> grown = now.keySet().stream()
                .filter(topic -> now.get(topic) > before.drillTopics().get(topic))
                .collect(Collectors.toSet());
        assertThat(grown)
                .contains(
                        Topics.townshipAlert(Realm.DRILL, "zhoushi").name(),
                        Topics.cityAlert(Realm.DRILL, "work-safety").name(),
                        Topics.cityAlert(Realm.DRILL, "fire").name(),
                        Topics.township(Realm.DRILL, "zhoushi", Feeds.DUST_SENSOR)
                                .name(),
                        Topics.alertCap(Realm.DRILL).name(),
                        Topics.alertIncident(Realm.DRILL).name(),
                        Topics.alertDelivery(Realm.DRILL).name());
        assertThat(alertmanager.received("exercise")).isNotEmpty().allSatisfy(labels -> assertThat(labels)
                .containsEntry("exercise", NAME)
                .containsEntry("status", "EXERCISE"));
        String feed = Footprints.get(standalone, "/cap/exercise", cityToken).body();
        assertThat(feed).contains("<entry");
        String message = feed.replaceAll("(?s).*?href=\"[^\"]*(/cap/exercise/message/[^\"]+)\".*", "$1");
        assertThat(Footprints.get(standalone, message, cityToken).body()).contains("<status>Exercise</status>", NAME);
    }

    @Test
    @Order(2)
    void shouldBeHeldByWhoMayAndOnceAtATime() throws Exception {
        CompletableFuture<Integer> refused = new CompletableFuture<>();
        CommandRun viewer = exercise(refused, "elevator-entrapment", "--yes", "--token-file", token("looker"));
        assertThat(refused.get()).isEqualTo(1);
        assertThat(viewer.all()).contains("looker is a viewer", "Nothing was begun");

        CompletableFuture<Integer> dry = new CompletableFuture<>();
        CommandRun announced = exercise(dry, "elevator-entrapment", "--dry-run", "--lang", "zh");
        assertThat(dry.get()).as(announced.all()).isZero();
        assertThat(announced.out()).contains("将收到", "昆山高新区", "市消防大队", "时长：20 分钟");

        String name = "电梯演练（测试）";
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        CommandRun first =
                exercise(exit, "elevator-entrapment", "--name", name, "--yes", "--token-file", token("leader"));
        await().atMost(SOON)
                .until(() -> exit.isDone()
                        || drillAlerts().stream()
                                .anyMatch(
                                        one -> name.equals(one.path("exercise").asText())
                                                && isOpen(one.get("state").asText())));
        assertThat(exit.isDone()).as(first.all()).isFalse();

        CompletableFuture<Integer> second = new CompletableFuture<>();
        CommandRun again =
                exercise(second, "elevator-entrapment", "--name", name, "--yes", "--token-file", token("leader"));
        assertThat(second.get()).isEqualTo(1);
        assertThat(again.all()).contains("is being played");

        CompletableFuture<Integer> stopped = new CompletableFuture<>();
        CommandRun stop = exercise(stopped, "--stop", name, "--token-file", token("leader"));
        assertThat(stopped.get()).as(stop.all()).isZero();
        assertThat(exit.get()).isEqualTo(1);
        assertThat(first.out()).contains("Ended before its time", "演练组织人 leader");
        assertThat(drillAlerts()).noneMatch(one -> isOpen(one.get("state").asText()));
    }

    @Test
    @Order(3)
    void shouldPlayAPastIncidentAgainAndMixNothing() throws Exception {
        VendorMessages vendors = new VendorMessages(standalone);
        for (int i = 0; i < 3; i++) {
            vendors.publish(
                    "dust-two",
                    "dust-sensor",
                    "dc-021-1",
                    "{\"messageId\":\"real-" + i + "\",\"time\":"
                            + Instant.now().toEpochMilli()
                            + ",\"collector\":\"DRY\",\"fanRunning\":true,\"hopperTemperatureCelsius\":" + (50 + i * 15)
                            + "}");
        }
        vendors.publish(
                "video-east",
                "video-status",
                "32058300421310000138",
                "{\"messageId\":\"real-v\",\"time\":" + Instant.now().toEpochMilli()
                        + ",\"kind\":\"STATUS\",\"state\":\"OFF\"}");
        String incident;
        try (TopicReader<Incident> incidents = new TopicReader<>(standalone, Topics.alertIncident(Realm.LIVE))) {
            incident = incidents
                    .await(SOON, one -> one.getFeeds().size() == 2)
                    .orElseThrow()
                    .getIncidentId();
        }
        await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
        Footprints before = Footprints.of(standalone, cityToken);
        int heard = hooked.size();

        CompletableFuture<Integer> exit = new CompletableFuture<>();
        CommandRun command = exercise(
                exit,
                "--from-incident",
                incident,
                "--name",
                "重演（测试）",
                "--lasts",
                "0.5",
                "--yes",
                "--token-file",
                token("leader"));

        assertThat(exit.get()).as(command.all()).isZero();
        assertThat(command.out()).contains("重演（测试）", incident, "acknowledged within", "(then: never)");
        Footprints after = Footprints.of(standalone, cityToken);
        assertThat(after.liveTopics()).isEqualTo(before.liveTopics());
        assertThat(hooked).hasSize(heard);
        try (TopicReader<Alert> drill = new TopicReader<>(standalone, Topics.alertState(Realm.DRILL));
                TopicReader<DustSensor> events =
                        new TopicReader<>(standalone, Topics.feed(Realm.DRILL, Feeds.DUST_SENSOR))) {
            assertThat(drill.await(
                            SOON,
                            alert -> alert.getAlertId().equals(DUST)
                                    && "重演（测试）".equals(alert.getExercise())
                                    && alert.getState() == AlertState.RESOLVED))
                    .isPresent();
            assertThat(events.await(SOON, event -> isPlayed(event.getHeader()))).isPresent();
            assertThat(events.all(event -> event.getHeader().getEventId().contains("/real-")))
                    .as("no id of a true event")
                    .isEmpty();
            assertThat(events.all(event -> isPlayed(event.getHeader()))).hasSize(3);
        }
    }

    /**
     * As a run that was killed leaves it: what it said is there, and nobody plays it any more. It waits for clocks for a minute, which a
     * build has not: there TimedRulesTest has them in virtual time.
     */
    @Test
    @Tag("trial")
    @Order(4)
    void shouldLeaveNothingThatAClockCouldRaiseAfterStop() throws Exception {
        String name = "无人组织的演练（测试）";
        entrapped("583001", name);
        await().atMost(LATE.plus(SOON)).until(() -> openOf(name).contains("elevator-not-dispatched@583001"));
        entrapped("583002", name);
        await().atMost(SOON).until(() -> openOf(name).contains("elevator-entrapment@583002"));

        CompletableFuture<Integer> stopped = new CompletableFuture<>();
        CommandRun stop = exercise(stopped, "--stop", name, "--token-file", token("leader"));
        assertThat(stopped.get()).as(stop.all()).isZero();
        assertThat(stop.out()).contains("3 alerts were ended here");
        assertThat(openOf(name)).isEmpty();

        await().during(LATE.plusSeconds(5)).atMost(LATE.multipliedBy(2)).until(() -> openOf(name)
                .isEmpty());
        assertThat(drillAlerts())
                .noneMatch(one -> one.get("alertId").asText().equals("elevator-not-dispatched@583002"));
    }

    private void entrapped(String lift, String exercise) throws Exception {
        new VendorMessages(standalone)
                .publish(
                        "lift-rescue",
                        "elevator-119",
                        lift,
                        "{\"messageId\":\"left\",\"time\":" + Instant.now().toEpochMilli()
                                + ",\"status\":\"EXERCISE\",\"exercise\":\"" + exercise
                                + "\",\"orderNo\":\"YL-left\",\"kind\":\"ENTRAPMENT\",\"state\":\"RECEIVED\""
                                + ",\"rescueLevel\":1,\"trapped\":2}");
    }

    private List<String> openOf(String exercise) {
        return drillAlerts().stream()
                .filter(one -> exercise.equals(one.path("exercise").asText())
                        && isOpen(one.get("state").asText()))
                .map(one -> one.get("alertId").asText())
                .toList();
    }

    private static boolean isPlayed(EventHeader header) {
        return header.getSource().getBridge().equals("exercise-replay") && "重演（测试）".equals(header.getExercise());
    }

    private static boolean isOpen(String state) {
        return state.equals("FIRING") || state.equals("ACKNOWLEDGED");
    }

    private JsonNode awaitDrillAlert(CompletableFuture<Integer> exit, CommandRun command) {
        await().atMost(SOON)
                .until(() -> exit.isDone()
                        || drillAlerts().stream()
                                .anyMatch(one -> one.get("alertId").asText().equals(DUST)));
        assertThat(exit.isDone()).as(command.all()).isFalse();
        return drillAlerts().stream()
                .filter(one -> one.get("alertId").asText().equals(DUST))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> drillAlerts() {
        try {
            JsonNode all = JSON.readTree(Footprints.get(standalone, "/api/alerts?realm=drill&state=all", cityToken)
                    .body());
            return all.isArray()
                    ? Stream.iterate(0, i -> i < all.size(), i -> i + 1)
                            .map(all::get)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> act(String page, int revision, String exercise, String action) throws Exception {
        String form = "action=" + action + "&commandId=" + UUID.randomUUID() + "&revision=" + revision + "&exercise="
                + URLEncoder.encode(exercise, UTF_8);
        String path = URI.create(page).getRawPath();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(standalone.ports().consoleUrl() + path))
                                .header("Authorization", "Bearer " + cityToken)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
    }
}
