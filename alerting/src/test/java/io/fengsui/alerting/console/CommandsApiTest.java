package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alerting.access.LoginThrottle;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Sessions;
import io.fengsui.alerting.access.Tokens;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UserDirectory;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.topic.Realm;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that act on alerts, by HTTP. */
class CommandsApiTest {
    private static final String LIFT = "elevator-entrapment@lift-053";
    private static final String CITY = Tokens.bearer();
    private static final String UNIT = Tokens.bearer();
    private static final String OTHER = Tokens.bearer();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private TestConsole console;

    @BeforeEach
    void start() throws Exception {
        Path file = directory.resolve("users.csv");
        UsersFile.empty()
                .with(user("script", Role.CITY_DUTY_OFFICER, null), "", Tokens.hash(CITY))
                .with(user("own", Role.UNIT_OFFICER, "tinglin"), "", Tokens.hash(UNIT))
                .with(user("other", Role.UNIT_OFFICER, "bacheng"), "", Tokens.hash(OTHER))
                .write(file);
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
        console.show(console.samples.entrapment());
        console.show(console.samples.exercise(console.samples.entrapment(), "2026 演练"));
    }

    private static User user(String name, Role role, String unit) {
        return new User(name, "值班员-" + name, role, Optional.ofNullable(unit));
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void shouldActAsTheTokensUserOnceAndSayWhatCameOfIt() throws Exception {
        String command = "{\"action\":\"acknowledge\",\"revision\":1,\"note\":\"已派人\",\"actor\":\"rule:x\","
                + "\"commandId\":\"5f8c7d1e-93a4-4a6b-8a4f-6e0d2b9c1a10\"}";

        HttpResponse<String> answer = send(Realm.LIVE, command, UNIT);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode said = JSON.readTree(answer.body());
        assertThat(said.get("outcome").asText()).isEqualTo("DONE");
        assertThat(said.get("revision").asInt()).isEqualTo(2);
        assertThat(said.get("commandId").asText()).isEqualTo("5f8c7d1e-93a4-4a6b-8a4f-6e0d2b9c1a10");
        assertThat(alert(Realm.LIVE).getAcknowledgedBy()).isEqualTo("值班员-own");
        assertThat(alert(Realm.DRILL).getState()).isEqualTo(AlertState.FIRING);
        assertThat(send(Realm.LIVE, command, UNIT).statusCode())
                .as("the same again")
                .isEqualTo(200);
        assertThat(alert(Realm.LIVE).getRevision()).isEqualTo(2);
        assertThat(console.trail.entries)
                .extracting(AuditEntry::getUser, AuditEntry::getVia, AuditEntry::getAct)
                .contains(tuple("own", "TOKEN", "acknowledge"));
    }

    @Test
    void shouldRefuseByNameWhatAFormWouldBeRefusedAndWriteItDown() throws Exception {
        assertThat(refused("{\"action\":\"acknowledge\",\"revision\":1}", OTHER, 403))
                .isEqualTo("NOT_PERMITTED");
        assertThat(refused("{\"action\":\"comment\",\"revision\":1}", CITY, 422))
                .isEqualTo("NOTE_MISSING");
        assertThat(refused("{\"action\":\"cancel\",\"revision\":1,\"confirmed\":true}", CITY, 422))
                .isEqualTo("NOTE_MISSING");
        assertThat(refused("{\"action\":\"cancel\",\"revision\":1,\"note\":\"误报\"}", CITY, 409))
                .isEqualTo("CONFIRMATION_NEEDED");
        assertThat(refused("{\"action\":\"acknowledge\",\"revision\":7}", CITY, 409))
                .isEqualTo("CHANGED_SINCE");
        assertThat(refused("{\"action\":\"assign\",\"revision\":1}", CITY, 409)).isEqualTo("NO_ASSIGNEE");
        assertThat(refused("{\"action\":\"report\",\"revision\":1,\"report\":\"none\"}", CITY, 409))
                .isEqualTo("NO_SUCH_REPORT");
        assertThat(console.trail.entries)
                .extracting(AuditEntry::getReason)
                .containsExactly(
                        "NOT_PERMITTED",
                        "NOTE_MISSING",
                        "NOTE_MISSING",
                        "CONFIRMATION_NEEDED",
                        "CHANGED_SINCE",
                        "NO_ASSIGNEE",
                        "NO_SUCH_REPORT");
        assertThat(alert(Realm.LIVE).getRevision()).isEqualTo(1);

        assertThat(send(Realm.LIVE, "{\"action\":\"cancel\",\"revision\":1,\"note\":\"误报\",\"confirmed\":true}", CITY)
                        .statusCode())
                .isEqualTo(200);
        assertThat(refused("{\"action\":\"acknowledge\",\"revision\":2}", CITY, 409))
                .isEqualTo("ENDED");
    }

    @Test
    void shouldMeetAnExerciseByItsNameAlone() throws Exception {
        String plain = "{\"action\":\"acknowledge\",\"revision\":1}";
        String named = "{\"action\":\"acknowledge\",\"revision\":1,\"exercise\":\"2026 演练\"}";

        assertThat(reason(send(Realm.DRILL, plain, CITY), 422)).isEqualTo("EXERCISE_NAME");
        assertThat(reason(send(Realm.LIVE, named, CITY), 422)).isEqualTo("EXERCISE_NAME");
        assertThat(send(Realm.DRILL, named, CITY).statusCode()).isEqualTo(200);
        assertThat(alert(Realm.LIVE).getState()).isEqualTo(AlertState.FIRING);
    }

    @Test
    void shouldRefuseWhatIsNoCommand() throws Exception {
        for (String body : new String[] {
            "",
            "[]",
            "null",
            "{\"action\":\"acknowledge\"",
            "{\"revision\":1}",
            "{\"action\":\"acknowledge\"}",
            "{\"action\":\"acknowledge\",\"revision\":\"x\"}",
            "{\"action\":{\"a\":1},\"revision\":1}",
            "{\"action\":\"acknowledge\",\"revision\":1,\"commandId\":\"7\"}"
        }) {
            assertThat(reason(send(Realm.LIVE, body, CITY), 400)).as(body).isEqualTo("BAD_REQUEST");
        }
        assertThat(reason(
                        console.postJson(
                                "/api/alerts/live/no@alert/commands",
                                "{\"action\":\"acknowledge\",\"revision\":1}",
                                "Authorization",
                                "Bearer " + CITY),
                        404))
                .isEqualTo("NO_SUCH_ALERT");
        assertThat(send(Realm.LIVE, "{\"note\":\"" + "长".repeat(40_000) + "\"}", CITY)
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldLetInNobodyWithoutAToken() throws Exception {
        String json = "{\"action\":\"acknowledge\",\"revision\":1}";

        assertThat(console.postJson(path(Realm.LIVE), json).statusCode()).isEqualTo(403);
        assertThat(console.postJson(
                                path(Realm.LIVE),
                                json,
                                "Origin",
                                console.uri("").toString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(console.postJson(path(Realm.LIVE), json, "Authorization", "Bearer nobodys")
                        .statusCode())
                .isEqualTo(401);
        assertThat(console.get(path(Realm.LIVE), "Authorization", "Bearer " + CITY)
                        .statusCode())
                .as("no act by GET")
                .isIn(404, 405);
        assertThat(alert(Realm.LIVE).getRevision()).isEqualTo(1);
    }

    @Test
    void shouldSayWhatIsNotDecidedYetAndWhatIsNotStored() throws Exception {
        console.log = TestConsole.Log.STALLS;
        HttpResponse<String> pending = send(Realm.LIVE, "{\"action\":\"acknowledge\",\"revision\":1}", CITY);
        assertThat(pending.statusCode()).isEqualTo(202);
        assertThat(pending.body()).contains("\"outcome\":\"PENDING\"");

        console.log = TestConsole.Log.FAILS;
        assertThat(refused("{\"action\":\"acknowledge\",\"revision\":1}", CITY, 503))
                .isEqualTo("NOT_STORED");
    }

    private String refused(String json, String token, int status) throws Exception {
        return reason(send(Realm.LIVE, json, token), status);
    }

    private static String reason(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("detail").asText()).isNotBlank();
        return problem.get("reason").asText();
    }

    private HttpResponse<String> send(Realm realm, String json, String token) throws Exception {
        return console.postJson(path(realm), json, "Authorization", "Bearer " + token);
    }

    private static String path(Realm realm) {
        return "/api" + Paths.alert(realm, LIFT) + "/commands";
    }

    private Alert alert(Realm realm) {
        return console.board.get(realm, LIFT).orElseThrow();
    }
}
