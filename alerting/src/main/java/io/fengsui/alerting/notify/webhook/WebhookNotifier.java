package io.fengsui.alerting.notify.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.alert.Alert;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.Delivery;
import io.fengsui.alerting.notify.HttpPost;
import io.fengsui.alerting.notify.HttpPost.Reply;
import io.fengsui.alerting.notify.Notifier;
import io.fengsui.alerting.notify.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts one alert a request to one receiver.
 *
 * <p>2xx is delivered. 400, 409, 410, 413, 415 and 422 are about this message, and final for this revision. All else is about the
 * receiver or its settings, as 401 and 404 are, or a redirect, which is not followed: it is tried again.
 */
public final class WebhookNotifier implements Notifier {
    private static final Logger logger = LoggerFactory.getLogger(WebhookNotifier.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> FINAL = Set.of(400, 409, 410, 413, 415, 422);

    private final URI url;
    private final int number;
    private final Signature signature;
    private final WebhookBody bodies;
    private final InstantSource clock;
    private final HttpPost http;

    /**
     * @param number its place in the settings, from 0
     * @param timeout for the whole exchange
     * @param page where people find an alert in the console
     */
    public WebhookNotifier(
            URI url,
            int number,
            Duration timeout,
            Signature signature,
            Function<Alert, URI> page,
            InstantSource clock) {
        this.url = url;
        this.number = number;
        this.signature = signature;
        this.bodies = new WebhookBody(page);
        this.clock = clock;
        this.http = new HttpPost(timeout);
    }

    @Override
    public String channel() {
        return "webhook";
    }

    @Override
    public int peer() {
        return number;
    }

    @Override
    public int largestBatch() {
        return 1;
    }

    @Override
    public Outcome send(List<AlertNotice> notices) {
        Outcome last = Outcome.delivered();
        for (AlertNotice notice : notices) {
            last = send(notice);
            if (last.delivery() != Delivery.DELIVERED) {
                return last;
            }
        }
        return last;
    }

    private Outcome send(AlertNotice notice) {
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(bodies.of(notice));
        } catch (JsonProcessingException e) {
            logger.error("Alert {} cannot be written as JSON", notice.alert().getAlertId(), e);
            return Outcome.rejected("cannot be written as JSON");
        }
        String id = WebhookBody.id(notice.alert());
        Reply reply = http.post(
                url,
                json,
                Map.of("Fengsui-Delivery", ascii(id), Signature.HEADER, signature.of(clock.instant(), json)));
        if (reply.isSuccess()) {
            return Outcome.deliveredAs(id);
        }
        // The address may carry a token of the receiver: only its host is named.
        logger.warn("{} does not take {}: {}", url.getHost(), id, reply.said());
        if (reply.status() / 100 == 3) {
            return Outcome.retry("HTTP " + reply.status() + ": redirects are not followed");
        }
        return FINAL.contains(reply.status()) ? Outcome.rejected(reply.said()) : Outcome.retry(reply.said());
    }

    /** A header holds no Chinese: percent-encoded, as in an address. */
    private static String ascii(String id) {
        StringBuilder ascii = new StringBuilder();
        for (byte one : id.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = one > 0x20 && one < 0x7F && one != '%';
            ascii.append(plain ? String.valueOf((char) one) : String.format("%%%02X", one & 0xFF));
        }
        return ascii.toString();
    }
}
