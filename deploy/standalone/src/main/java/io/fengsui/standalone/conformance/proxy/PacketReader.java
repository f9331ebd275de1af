package io.fengsui.standalone.conformance.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.ingest.TopicAddress;
import io.fengsui.ingest.decode.EventId;
import io.fengsui.standalone.conformance.observe.Observation;
import io.fengsui.standalone.conformance.observe.Observation.Side;
import io.fengsui.standalone.conformance.observe.Reader;
import io.fengsui.standalone.conformance.observe.Reading;
import io.fengsui.standalone.conformance.observe.Will;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the packets of one connection into observations; used by one thread. Passwords and payloads do not leave it. */
final class PacketReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGE_ID = "message-id";

    private final int link;
    private final Reader reader;
    private final Map<Integer, String> topicsByAlias = new HashMap<>();

    PacketReader(int link, Reader reader) {
        this.link = link;
        this.reader = reader;
    }

    /** What a packet of the client says; empty if nothing is judged by it. */
    Optional<Observation> ofClient(MqttMessage packet, Instant at) {
        if (packet.decoderResult().isFailure()) {
            return Optional.of(unreadable(packet, Side.CLIENT, at));
        }
        if (packet instanceof MqttConnectMessage connect) {
            return Optional.of(connect(connect, at));
        }
        if (packet instanceof MqttPublishMessage publish) {
            return Optional.of(message(publish, at));
        }
        if (packet instanceof MqttSubscribeMessage subscribe) {
            return Optional.of(new Observation.Subscription(
                    at,
                    link,
                    subscribe.payload().topicSubscriptions().stream()
                            .map(MqttTopicSubscription::topicFilter)
                            .toList()));
        }
        return packet.fixedHeader().messageType() == MqttMessageType.DISCONNECT
                ? Optional.of(new Observation.Farewell(at, link))
                : Optional.empty();
    }

    /** What a packet of the broker says; empty if nothing is judged by it. */
    Optional<Observation> ofBroker(MqttMessage packet, Instant at) {
        if (packet.decoderResult().isFailure()) {
            return Optional.of(unreadable(packet, Side.BROKER, at));
        }
        if (packet instanceof MqttConnAckMessage answer) {
            return Optional.of(new Observation.Admission(
                    at,
                    link,
                    Byte.toUnsignedInt(
                            answer.variableHeader().connectReturnCode().byteValue()),
                    answer.variableHeader().isSessionPresent()));
        }
        if (packet.fixedHeader().messageType() == MqttMessageType.PUBACK
                && packet.variableHeader() instanceof MqttMessageIdVariableHeader header) {
            int reason = header instanceof MqttPubReplyMessageVariableHeader reply
                    ? Byte.toUnsignedInt(reply.reasonCode())
                    : 0;
            return Optional.of(new Observation.Acknowledgement(at, link, header.messageId(), reason));
        }
        return packet instanceof MqttPublishMessage publish ? notice(publish, at) : Optional.empty();
    }

    private Observation unreadable(MqttMessage packet, Side from, Instant at) {
        // The class alone: a message of the codec may quote the packet.
        String why = packet.decoderResult().cause().getClass().getSimpleName();
        return new Observation.Unreadable(at, link, from, why);
    }

    private Observation connect(MqttConnectMessage packet, Instant at) {
        MqttConnectVariableHeader header = packet.variableHeader();
        MqttConnectPayload payload = packet.payload();
        return new Observation.Connect(
                at,
                link,
                header.version(),
                payload.clientIdentifier(),
                payload.userName(),
                header.isCleanSession(),
                number(header.properties(), MqttPropertyType.SESSION_EXPIRY_INTERVAL),
                header.keepAliveTimeSeconds(),
                header.isWillFlag() ? will(header, payload, at) : null);
    }

    private Will will(MqttConnectVariableHeader header, MqttConnectPayload payload, Instant at) {
        byte[] message = payload.willMessageInBytes();
        MqttProperties properties = payload.willProperties();
        Reading reading = reader.read(
                payload.willTopic(),
                text(properties, MqttPropertyType.CONTENT_TYPE),
                messageId(properties),
                message,
                at);
        boolean namesTime = json(message)
                .filter(will -> will.hasNonNull("time") || will.hasNonNull("messageId"))
                .isPresent();
        return new Will(header.willQos(), header.isWillRetain(), namesTime, reading);
    }

    private Observation message(MqttPublishMessage packet, Instant at) {
        MqttProperties properties = packet.variableHeader().properties();
        return new Observation.Message(
                at,
                link,
                packet.fixedHeader().qosLevel().value(),
                packet.fixedHeader().isRetain(),
                packet.fixedHeader().isDup(),
                Math.max(0, packet.variableHeader().packetId()),
                reader.read(
                        topic(packet),
                        text(properties, MqttPropertyType.CONTENT_TYPE),
                        messageId(properties),
                        bytes(packet.payload()),
                        at));
    }

    /** The topic, looked up where the client sends an alias instead. */
    private String topic(MqttPublishMessage packet) {
        String topic = packet.variableHeader().topicName();
        int alias = (int) number(packet.variableHeader().properties(), MqttPropertyType.TOPIC_ALIAS);
        if (alias != 0 && !topic.isEmpty()) {
            topicsByAlias.put(alias, topic);
        }
        return topic.isEmpty() ? topicsByAlias.getOrDefault(alias, topic) : topic;
    }

    private Optional<Observation> notice(MqttPublishMessage packet, Instant at) {
        if (!TopicAddress.isOfRejections(packet.variableHeader().topicName())) {
            return Optional.empty();
        }
        Optional<JsonNode> notice = json(bytes(packet.payload()));
        @Nullable
        String topic = notice.map(n -> n.path("mqttTopic").textValue()).orElse(null);
        @Nullable String id = notice.map(n -> n.path("messageId").textValue()).orElse(null);
        @Nullable
        String eventId = topic == null || id == null
                ? null
                : TopicAddress.of(topic)
                        .map(address -> EventId.of(address.vendor(), address.deviceId(), id))
                        .orElse(null);
        return Optional.of(new Observation.Notice(at, link, topic, eventId, null, false));
    }

    private static Optional<JsonNode> json(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readTree(bytes));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(ByteBuf payload) {
        return ByteBufUtil.getBytes(payload);
    }

    private static @Nullable String messageId(MqttProperties properties) {
        return properties.getProperties(MqttPropertyType.USER_PROPERTY.value()).stream()
                .filter(MqttProperties.UserProperty.class::isInstance)
                .map(property -> ((MqttProperties.UserProperty) property).value())
                .filter(pair -> pair.key.equals(MESSAGE_ID))
                .map(pair -> pair.value)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(MqttProperties properties, MqttPropertyType type) {
        return properties.getProperty(type.value()) instanceof MqttProperties.StringProperty text ? text.value() : null;
    }

    private static long number(MqttProperties properties, MqttPropertyType type) {
        return properties.getProperty(type.value()) instanceof MqttProperties.IntegerProperty number
                ? Integer.toUnsignedLong(number.value())
                : 0;
    }
}
