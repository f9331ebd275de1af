package io.fengsui.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fengsui.ingest.kafka.DeadLetters.Refused;
import io.fengsui.ingest.meter.IngestMetrics;
import io.fengsui.ingest.mqtt.MqttSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a vendor on {@code fengsui/v1/<vendor>/rejected/<deviceId>} why a message was refused, once its dead letter is
 * kept. At most one message a device and interval; one that nobody listens for, or that waits when the connection ends, is
 * given up, for the dead letter has it all. Never blocks. Safe for use by many threads.
 *
 * <pre>{@code
 * {"reason": "OUT_OF_RANGE", "field": "waterLevelMetres", "detail": "450 is not within 0 to 100",
 *  "remedy": "Check the unit; it is part of the field's name", "messageId": "17",
 *  "mqttTopic": "fengsui/v1/acme/dust-sensor/d-1", "receivedAt": "2026-11-23T00:00:00Z"}
 * }</pre>
 */
public final class RejectionNotices {
    /** Devices whose last notice is remembered; the eldest is forgotten, and may then be told again early. */
    private static final int REMEMBERED = 10_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final MqttSource source;
    private final Duration interval;
    private final InstantSource clock;
    private final IngestMetrics metrics;
    private final Map<String, Instant> lastByTopic = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    RejectionNotices(MqttSource source, Duration interval, InstantSource clock, IngestMetrics metrics) {
        this.source = source;
        this.interval = interval;
        this.clock = clock;
        this.metrics = metrics;
    }

    void send(Refused refused) {
        if (refused.vendor() == null || refused.deviceId() == null) {
            return;
        }
        String topic = TopicAddress.rejectionsOf(refused.vendor(), refused.deviceId());
        if (!isDue(topic)) {
            metrics.notice(IngestMetrics.Notice.LIMITED);
            return;
        }
        var unused = source.publish(topic, json(refused), "application/json")
                .thenAccept(sent -> metrics.notice(sent ? IngestMetrics.Notice.SENT : IngestMetrics.Notice.LOST));
    }

    private boolean isDue(String topic) {
        Instant now = clock.instant();
        synchronized (lastByTopic) {
            Instant last = lastByTopic.get(topic);
            if (last != null && now.isBefore(last.plus(interval))) {
                return false;
            }
            lastByTopic.put(topic, now);
            return true;
        }
    }

    /** A notice as it is published. */
    public static byte[] json(Refused refused) {
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("reason", refused.why().reason().name());
        notice.put("field", refused.why().field());
        notice.put("detail", refused.why().detail());
        notice.put("remedy", refused.why().reason().remedy());
        notice.put("messageId", refused.anyMessageId());
        notice.put("mqttTopic", refused.mqttTopic());
        notice.put("receivedAt", refused.receivedAt().toString());
        try {
            return JSON.writeValueAsBytes(notice);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is JSON", e);
        }
    }
}
