package io.fengsui.standalone.bench.alerts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the console for pages, one after the other, and notes the time to the last byte. */
final class Pages {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final double NANOS_PER_MILLI = 1e6;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String console;

    Pages(String console) {
        this.console = console;
    }

    /** @return bytes of the page */
    int get(String path, Samples times) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console + path))
                .timeout(TIMEOUT)
                .build();
        long began = System.nanoTime();
        try {
            HttpResponse<byte[]> page = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (page.statusCode() != 200) {
                throw new IllegalStateException(path + " answers " + page.statusCode());
            }
            times.add((System.nanoTime() - began) / NANOS_PER_MILLI);
            return page.body().length;
        } catch (IOException e) {
            throw new IllegalStateException(path + " does not answer: " + e.getMessage(), e);
        }
    }
}
