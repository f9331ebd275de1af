package io.fengsui.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.schema.feed.Lane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the console for its open alerts again and again, and notes how old the event of each is when it first shows. */
final class ConsoleWatch implements Runnable, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ConsoleWatch.class);
    private static final long INTERVAL_MILLIS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> seen = new HashSet<>();
    private final HttpRequest request;
    private final Latencies latencies;
    private final Instant from;
    private final InstantSource clock;
    private volatile boolean closed;

    /**
     * @param token bearer token of a user of the console
     * @param from only alerts whose event has this device time or a later one count
     */
    ConsoleWatch(String consoleUrl, String token, Latencies latencies, Instant from, InstantSource clock) {
        this.request = HttpRequest.newBuilder(URI.create(consoleUrl + "/api/alerts?state=open"))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(5))
                .build();
        this.latencies = latencies;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                look();
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (IOException e) {
            logger.warn("The console is no longer watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        Instant now = clock.instant();
        for (JsonNode alert : json.readTree(response.body())) {
            boolean ofAnEvent = alert.path("receivedAt").isTextual();
            String occurrence =
                    alert.path("alertId").asText() + alert.path("startedAt").asText();
            if (ofAnEvent && seen.add(occurrence)) {
                Instant eventTime =
                        OffsetDateTime.parse(alert.path("eventTime").asText()).toInstant();
                if (!eventTime.isBefore(from)) {
                    Lane lane = alert.path("lifeSafety").asBoolean() ? Lane.LIFE_SAFETY : Lane.TELEMETRY;
                    latencies.add(lane, Duration.between(eventTime, now).toMillis());
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
