package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alert.Incident;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.Delivery;
import io.fengsui.alerting.notify.Outcome;
import io.fengsui.alerting.notify.alertmanager.AlertmanagerNotifier;
import io.fengsui.alerting.notify.alertmanager.PostableAlerts;
import io.fengsui.event.Severity;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.schema.topic.Realm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * HTML and script in every text of an alert, an incident, a delivery, a receipt and an account, whoever may have put it there: each
 * page shows it as text. The texts are found by the schema, so that a new field is in the test from its first day.
 */
class HostileTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "'\"><xss onx=1>&amp;<script>alert(1)</script>";

    private final TestConsole console = new TestConsole();
    private int texts;

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void shouldShowAsTextWhateverStandsInAnAlertOnEveryPage() throws Exception {
        Alert live = hostile(console.samples.hopper(), "rule@" + HOSTILE);
        Alert drill = hostile(console.samples.exercise(console.samples.acknowledgedBeidou(), "x"), "drill@" + HOSTILE);
        Incident incident = spoilt(console.samples.incident("i", Severity.I, 1));
        assertThat(texts).as("texts of two alerts and an incident").isGreaterThan(60);
        console.show(incident, List.of(live));
        console.show(drill);
        console.show(hostile(console.samples.clearedHopper(), "ended@" + HOSTILE));
        console.board
                .deliveries()
                .accept(
                        Realm.LIVE,
                        spoilt(
                                AlertDelivery.newBuilder()
                                        .setAlertId(live.getAlertId())
                                        .setReceiver("webhook-0")
                                        .setRevision(1)
                                        .setOutcome(DeliveryOutcome.REJECTED)
                                        .setAt(console.now)
                                        .setAttempts(1)
                                        .build(),
                                Map.of("alertId", live.getAlertId(), "receiver", "webhook-0")));
        console.receipts.add(new Receipt(HOSTILE, HOSTILE, 0, 1, 1, console.now.minusSeconds(900)));
        console.account(HOSTILE, 1, 0, 0, Map.of(HOSTILE, 1L));
        console.trail.entries.add(spoilt(
                AuditEntry.newBuilder()
                        .setEntryId("1")
                        .setProcess("test")
                        .setAt(console.now)
                        .setUser("x")
                        .setAct("acknowledge")
                        .setOutcome(AuditOutcome.REFUSED)
                        .build(),
                Map.of("realm", "live")));

        for (String language : List.of("zh", "en")) {
            for (String path : List.of(
                    "/?",
                    "/?all=1&",
                    "/?unit=" + Paths.encode(HOSTILE) + "&",
                    "/drill?",
                    Paths.alert(Realm.LIVE, live.getAlertId()) + "?",
                    Paths.alert(Realm.LIVE, live.getAlertId()) + "?done=" + Paths.encode(HOSTILE) + "&",
                    Paths.alert(Realm.DRILL, drill.getAlertId()) + "?",
                    Paths.alert(Realm.LIVE, "ended@" + HOSTILE) + "?",
                    Paths.alert(Realm.LIVE, HOSTILE) + "?",
                    Paths.incident(Realm.LIVE, incident.getIncidentId()) + "?",
                    "/feeds?",
                    "/readers?",
                    "/audit?",
                    "/help?")) {
                HttpResponse<String> page = console.get(path + "lang=" + language);
                assertThat(page.statusCode()).as(path).isIn(200, 404);
                assertThat(page.body()).as(path).contains("<html").doesNotContain("<xss", "<script>alert", "onx=1>");
            }
        }
        assertThat(console.get("/").body()).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void shouldGiveItToScriptsAsJsonThatNoBrowserTakesForAPage() throws Exception {
        Alert alert = hostile(console.samples.hopper(), "rule@" + HOSTILE);
        console.show(alert);

        HttpResponse<String> answer = console.get("/api/alerts?state=all");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(JSON.readTree(answer.body()).get(0).get("alertId").asText()).isEqualTo("rule@" + HOSTILE);
    }

    @Test
    void shouldGiveItToAlertmanagerAsTheTextThatItIsAndNeverAsALabelsName() throws Exception {
        Alert alert = hostile(console.samples.hopper(), "rule@" + HOSTILE);
        BlockingQueue<JsonNode> posted = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            posted.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            Outcome outcome = new AlertmanagerNotifier(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                            0,
                            Duration.ofSeconds(10),
                            new PostableAlerts(
                                    of -> URI.create("http://console.example/"),
                                    new Corrections(figure -> Optional.empty()),
                                    Duration.ofMinutes(5),
                                    () -> console.now))
                    .send(List.of(new AlertNotice(
                            alert, alert.getSeverity(), true, console.now, console.now.plusSeconds(60))));
            assertThat(outcome.delivery()).isEqualTo(Delivery.DELIVERED);
        } finally {
            server.stop(0);
        }

        JsonNode one = posted.take().get(0);
        for (String part : List.of("labels", "annotations")) {
            assertThat(one.get(part).fieldNames())
                    .toIterable()
                    .allMatch(name -> name.matches("[a-z_]+"), "our own name");
        }
        assertThat(one.get("annotations").findValuesAsText("explanation_zh"))
                .as("as it is: whoever shows it escapes it for where it stands")
                .containsExactly(HOSTILE);
        assertThat(one.get("generatorURL").asText()).isEqualTo("http://console.example/");
    }

    private Alert hostile(Alert alert, String id) {
        return spoilt(alert, Map.of("alertId", id, "incidentId", ""));
    }

    private <T extends SpecificRecord> T spoilt(T record) {
        return spoilt(record, Map.of());
    }

    /**
     * A copy with hostile texts throughout.
     *
     * @param kept texts of its own fields, empty: none
     */
    @SuppressWarnings("unchecked")
    private <T extends SpecificRecord> T spoilt(T record, Map<String, String> kept) {
        T copy = SpecificData.get().deepCopy(record.getSchema(), record);
        for (Schema.Field field : copy.getSchema().getFields()) {
            String own = kept.get(field.name());
            Object value = own != null ? (own.isEmpty() ? null : own) : spoilt(field.schema(), copy.get(field.pos()));
            copy.put(field.pos(), value);
        }
        return copy;
    }

    private Object spoilt(Schema schema, Object value) {
        return switch (schema.getType()) {
            case STRING -> {
                texts++;
                yield HOSTILE;
            }
            case UNION -> {
                Schema other = schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow();
                yield value == null && other.getType() != Schema.Type.STRING ? null : spoilt(other, value);
            }
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (Object item : (List<?>) value) {
                    items.add(spoilt(schema.getElementType(), item));
                }
                if (items.isEmpty() && schema.getElementType().getType() == Schema.Type.STRING) {
                    items.add(spoilt(schema.getElementType(), null));
                }
                yield items;
            }
            case MAP -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                if (schema.getValueType().getType() == Schema.Type.STRING) {
                    entries.put(HOSTILE, spoilt(schema.getValueType(), null));
                } else {
                    ((Map<?, ?>) value).forEach((key, one) -> entries.put(HOSTILE, spoilt(schema.getValueType(), one)));
                }
                yield entries;
            }
            case RECORD -> spoilt((SpecificRecord) value);
            default -> value;
        };
    }
}
