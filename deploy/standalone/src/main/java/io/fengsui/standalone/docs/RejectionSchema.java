package io.fengsui.standalone.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.schema.rejection.Rejection;
import java.util.List;

/** The notice of a refused message as JSON Schema. */
final class RejectionSchema {
    static final String FILE = "rejection.schema.json";

    private RejectionSchema() {}

    static Page page() {
        return new Page("contracts/" + FILE, of().toPrettyString() + "\n");
    }

    static ObjectNode of() {
        ObjectNode schema = new ObjectMapper()
                .createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:fengsui:rejection:v1")
                .put("$comment", "Written by './fengsui docs'; edit the code instead.")
                .put("title", "拒绝通知 / Rejection notice")
                .put("description", "Told on fengsui/v1/<vendor>/rejected/<deviceId>; new reasons may come.")
                .put("type", "object");
        ArrayNode required = schema.putArray("required");
        List.of("reason", "field", "detail", "remedy", "messageId", "mqttTopic", "receivedAt")
                .forEach(required::add);
        ObjectNode properties = schema.putObject("properties");
        ObjectNode reason = properties.putObject("reason").put("type", "string");
        ArrayNode examples = reason.putArray("examples");
        for (Rejection rejection : Rejection.values()) {
            examples.add(rejection.name());
        }
        nullable(properties, "field", "字段 / Field at fault; null: the whole message.");
        properties.putObject("detail").put("type", "string").put("description", "详情 / What exactly was wrong.");
        properties.putObject("remedy").put("type", "string").put("description", "补救 / What to do.");
        nullable(properties, "messageId", "消息编号 / The message's id, if it had one.");
        properties.putObject("mqttTopic").put("type", "string").put("description", "主题 / Topic of the message.");
        properties
                .putObject("receivedAt")
                .put("type", "string")
                .put("format", "date-time")
                .put("description", "到达时间 / When it arrived, UTC.");
        return schema;
    }

    private static void nullable(ObjectNode properties, String name, String description) {
        properties
                .putObject(name)
                .put("description", description)
                .putArray("type")
                .add("string")
                .add("null");
    }
}
