package io.fengsui.ingest;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.fengsui.ingest.mqtt.MqttSettings;
import io.fengsui.ingest.mqtt.Tls;
import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Settings of the bridge, parsed once.
 *
 * @param bridgeId first part of the MQTT client ids, and group of the bridges that share the slots
 * @param slots the slots that they share
 * @param mqtt how to connect to the broker
 * @param kafka settings of every Kafka client
 * @param producer settings of the producers, the former included
 * @param group settings of the consumer that takes part in the group, the former included
 * @param lease for how long this process may stand still before it must ask whether its slots are still its own
 * @param registry settings of the schema registry's client
 * @param probeTimeout how long Kafka may take to answer before it counts as down
 * @param pulseInterval time between two signs of life
 * @param rejectionInterval shortest time between two rejection messages for one device
 * @param partialTimeout how long a frame that was begun waits for its end
 * @param startTimeout limit for the whole start
 */
public record IngestConfig(
        String bridgeId,
        Slots slots,
        MqttSettings mqtt,
        Map<String, Object> kafka,
        Map<String, Object> producer,
        Map<String, Object> group,
        Duration lease,
        Map<String, Object> registry,
        Duration probeTimeout,
        Duration pulseInterval,
        Duration rejectionInterval,
        Duration partialTimeout,
        Duration startTimeout) {

    /** Keys below go to every Kafka client without the prefix. */
    public static final String KAFKA_PREFIX = "ingest.kafka.";

    /** Keys below go to the producers only, and win. */
    public static final String PRODUCER_PREFIX = "ingest.kafka.producer.";

    /** TLS keys of the MQTT connection, named as Kafka names them. */
    private static final String MQTT_TLS_PREFIX = "ingest.mqtt.ssl.";

    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String BRIDGE_ID = "ingest.bridge.id";
    private static final String URI = "ingest.mqtt.uri";
    private static final String USERNAME = "ingest.mqtt.username";
    private static final String PASSWORD = "ingest.mqtt.password";
    private static final String KEEP_ALIVE = "ingest.mqtt.keep.alive.ms";
    private static final String SESSION_EXPIRY = "ingest.mqtt.session.expiry.ms";
    private static final String RECEIVE_MAXIMUM = "ingest.mqtt.receive.maximum";
    private static final String MAXIMUM_PACKET = "ingest.mqtt.maximum.packet.bytes";
    private static final String CONNECT_TIMEOUT = "ingest.mqtt.connect.timeout.ms";
    private static final String BACKOFF = "ingest.mqtt.reconnect.backoff.ms";
    private static final String BACKOFF_MAX = "ingest.mqtt.reconnect.backoff.max.ms";
    private static final String FLUSH_DELAY = "ingest.mqtt.flush.delay.us";
    private static final String STALL_TIMEOUT = "ingest.stall.timeout.ms";
    private static final String DRAIN_TIMEOUT = "ingest.drain.timeout.ms";
    private static final String PROBE_TIMEOUT = "ingest.kafka.probe.timeout.ms";
    private static final String PULSE_INTERVAL = "ingest.pulse.interval.ms";
    private static final String REJECTION_INTERVAL = "ingest.rejection.interval.ms";
    private static final String PARTIAL_TIMEOUT = "ingest.partial.timeout.ms";
    private static final String START_TIMEOUT = "ingest.start.timeout.ms";

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /** All settings, for parsing and for the documentation. */
    public static ConfigDef definition() {
        ConfigDef settings = SchemaRegistry.define(new ConfigDef()
                .define(
                        BOOTSTRAP,
                        Type.STRING,
                        "127.0.0.1:9092",
                        Importance.HIGH,
                        "Kafka brokers, host:port, comma-separated."));
        defineBroker(settings);
        GroupSettings.define(settings);
        defineConnection(settings);
        defineWork(settings);
        return settings;
    }

    private static void defineBroker(ConfigDef settings) {
        settings.define(
                        URI,
                        Type.STRING,
                        "tcp://127.0.0.1:1883",
                        new BrokerUri(),
                        Importance.HIGH,
                        "MQTT 5 broker. For ssl:// the keys ingest.mqtt.ssl.* are Kafka's ssl.*, for example"
                                + " ingest.mqtt.ssl.truststore.location; without any, the JDK's certificates are trusted.")
                .define(
                        USERNAME,
                        Type.STRING,
                        "fengsui-bridge",
                        Importance.HIGH,
                        "User name at the broker; empty for none. It must be allowed to read fengsui/# and to write"
                                + " fengsui/v1/+/rejected/+.")
                .define(PASSWORD, Type.PASSWORD, "", Importance.HIGH, "Its password.")
                .define(
                        BRIDGE_ID,
                        Type.STRING,
                        "fengsui-bridge",
                        new ClientId(),
                        Importance.HIGH,
                        "First part of the MQTT client ids, <id>-<slot>, and name of the Kafka consumer group of all bridges that"
                                + " share the slots. The client ids name the sessions: keep it over restarts.")
                .define(
                        SESSION_EXPIRY,
                        Type.LONG,
                        7 * DAY_MS,
                        between(60_000, 49_000 * DAY_MS),
                        Importance.MEDIUM,
                        "Milliseconds for which the broker keeps a session, with its messages, of a bridge that is away.");
    }

    private static void defineConnection(ConfigDef settings) {
        settings.define(
                        RECEIVE_MAXIMUM,
                        Type.INT,
                        1_000,
                        between(1, 65_535),
                        Importance.MEDIUM,
                        "Most messages of a connection without acknowledgement: the bound of memory. Brokers may send fewer.")
                .define(
                        MAXIMUM_PACKET,
                        Type.INT,
                        1024 * 1024,
                        between(128 * 1024, 1024 * 1024),
                        Importance.MEDIUM,
                        "Largest MQTT packet in bytes. A broker drops a larger one without a word, so set the broker's own"
                                + " limit below this.")
                .define(
                        KEEP_ALIVE,
                        Type.LONG,
                        10_000L,
                        between(5_000, 3_600_000),
                        Importance.LOW,
                        "Milliseconds of silence before a ping; whole seconds. After half as much again the broker counts as hung:"
                                + " no pulse is sent, and the connection is dropped and resumed.")
                .define(
                        CONNECT_TIMEOUT,
                        Type.LONG,
                        5_000L,
                        between(1_000, 60_000),
                        Importance.LOW,
                        "Milliseconds that a connect, and a subscribe, may take.")
                .define(
                        BACKOFF,
                        Type.LONG,
                        200L,
                        between(10, 60_000),
                        Importance.LOW,
                        "Milliseconds before the first new attempt to connect; doubled each time, shortened at random.")
                .define(
                        BACKOFF_MAX,
                        Type.LONG,
                        5_000L,
                        between(100, 600_000),
                        Importance.LOW,
                        "Longest such pause in milliseconds.")
                .define(
                        FLUSH_DELAY,
                        Type.LONG,
                        500L,
                        between(0, 100_000),
                        Importance.LOW,
                        "Microseconds for which acknowledgements are gathered into one write.");
    }

    private static void defineWork(ConfigDef settings) {
        settings.define(
                        STALL_TIMEOUT,
                        Type.LONG,
                        30_000L,
                        between(1_000, 3_600_000),
                        Importance.LOW,
                        "Milliseconds that a message may be in flight before the connection is dropped and resumed. One that is still"
                                + " being handled after as long again ends the lane, and the process is no longer live.")
                .define(
                        DRAIN_TIMEOUT,
                        Type.LONG,
                        10_000L,
                        between(0, 600_000),
                        Importance.LOW,
                        "Milliseconds that a stop waits for what is in flight.")
                .define(
                        PROBE_TIMEOUT,
                        Type.LONG,
                        2_000L,
                        between(100, 60_000),
                        Importance.LOW,
                        "Milliseconds that Kafka may take to answer before it counts as down.")
                .define(
                        PULSE_INTERVAL,
                        Type.LONG,
                        1_000L,
                        between(10, 5_000),
                        Importance.LOW,
                        "Milliseconds between two signs of life of a connection.")
                .define(
                        REJECTION_INTERVAL,
                        Type.LONG,
                        1_000L,
                        between(0, 3_600_000),
                        Importance.LOW,
                        "Shortest time in milliseconds between two rejection messages for one device.")
                .define(
                        PARTIAL_TIMEOUT,
                        Type.LONG,
                        10_000L,
                        between(100, 3_600_000),
                        Importance.LOW,
                        "Milliseconds for which the beginning of a Beidou frame waits for its end, which comes in the device's"
                                + " next message; then it is a dead letter.")
                .define(
                        START_TIMEOUT,
                        Type.LONG,
                        60_000L,
                        between(1_000, 3_600_000),
                        Importance.LOW,
                        "Milliseconds that the start may take until messages flow.");
    }

    /** @throws StartException that lists every wrong setting with its place */
    public static IngestConfig of(Settings settings) {
        AbstractConfig parsed =
                settings.parse(definition(), KAFKA_PREFIX, MQTT_TLS_PREFIX, SchemaRegistry.PASS_THROUGH);
        Map<String, Object> kafka = new HashMap<>(parsed.originalsWithPrefix(KAFKA_PREFIX));
        kafka.keySet()
                .removeIf(key -> definition().names().contains(KAFKA_PREFIX + key) || key.startsWith("producer."));
        kafka.put(BOOTSTRAP, parsed.getString(BOOTSTRAP));
        Map<String, Object> registry = new HashMap<>(parsed.originals());
        registry.put(SchemaRegistry.URL, parsed.getList(SchemaRegistry.URL));
        return new IngestConfig(
                parsed.getString(BRIDGE_ID),
                Slots.of(parsed.getString(BRIDGE_ID), parsed.getList(GroupSettings.SLOTS)),
                mqtt(parsed),
                Map.copyOf(kafka),
                ProducerSettings.of(kafka, parsed.originalsWithPrefix(PRODUCER_PREFIX)),
                GroupSettings.consumer(kafka, parsed, parsed.getString(BRIDGE_ID)),
                GroupSettings.lease(parsed),
                Map.copyOf(registry),
                millis(parsed, PROBE_TIMEOUT),
                millis(parsed, PULSE_INTERVAL),
                millis(parsed, REJECTION_INTERVAL),
                millis(parsed, PARTIAL_TIMEOUT),
                millis(parsed, START_TIMEOUT));
    }

    private static MqttSettings mqtt(AbstractConfig parsed) {
        String name = parsed.getString(USERNAME);
        return new MqttSettings(
                parsed.getString(URI),
                tls(parsed),
                name.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new MqttSettings.Credentials(
                                name, parsed.getPassword(PASSWORD).value())),
                millis(parsed, KEEP_ALIVE),
                millis(parsed, SESSION_EXPIRY),
                parsed.getInt(RECEIVE_MAXIMUM),
                parsed.getInt(MAXIMUM_PACKET),
                millis(parsed, CONNECT_TIMEOUT),
                millis(parsed, BACKOFF),
                millis(parsed, BACKOFF_MAX),
                Duration.ofNanos(parsed.getLong(FLUSH_DELAY) * 1_000),
                millis(parsed, STALL_TIMEOUT),
                millis(parsed, DRAIN_TIMEOUT));
    }

    private static Optional<Tls> tls(AbstractConfig parsed) {
        ConfigDef keys = new ConfigDef();
        SslConfigs.addClientSslSupport(keys);
        Map<String, Object> given = new HashMap<>();
        parsed.originalsWithPrefix(MQTT_TLS_PREFIX).forEach((key, value) -> given.put("ssl." + key, value));
        if (!keys.names().containsAll(given.keySet())) {
            given.keySet().removeAll(keys.names());
            throw new StartException("Settings are wrong: no such keys of " + MQTT_TLS_PREFIX + "*: " + given.keySet());
        }
        if (!parsed.getString(URI).startsWith("ssl:")) {
            return Optional.empty();
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            Map<String, Object> values = keys.parse(given);
            factory.configure(values);
            return Optional.of(new Tls(
                    factory.sslContext(),
                    String.valueOf(values.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG))));
        } catch (KafkaException e) {
            throw new StartException("The keys " + MQTT_TLS_PREFIX + "* are wrong: " + e.getMessage(), e);
        }
    }

    private static Duration millis(AbstractConfig parsed, String key) {
        return Duration.ofMillis(parsed.getLong(key));
    }

    private static final class BrokerUri implements Validator {
        @Override
        public void ensureValid(String name, Object value) {
            if (!value.toString().matches("(tcp|ssl)://[^\\s/:]+:\\d{1,5}")) {
                throw new ConfigException(name, value, "expected " + this);
            }
        }

        @Override
        public String toString() {
            return "tcp://host:port or ssl://host:port";
        }
    }

    private static final class ClientId implements Validator {
        @Override
        public void ensureValid(String name, Object value) {
            if (!value.toString().matches("[A-Za-z0-9_-]{1,40}")) {
                throw new ConfigException(name, value, "expected " + this);
            }
        }

        @Override
        public String toString() {
            return "of letters, digits, '-' and '_', at most 40";
        }
    }
}
