package io.fengsui.standalone.docs;

import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.JsonPayload;
import io.fengsui.ingest.decode.PayloadFormat;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.process.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * docs/contracts/asyncapi.yaml: both sides of Fengsui as an AsyncAPI 3.0 document. Payloads are the JSON Schemas and the Avro
 * schemas beside it.
 */
final class AsyncApi {
    private static final int WIDTH = 140;

    private final Map<String, Object> channels = new LinkedHashMap<>();
    private final Map<String, Object> operations = new LinkedHashMap<>();
    private final Map<String, Object> messages = new TreeMap<>();

    private AsyncApi() {}

    static Page page(SeedSet seeds) {
        return new Page(
                "contracts/asyncapi.yaml",
                "# Written by './fengsui docs'; edit the code instead.\n" + yaml(document(seeds)));
    }

    static Map<String, Object> document(SeedSet seeds) {
        AsyncApi api = new AsyncApi();
        Feeds.all().forEach(api::vendorFeed);
        api.rejections();
        new KafkaChannels(seeds, api::readerChannel).addAll();
        return Tree.of(
                "asyncapi",
                "3.0.0",
                "info",
                info(),
                "defaultContentType",
                "application/json",
                "servers",
                servers(),
                "channels",
                api.channels,
                "operations",
                api.operations,
                "components",
                Tree.of("messages", api.messages, "securitySchemes", security()));
    }

    private static Map<String, Object> info() {
        return Tree.of(
                "title", "烽燧 Fengsui",
                "version", "0.1.0",
                "description",
                        "厂商经 MQTT 发送消息，平台从 Kafka 读取。Vendors publish by MQTT, platforms read from Kafka."
                                + " Everything of an exercise has the same topics behind the prefix 'drill.'.");
    }

    private static Map<String, Object> servers() {
        Ports ports = Ports.standard();
        Map<String, Object> will = Tree.of(
                "topic",
                "fengsui/v1/{vendor}/gateway/{gatewayId}",
                "qos",
                1,
                "message",
                "{\"state\": \"DOWN\", \"cause\": \"connection lost\"}",
                "retain",
                false);
        return Tree.of(
                "mqtt",
                Tree.of(
                        "host",
                        Ports.HOST + ":" + ports.mqtt(),
                        "protocol",
                        "mqtt",
                        "protocolVersion",
                        "5.0",
                        "description",
                        "厂商接入；MQTT 3.1.1 可接受。For vendors; MQTT 3.1.1 is accepted. The user name is the vendor; the"
                                + " client id is the user name or begins with it and '-'.",
                        "security",
                        List.of(Tree.of("$ref", "#/components/securitySchemes/vendor")),
                        "bindings",
                        Tree.of(
                                "mqtt",
                                Tree.of(
                                        "cleanSession",
                                        false,
                                        "lastWill",
                                        will,
                                        "keepAlive",
                                        60,
                                        "sessionExpiryInterval",
                                        86_400,
                                        "bindingVersion",
                                        "0.2.0"))),
                "kafka",
                Tree.of(
                        "host",
                        Ports.HOST + ":" + ports.kafka(),
                        "protocol",
                        "kafka",
                        "description",
                        "平台读取；请用 read_committed。For platforms: read committed records. Who may read what is decided by"
                                + " Kafka ACLs on topic prefixes; the standalone run listens on the loopback address without"
                                + " a login.",
                        "security",
                        List.of(Tree.of("$ref", "#/components/securitySchemes/platform")),
                        "bindings",
                        Tree.of(
                                "kafka",
                                Tree.of(
                                        "schemaRegistryUrl", ports.registryUrl(),
                                        "schemaRegistryVendor", "confluent",
                                        "bindingVersion", "0.5.0"))));
    }

    private static Map<String, Object> security() {
        return Tree.of(
                "vendor",
                Tree.of("type", "userPassword", "description", "'fengsui vendor password VENDOR' prints it."),
                "platform",
                Tree.of("type", "scramSha512", "description", "In production; as the cluster's operator sets it up."));
    }

    private void vendorFeed(Feed<?> feed) {
        String channel = "vendor." + feed.id();
        Map<String, Object> offered = new LinkedHashMap<>();
        Decoders.standard().formats(feed).stream().sorted().forEach(format -> {
            String message = feed.id() + "." + format.id();
            messages.put(message, vendorMessage(feed, format));
            offered.put(format.id(), Tree.of("$ref", "#/components/messages/" + message));
        });
        channels.put(
                channel,
                Tree.of(
                        "address",
                        "fengsui/v1/{vendor}/" + feed.id() + "/{deviceId}",
                        "title",
                        feed.nameZh() + " " + feed.nameEn(),
                        "description",
                        feed.schema().getDoc(),
                        "servers",
                        List.of(Tree.of("$ref", "#/servers/mqtt")),
                        "parameters",
                        topicLevels(),
                        "messages",
                        offered));
        operations.put(
                "receive." + feed.id(),
                Tree.of(
                        "action", "receive",
                        "channel", Tree.of("$ref", "#/channels/" + channel),
                        "messages",
                                offered.keySet().stream()
                                        .map(id -> Tree.of("$ref", "#/channels/" + channel + "/messages/" + id))
                                        .toList(),
                        "bindings", Tree.of("mqtt", Tree.of("qos", 1, "retain", false, "bindingVersion", "0.2.0"))));
    }

    private static Map<String, Object> vendorMessage(Feed<?> feed, PayloadFormat format) {
        Map<String, Object> payload = format == PayloadFormat.JSON
                ? Tree.of("$ref", "./" + FeedSchema.file(feed))
                : Tree.of("type", "string", "description", "As the format defines it; samples in docs/feeds.md.");
        return Tree.of(
                "title",
                feed.nameZh() + " " + feed.nameEn() + ", " + format.id(),
                "contentType",
                format.contentTypes().iterator().next(),
                "headers",
                Tree.of(
                        "type",
                        "object",
                        "properties",
                        Tree.of(
                                "message-id",
                                Tree.of(
                                        "type",
                                        "string",
                                        "maxLength",
                                        JsonPayload.MESSAGE_ID_LENGTH,
                                        "description",
                                        "MQTT 5 user property; unique for the device, the same"
                                                + " in a repetition."))),
                "payload",
                payload);
    }

    private void rejections() {
        messages.put(
                "rejection",
                Tree.of(
                        "title", "拒绝通知 Rejection notice",
                        "contentType", "application/json",
                        "payload", Tree.of("$ref", "./" + RejectionSchema.FILE)));
        channels.put(
                "vendor.rejected",
                Tree.of(
                        "address",
                        "fengsui/v1/{vendor}/rejected/{deviceId}",
                        "title",
                        "拒绝通知 Rejection notices",
                        "description",
                        "Why a message was refused; at most one a device and interval.",
                        "servers",
                        List.of(Tree.of("$ref", "#/servers/mqtt")),
                        "parameters",
                        topicLevels(),
                        "messages",
                        Tree.of("rejection", Tree.of("$ref", "#/components/messages/rejection"))));
        operations.put(
                "send.rejected",
                Tree.of(
                        "action", "send",
                        "channel", Tree.of("$ref", "#/channels/vendor.rejected"),
                        "bindings", Tree.of("mqtt", Tree.of("qos", 1, "retain", false, "bindingVersion", "0.2.0"))));
    }

    private static Map<String, Object> topicLevels() {
        return Tree.of(
                "vendor", Tree.of("description", "The MQTT user name."),
                "deviceId",
                        Tree.of("description", "A registered device: letters, digits, '-', '_' and '.', at most 64."));
    }

    private void readerChannel(KafkaChannels.Channel channel) {
        String record = channel.topic().schema().getName();
        messages.putIfAbsent(record, KafkaChannels.message(channel.topic().schema()));
        channels.put(channel.id(), channel.described());
        operations.put(
                "send." + channel.id(),
                Tree.of("action", "send", "channel", Tree.of("$ref", "#/channels/" + channel.id())));
    }

    private static String yaml(Map<String, Object> document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        options.setAllowUnicode(true);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setDereferenceAliases(true);
        return new Yaml(options).dump(document);
    }
}
