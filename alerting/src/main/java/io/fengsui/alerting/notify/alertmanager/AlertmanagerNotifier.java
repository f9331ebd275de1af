package io.fengsui.alerting.notify.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.Delivery;
import io.fengsui.alerting.notify.Notifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to one Alertmanager, {@code POST /api/v2/alerts}. Every peer of a cluster gets everything (Alertmanager's own
 * advice): they tell each other of notifications, not of alerts.
 *
 * <p>400 and 413 are final for at least one of the alerts, and the valid ones of a 400 are stored; every other reply but
 * 2xx may be mended by people and is tried again.
 */
public final class AlertmanagerNotifier implements Notifier {
    private static final Logger logger = LoggerFactory.getLogger(AlertmanagerNotifier.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REPLY_LOGGED = 300;

    private final URI endpoint;
    private final int peer;
    private final Duration timeout;
    private final PostableAlerts alerts;
    private final HttpClient http;

    /**
     * @param url of the Alertmanager, without /api/v2
     * @param peer its place in the settings, from 0
     * @param timeout for the whole exchange, to the last byte of the reply
     */
    public AlertmanagerNotifier(URI url, int peer, Duration timeout, PostableAlerts alerts) {
        this.endpoint = URI.create(url + "/api/v2/alerts");
        this.peer = peer;
        this.timeout = timeout;
        this.alerts = alerts;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public String channel() {
        return "alertmanager";
    }

    @Override
    public int peer() {
        return peer;
    }

    @Override
    public Delivery send(List<AlertNotice> notices) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(endpoint)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(
                            notices.stream().map(alerts::of).toList())))
                    .build();
        } catch (JsonProcessingException e) {
            logger.error("{} alerts cannot be written as JSON", notices.size(), e);
            return Delivery.REJECTED;
        }
        CompletableFuture<HttpResponse<String>> reply = http.sendAsync(request, BodyHandlers.ofString());
        try {
            // The request's own timeout would end with the reply's headers.
            return outcome(reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS), notices.size());
        } catch (ExecutionException | TimeoutException e) {
            logger.warn("{} does not take {} alerts, trying again: {}", endpoint, notices.size(), e.toString());
            return Delivery.RETRY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Delivery.RETRY;
        } finally {
            reply.cancel(true);
        }
    }

    private Delivery outcome(HttpResponse<String> reply, int sent) {
        int status = reply.statusCode();
        if (status / 100 == 2) {
            return Delivery.DELIVERED;
        }
        String words = reply.body().substring(0, Math.min(reply.body().length(), LONGEST_REPLY_LOGGED));
        boolean refused = status == 400 || status == 413;
        logger.warn("{} answers {} to {} alerts: {}", endpoint, status, sent, words);
        return refused ? Delivery.REJECTED : Delivery.RETRY;
    }
}
