package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveEventsTest {
    private final TestConsole console = new TestConsole();
    private final List<InputStream> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (InputStream stream : open) {
            stream.close();
        }
        console.close();
    }

    @Test
    void shouldTellAChange() throws Exception {
        BlockingQueue<String> events = connect(address("/"));
        awaitEvent(events, "beat");

        console.show(console.samples.hopper());
        awaitEvent(events, "live");
    }

    @Test
    void shouldTellOnlyTheRealmThatChanged() throws Exception {
        BlockingQueue<String> drill = connect(address("/drill"));
        BlockingQueue<String> live = connect(address("/"));
        console.show(console.samples.hopper());
        awaitEvent(live, "live");
        console.show(console.samples.exercise(console.samples.hopper(), "x"));

        assertThat(awaitEvent(drill, "drill")).doesNotContain("live");
    }

    @Test
    void shouldTellAPageAtOnceThatMissedSomething() throws Exception {
        String address = address("/");
        console.show(console.samples.hopper());

        assertThat(awaitEvent(connect(address), "live")).containsOnlyOnce("live");
    }

    @Test
    void shouldTellAStormAsAFewEvents() throws Exception {
        BlockingQueue<String> events = connect(address("/"));
        awaitEvent(events, "beat");
        long start = System.nanoTime();
        for (int i = 0; i < 5_000; i++) {
            console.show(console.samples
                    .alert("storm@" + i, Severity.III, "video-status")
                    .build());
        }
        awaitEvent(events, "live");
        int told = 1;
        for (String event = events.poll(1, TimeUnit.SECONDS); event != null; event = events.poll(1, TimeUnit.SECONDS)) {
            told += event.equals("live") ? 1 : 0;
        }
        long quarters = Duration.ofNanos(System.nanoTime() - start).toMillis() / 250;

        assertThat((long) told).isLessThanOrEqualTo(quarters + 2);
    }

    @Test
    void shouldEndConnectionsWhenItCloses() throws Exception {
        BlockingQueue<String> events = connect(address("/"));
        awaitEvent(events, "beat");
        console.close();

        assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("(end)");
    }

    private String address(String page) throws Exception {
        Matcher address = Pattern.compile("sse-connect=\"([^\"]+)\"")
                .matcher(console.get(page).body());
        assertThat(address.find()).isTrue();
        return address.group(1);
    }

    private BlockingQueue<String> connect(String address) throws Exception {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(console.uri(address))
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        open.add(response.body());
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(response.body(), events), "test-events");
        reader.setDaemon(true);
        reader.start();
        return events;
    }

    private static void read(InputStream stream, BlockingQueue<String> events) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    events.add(line.substring("event: ".length()));
                }
            }
            events.add("(end)");
        } catch (IOException e) {
            events.add("(end)");
        }
    }

    /** What came until the wanted one, with it. */
    private static List<String> awaitEvent(BlockingQueue<String> events, String wanted) throws InterruptedException {
        List<String> came = new ArrayList<>();
        do {
            String event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("waiting for " + wanted).isNotNull().isNotEqualTo("(end)");
            came.add(event);
        } while (!came.contains(wanted));
        return came;
    }
}
