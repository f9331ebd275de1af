package io.fengsui.alerting.notify.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.alerting.notify.AlertNotice;
import io.fengsui.alerting.notify.HttpPost;
import io.fengsui.alerting.notify.HttpPost.Reply;
import io.fengsui.alerting.notify.Notifier;
import io.fengsui.alerting.notify.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to one Alertmanager, {@code POST /api/v2/alerts}. Every peer of a cluster gets everything (Alertmanager's own
 * advice): they tell each other of notifications, not of alerts.
 *
 * <p>400 and 413 are about at least one of the alerts, and the valid ones of a 400 are stored; every other reply but 2xx is
 * about the receiver, which is left alone for a while.
 */
public final class AlertmanagerNotifier implements Notifier {
    private static final Logger logger = LoggerFactory.getLogger(AlertmanagerNotifier.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String channel;
    private final URI endpoint;
    private final int peer;
    private final PostableAlerts alerts;
    private final HttpPost http;

    /** One that is told of what is real. */
    public AlertmanagerNotifier(URI url, int peer, Duration timeout, PostableAlerts alerts) {
        this("alertmanager", url, peer, timeout, alerts);
    }

    /**
     * @param channel name that outcomes and meters have
     * @param url of the Alertmanager, without /api/v2
     * @param peer its place in the settings, from 0
     * @param timeout for the whole exchange, to the last byte of the reply
     */
    public AlertmanagerNotifier(String channel, URI url, int peer, Duration timeout, PostableAlerts alerts) {
        this.channel = channel;
        this.endpoint = URI.create(url + "/api/v2/alerts");
        this.peer = peer;
        this.alerts = alerts;
        this.http = new HttpPost(timeout);
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public int peer() {
        return peer;
    }

    @Override
    public Outcome send(List<AlertNotice> notices) {
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(notices.stream()
                    .flatMap(notice -> alerts.of(notice).stream())
                    .toList());
        } catch (JsonProcessingException e) {
            logger.error("{} alerts cannot be written as JSON", notices.size(), e);
            return Outcome.rejected("cannot be written as JSON");
        }
        Reply reply = http.post(endpoint, json, Map.of());
        if (reply.isSuccess()) {
            return Outcome.delivered();
        }
        if (reply.status() == 400 || reply.status() == 413) {
            logger.debug("{} refuses one or more of {} alerts: {}", endpoint, notices.size(), reply.said());
            return Outcome.rejected(reply.said());
        }
        logger.warn("{} does not take {} alerts: {}", endpoint, notices.size(), reply.said());
        return Outcome.retry(reply.said());
    }
}
