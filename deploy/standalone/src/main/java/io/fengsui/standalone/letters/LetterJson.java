package io.fengsui.standalone.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.DeadLetterReplay;
import java.util.Optional;

/** A letter as one line of JSON, without its payload. */
public final class LetterJson {
    private final ObjectMapper json = new ObjectMapper();

    public String of(Letter letter, ReplayHistory history) {
        DeadLetter content = letter.content();
        byte[] payload = letter.payload();
        ObjectNode line = json.createObjectNode()
                .put("address", letter.address().toString())
                .put("receivedAt", content.getReceivedAt().toString())
                .put("reason", content.getReason())
                .put("field", content.getField())
                .put("detail", content.getDetail())
                .put("feed", content.getFeed())
                .put("vendor", content.getVendor())
                .put("deviceId", content.getDeviceId())
                .put("messageId", content.getMessageId())
                .put("eventId", content.getEventId())
                .put("status", content.getStatus().name())
                .put("stage", content.getStage().name())
                .put("mqttTopic", letter.shownTopic().orElse(null))
                .put("kafkaTopic", content.getKafkaTopic())
                .put("kafkaPartition", content.getKafkaPartition())
                .put("kafkaOffset", content.getKafkaOffset())
                .put("payloadBytes", payload == null ? null : (Integer) payload.length)
                .put("process", content.getProcess());
        Optional<DeadLetterReplay> replay = history.last(letter.address());
        line.put("replay", replay.map(r -> r.getOutcome().name()).orElse(null));
        line.put("replayedAt", replay.map(r -> r.getReplayedAt().toString()).orElse(null));
        try {
            return json.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
