package io.fengsui.standalone.observe;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Prometheus of the machine, with the shipped configuration but for addresses and its pace: once a second. */
final class PrometheusServer implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final String url;

    /**
     * @param directory for its data, configuration and log
     * @param console host:port of Fengsui
     * @param alertmanager host:port
     */
    PrometheusServer(Path directory, String console, String alertmanager) throws IOException {
        int port = Ports.free(1)[0];
        url = "http://" + Ports.HOST + ":" + port;
        String shipped = Files.readString(ShippedRules.directory().resolve("prometheus.yml"));
        Path config = Files.writeString(
                directory.resolve("prometheus.yml"),
                shipped.replace("127.0.0.1:8080", console)
                        .replace("127.0.0.1:9093", alertmanager)
                        .replace("rules/*.yml", ShippedRules.directory() + "/rules/*.yml")
                        .replace("_interval: 15s", "_interval: 1s"));
        process = new ProcessBuilder(List.of(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=" + Ports.HOST + ":" + port))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> status("/-/ready") == 200);
    }

    /** What it answers to a query now; its words if it does not take it. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    /** Whether a query has an answer with a number in it. */
    boolean answers(String expression) throws IOException, InterruptedException {
        JsonNode answer = query(expression);
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer.path("error").asText());
        }
        return Dashboard.each(answer.get("data").get("result"))
                .anyMatch(series -> !series.get("value").get(1).asText().equals("NaN"));
    }

    JsonNode rules() throws IOException, InterruptedException {
        return get("/api/v1/rules").get("data").get("groups");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(
                http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
                        .body());
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
