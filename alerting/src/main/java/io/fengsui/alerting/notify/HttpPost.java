package io.fengsui.alerting.notify;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Posts JSON and waits for the whole reply, for a limited time. Follows no redirect: a secret or an alert goes where the settings
 * say and nowhere else. Keeps the first 300 characters of a reply, whatever its length.
 */
public final class HttpPost {
    private static final int LONGEST_REPLY = 300;

    private final HttpClient http;
    private final Duration timeout;

    /** @param timeout for the whole exchange, to the last byte of the reply */
    public HttpPost(Duration timeout) {
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * What came back.
     *
     * @param status of HTTP; 0 if nothing came in time
     * @param words beginning of the reply, or why there is none
     */
    public record Reply(int status, String words) {
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** For people. */
        public String said() {
            return status == 0 ? words : ("HTTP " + status + " " + words).strip();
        }
    }

    public Reply post(URI to, byte[] json, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        Beginning beginning = new Beginning();
        CompletableFuture<HttpResponse<Void>> reply =
                http.sendAsync(request.build(), BodyHandlers.ofByteArrayConsumer(beginning));
        try {
            // The request's own timeout would end with the reply's headers.
            int status = reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return new Reply(status, beginning.text());
        } catch (TimeoutException e) {
            return new Reply(0, "no reply within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Reply(0, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply(0, "interrupted");
        } finally {
            reply.cancel(true);
        }
    }

    /** Written by the client's thread before the reply is complete. */
    private static final class Beginning implements Consumer<Optional<byte[]>> {
        private final byte[] bytes = new byte[LONGEST_REPLY * 3];
        private int length;

        @Override
        public void accept(Optional<byte[]> part) {
            part.ifPresent(more -> {
                int taken = Math.min(more.length, bytes.length - length);
                System.arraycopy(more, 0, bytes, length, taken);
                length += taken;
            });
        }

        String text() {
            String text = new String(bytes, 0, length, StandardCharsets.UTF_8).replaceAll("\\s+", " ");
            return text.substring(0, Math.min(text.length(), LONGEST_REPLY)).strip();
        }
    }
}
