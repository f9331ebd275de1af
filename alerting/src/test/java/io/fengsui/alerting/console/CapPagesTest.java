package io.fengsui.alerting.console;

import static io.fengsui.alerting.notify.cap.CapCheck.children;
import static io.fengsui.alerting.notify.cap.CapCheck.parsed;
import static io.fengsui.alerting.notify.cap.CapCheck.text;
import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.console.cap.CapReaders;
import io.fengsui.alerting.console.cap.CapResource;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.cap.CapCheck;
import io.fengsui.alerting.notify.cap.CapMessages;
import io.fengsui.alerting.notify.cap.CapSettings;
import io.fengsui.alerting.notify.cap.MemoryCapLog;
import io.fengsui.alerting.notify.national.NationalXml;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.schema.topic.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** CAP over HTTP, on a real server. */
class CapPagesTest {
    @TempDir
    private Path directory;

    private final Instant now = T0.plus(Duration.ofHours(1));
    private final MemoryCapLog live = new MemoryCapLog(() -> T0);
    private final MemoryCapLog drill = new MemoryCapLog(() -> T0);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TestConsole console;

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void shouldServeAFeedWhoseMessagesAreValid() throws Exception {
        start(CapReaders.everybody());
        publish(alert("a", "zhangpu"));
        publish(alert("b", "huaqiao"));

        HttpResponse<String> feed = console.get("/cap");

        assertThat(feed.statusCode()).isEqualTo(200);
        assertThat(feed.headers().firstValue("Content-Type")).hasValue("application/atom+xml; charset=utf-8");
        Element atom = parsed(feed.body().getBytes(StandardCharsets.UTF_8));
        assertThat(atom.getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        List<Element> entries = children(atom, "entry");
        assertThat(entries).hasSize(2);
        for (Element entry : entries) {
            HttpResponse<String> message = console.get(link(entry, "alternate"));
            assertThat(message.headers().firstValue("Content-Type")).hasValue("application/cap+xml; charset=utf-8");
            new CapCheck().validated(message.body().getBytes(StandardCharsets.UTF_8));
            assertThat(message.headers().firstValue("Cache-Control")).hasValue("private, max-age=31536000, immutable");
            Element national = parsed(console.get(link(entry, "related")).body().getBytes(StandardCharsets.UTF_8));
            assertThat(text(national, "senderCode")).isEqualTo("32058341600000");
        }
    }

    @Test
    void shouldKeepExercisesInAFeedOfTheirOwn() throws Exception {
        start(CapReaders.everybody());
        CapMessage real = publish(alert("a", "zhangpu"));
        CapMessage exercise = publish(Alert.newBuilder(alert("a", "zhangpu"))
                .setStatus(EventStatus.EXERCISE)
                .setExercise("秋季演练")
                .build());

        assertThat(identifiers("/cap")).containsExactly(real.getIdentifier());
        assertThat(identifiers("/cap/unit/zhangpu")).containsExactly(real.getIdentifier());
        assertThat(identifiers("/cap/exercise")).containsExactly(exercise.getIdentifier());
        assertThat(identifiers("/cap/exercise/unit/zhangpu")).containsExactly(exercise.getIdentifier());
        assertThat(console.get("/cap/message/" + exercise.getIdentifier()).statusCode())
                .isEqualTo(404);
        assertThat(console.get("/cap/exercise/message/" + exercise.getIdentifier())
                        .body())
                .contains("<status>Exercise</status>", "<note>秋季演练</note>");
    }

    @Test
    void shouldGiveTheSameBytesAndSayWhenNothingHasChanged() throws Exception {
        start(CapReaders.everybody());
        String message = "/cap/message/" + publish(alert("a", "zhangpu")).getIdentifier();
        for (String path : List.of("/cap", message)) {
            HttpResponse<String> first = console.get(path);
            String tag = first.headers().firstValue("ETag").orElseThrow();
            String modified = first.headers().firstValue("Last-Modified").orElseThrow();

            assertThat(console.get(path).body()).isEqualTo(first.body());
            assertThat(modified).isEqualTo("Mon, 23 Nov 2026 00:00:00 GMT");
            HttpResponse<String> same = console.get(path, "If-None-Match", "\"x\", W/" + tag);
            assertThat(same.statusCode()).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            assertThat(console.get(path, "If-Modified-Since", modified).statusCode())
                    .isEqualTo(304);
            assertThat(console.get(path, "If-Modified-Since", "Sun, 22 Nov 2026 00:00:00 GMT")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(console.get(path, "If-Modified-Since", "yesterday").statusCode())
                    .isEqualTo(200);
        }
        String before = console.get("/cap").headers().firstValue("ETag").orElseThrow();
        publish(alert("b", "zhangpu"));
        assertThat(console.get("/cap", "If-None-Match", before).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTurnPagesWithoutLosingOrRepeatingWhileNewOnesCome() throws Exception {
        start(CapReaders.everybody());
        for (int i = 0; i < 7; i++) {
            publish(alert("a" + i, i % 2 == 0 ? "zhangpu" : "huaqiao"));
        }

        List<String> first = identifiers("/cap?limit=3");
        Element atom = parsed(console.get("/cap?limit=3").body().getBytes(StandardCharsets.UTF_8));
        publish(alert("new", "zhangpu"));
        String next = link(atom, "next");
        List<String> second = identifiers(next);

        assertThat(first).hasSize(3);
        assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
        assertThat(identifiers("/cap/unit/zhangpu")).hasSize(5);
        assertThat(console.get("/cap?limit=0").statusCode()).isEqualTo(400);
        assertThat(console.get("/cap?limit=501").statusCode()).isEqualTo(400);
        assertThat(console.get("/cap?limit=x").statusCode()).isEqualTo(400);
        assertThat(console.get("/cap?before=nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseWhoAsksForWhatItMayNotSee() throws Exception {
        Path file = Files.writeString(
                directory.resolve("readers"), "zhangpu " + hash("t-1") + " zhangpu\ncity " + hash("t-2") + " *\n");
        start(CapReaders.of(file));
        CapMessage own = publish(alert("a", "zhangpu"));
        CapMessage other = publish(alert("b", "huaqiao"));
        String[] township = {"Authorization", "Bearer t-1"};
        String[] city = {"Authorization", basic("anybody:t-2")};

        assertThat(console.get("/cap/unit/zhangpu").statusCode()).isEqualTo(401);
        assertThat(console.get("/cap/unit/zhangpu", "Authorization", "Bearer t-3")
                        .statusCode())
                .isEqualTo(401);
        assertThat(console.get("/cap/unit/zhangpu", "Authorization", "Basic ***")
                        .statusCode())
                .isEqualTo(401);
        assertThat(console.get("/cap/unit/zhangpu", township).statusCode()).isEqualTo(200);
        assertThat(console.get("/cap/unit/huaqiao", township).statusCode()).isEqualTo(403);
        assertThat(console.get("/cap/exercise/unit/huaqiao", township).statusCode())
                .isEqualTo(403);
        assertThat(console.get("/cap", township).statusCode()).isEqualTo(403);
        assertThat(console.get("/cap/message/" + own.getIdentifier(), township).statusCode())
                .isEqualTo(200);
        HttpResponse<String> hidden = console.get("/cap/message/" + other.getIdentifier(), township);
        HttpResponse<String> none = console.get("/cap/message/none", township);
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.body()).as("whether it exists is not told").isEqualTo(none.body());
        assertThat(console.get("/cap/national/" + other.getNationalIdentifier(), township)
                        .statusCode())
                .isEqualTo(404);
        assertThat(console.get("/cap", city).statusCode()).isEqualTo(200);
        assertThat(console.get("/cap/message/" + other.getIdentifier(), city).statusCode())
                .isEqualTo(200);
        assertThat(meters.get("fengsui.alerting.cap.requests")
                        .tag("outcome", "REFUSED")
                        .counter()
                        .count())
                .isEqualTo(8);
    }

    @Test
    void shouldShowWhomAnAlertRoseToItsMessageAndThoseThatItRefersTo() throws Exception {
        Path file = Files.writeString(directory.resolve("readers"), "centre " + hash("t-1") + " command\n");
        start(CapReaders.of(file));
        String[] centre = {"Authorization", "Bearer t-1"};
        Alert alert = alert("a", "zhangpu");
        CapMessage first = publish(alert);
        CapMessage other = publish(alert("b", "zhangpu"));
        assertThat(console.get("/cap/message/" + first.getIdentifier(), centre).statusCode())
                .isEqualTo(404);
        Alert risen = AlertLifecycle.apply(
                        alert,
                        Samples.command(CommandAction.ESCALATE, "e")
                                .setAlertId("a")
                                .build(),
                        Plans.plan(),
                        T0.plusSeconds(60))
                .changed()
                .orElseThrow();

        CapMessage update = publish(risen);

        assertThat(update.getUnitIds()).contains("command");
        assertThat(console.get("/cap/unit/command", centre).body())
                .contains(update.getIdentifier())
                .doesNotContain(first.getIdentifier());
        assertThat(console.get("/cap/message/" + update.getIdentifier(), centre).statusCode())
                .isEqualTo(200);
        assertThat(console.get("/cap/message/" + first.getIdentifier(), centre).statusCode())
                .isEqualTo(200);
        assertThat(console.get("/cap/national/" + first.getNationalIdentifier(), centre)
                        .statusCode())
                .isEqualTo(200);
        assertThat(console.get("/cap/message/" + other.getIdentifier(), centre).statusCode())
                .as("another alert")
                .isEqualTo(404);

        Alert over = AlertLifecycle.apply(
                        risen, Samples.clear(T0.plusSeconds(90)).setAlertId("a").build(), T0.plusSeconds(90))
                .changed()
                .orElseThrow();
        CapMessage end = publish(over);
        CapMessage anew = publish(AlertLifecycle.apply(
                        over,
                        raise(T0.plusSeconds(900))
                                .setAlertId("a")
                                .setEventId("n")
                                .setSubject(risen.getSubject())
                                .build(),
                        T0.plusSeconds(900))
                .changed()
                .orElseThrow());

        assertThat(console.get("/cap/message/" + end.getIdentifier(), centre).statusCode())
                .isEqualTo(200);
        assertThat(console.get("/cap/message/" + anew.getIdentifier(), centre).statusCode())
                .as("another occurrence, which did not rise")
                .isEqualTo(404);
    }

    @Test
    void shouldBeClosedWhereOthersReachTheServerAndNoReadersAreSet() throws Exception {
        start(CapReaders.nobody());
        CapMessage message = publish(alert("a", "zhangpu"));

        assertThat(console.get("/cap").statusCode()).isEqualTo(403);
        assertThat(console.get("/cap").body()).contains("alerting.cap.readers.file");
        assertThat(console.get("/cap/message/" + message.getIdentifier()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void shouldSayThatItIsNotReadyRatherThanShowHalf() throws Exception {
        start(CapReaders.everybody());
        live.read = false;

        HttpResponse<String> reply = console.get("/cap");

        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).hasValue("5");
    }

    private void start(CapReaders readers) {
        CapResource cap = new CapResource(
                Map.of(Realm.LIVE, live, Realm.DRILL, drill), readers, Optional.empty(), "昆山", meters, () -> now);
        console = new TestConsole(0, cap::route);
    }

    private CapMessage publish(Alert alert) {
        MemoryCapLog log = Realm.of(alert.getStatus()) == Realm.LIVE ? live : drill;
        CapMessages messages = new CapMessages(
                new CapSettings("duty.example.cn", new AlertText("昆山", "Kunshan"), "", "Restricted", Map.of()),
                Optional.of(new NationalXml("32058341600000", "昆山", "Restricted", Map.of("dust-sensor", "12A01"))),
                unit -> Optional.empty(),
                new Corrections(figure -> Optional.empty()),
                at -> Optional.empty());
        CapMessage message = messages.next(alert, log.index()).orElseThrow();
        assertThat(log.append(message)).isTrue();
        return message;
    }

    private static Alert alert(String id, String unit) {
        return AlertLifecycle.apply(
                        null,
                        raise(T0)
                                .setAlertId(id)
                                .setSeverity(Severity.II)
                                .setSubject(Samples.subject(id)
                                        .setUnitIds(List.of(unit))
                                        .setDepartmentIds(List.of())
                                        .build())
                                .build(),
                        T0)
                .changed()
                .orElseThrow();
    }

    private List<String> identifiers(String path) throws Exception {
        Element atom = parsed(console.get(path).body().getBytes(StandardCharsets.UTF_8));
        return children(atom, "entry").stream()
                .map(entry -> text(entry, "id").replace("urn:fengsui:cap:", ""))
                .toList();
    }

    /** Path of a link; the addresses themselves are absolute. */
    private String link(Element parent, String relation) {
        String address = children(parent, "link").stream()
                .filter(link -> link.getAttribute("rel").equals(relation))
                .findFirst()
                .orElseThrow()
                .getAttribute("href");
        String base = console.uri("").toString();
        assertThat(address).startsWith(base);
        return address.substring(base.length());
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String token) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
