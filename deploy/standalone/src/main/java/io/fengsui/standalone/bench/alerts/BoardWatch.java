package io.fengsui.standalone.bench.alerts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open board, as a browser has it: hears by server-sent events that there is news, asks for the page, and sees what is in it. */
final class BoardWatch implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(BoardWatch.class);
    private static final Pattern ALERT = Pattern.compile("%40(" + Signaller.DEVICE + "\\d+)\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String console;
    private final InstantSource clock;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "bench-board");
    private volatile boolean closed;

    BoardWatch(String console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** When the alert of a device was first in the page, epoch milliseconds. */
    OptionalLong seenAt(String deviceId) {
        Long at = seen.get(deviceId);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    private void run() {
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                http.send(request("/events?live=0"), HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            for (String line = events.readLine(); line != null && !closed; line = events.readLine()) {
                if (line.equals("event: live")) {
                    look();
                }
            }
        } catch (IOException e) {
            if (!closed) {
                logger.warn("The board is no longer watched", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException, InterruptedException {
        String page =
                http.send(request("/"), HttpResponse.BodyHandlers.ofString()).body();
        long now = clock.millis();
        Matcher alerts = ALERT.matcher(page);
        while (alerts.find()) {
            seen.putIfAbsent(alerts.group(1), now);
        }
    }

    private HttpRequest request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(console + path));
        return path.startsWith("/events")
                ? request.header("Accept", "text/event-stream").build()
                : request.timeout(TIMEOUT).build();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
