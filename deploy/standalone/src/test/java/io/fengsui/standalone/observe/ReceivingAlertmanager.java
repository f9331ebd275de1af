package io.fengsui.standalone.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Alertmanager with the shipped configuration, whose receivers each have a webhook to this JVM, and which waits for nothing
 * before it notifies.
 */
public final class ReceivingAlertmanager implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RECEIVER = Pattern.compile("(?m)^  - name: ([a-z-]+)$");

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer webhook;
    private final Process process;
    private final URI url;
    private final List<String> receivers = new ArrayList<>();
    private final Map<String, List<Map<String, String>>> received = new ConcurrentHashMap<>();

    /** @param directory for its configuration and its data */
    public ReceivingAlertmanager(Path directory) throws IOException {
        Files.createDirectories(directory);
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            String receiver = exchange.getRequestURI().getPath().substring(1);
            for (JsonNode alert : body.get("alerts")) {
                Map<String, String> labels = new TreeMap<>();
                alert.get("labels")
                        .properties()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().asText()));
                labels.put("(status)", alert.get("status").asText());
                received.computeIfAbsent(receiver, name -> new CopyOnWriteArrayList<>())
                        .add(labels);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        webhook.start();
        String shipped = Files.readString(Home.locate().directory().resolve("deploy/alertmanager/alertmanager.yml"));
        Matcher matcher = RECEIVER.matcher(shipped);
        String config = matcher.replaceAll(found -> {
            receivers.add(found.group(1));
            return "  - name: " + found.group(1) + "\n    webhook_configs: [{url: \"http://127.0.0.1:"
                    + webhook.getAddress().getPort() + "/" + found.group(1) + "\"}]";
        });
        config = config.replaceAll("group_wait: \\d+s", "group_wait: 0s")
                .replaceAll("group_interval: \\d+[sm]", "group_interval: 1s");
        Path file = Files.writeString(directory.resolve("alertmanager.yml"), config);
        int port = Ports.free(1)[0];
        url = URI.create("http://" + Ports.HOST + ":" + port);
        process = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + file,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=" + Ports.HOST + ":" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> http.send(
                                        HttpRequest.newBuilder(URI.create(url + "/-/ready"))
                                                .build(),
                                        BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    public URI url() {
        return url;
    }

    /** Names of all receivers of the configuration. */
    public List<String> receivers() {
        return List.copyOf(receivers);
    }

    /** Labels of what a receiver was told, with '(status)' firing or resolved. */
    public List<Map<String, String>> received(String receiver) {
        return received.getOrDefault(receiver, List.of());
    }

    /** Posts an alert that fires until it is said to be over. */
    void post(boolean firing, String... labels) throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (String label : labels) {
            int is = label.indexOf('=');
            all.put(label.substring(0, is), label.substring(is + 1));
        }
        String ends = firing ? "2099-01-01T00:00:00Z" : "2020-01-02T00:00:00Z";
        String json = JSON.writeValueAsString(
                List.of(Map.of("labels", all, "startsAt", "2020-01-01T00:00:00Z", "endsAt", ends)));
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts"))
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(json))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    /** All alerts that it holds, also what is inhibited. */
    public JsonNode alerts() throws Exception {
        return JSON.readTree(http.send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        webhook.stop(0);
    }
}
