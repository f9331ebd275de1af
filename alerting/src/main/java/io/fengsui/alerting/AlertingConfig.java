package io.fengsui.alerting;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of the alerting process, parsed once.
 *
 * @param kafka settings of every Kafka client: bootstrap.servers and what stands under {@code alerting.kafka.}
 * @param registry settings of the schema registry's client
 * @param readerSilentAfter a platform that lets records wait for so long does not read
 * @param delivery what is told to others besides Alertmanager
 * @param routingApplicationId application id of the streams app, whose lag the ledger shows as in flight
 */
public record AlertingConfig(
        Map<String, Object> kafka,
        Map<String, Object> registry,
        String routingApplicationId,
        Streams streams,
        Http http,
        AccessConfig access,
        Duration readerSilentAfter,
        Alertmanager alertmanager,
        DeliveryConfig delivery) {

    /** Keys below go to the Kafka clients without the prefix. */
    public static final String KAFKA_PREFIX = "alerting.kafka.";

    /**
     * Settings of the Kafka Streams client.
     *
     * @param groupInstanceId static member name; empty for a dynamic member
     */
    public record Streams(
            String applicationId,
            Path stateDir,
            Optional<String> groupInstanceId,
            int threads,
            int standbyReplicas,
            Duration commitInterval,
            Duration sessionTimeout,
            Duration transactionTimeout,
            Duration startTimeout) {}

    /**
     * Settings of the HTTP server for console, API, metrics and health.
     *
     * @param port 0 for any free one
     * @param publicUrl where people reach the console, without a slash at the end; empty: http://host:port
     */
    public record Http(String host, int port, Optional<URI> publicUrl) {
        private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

        /** Whether nobody else reaches it, neither directly nor by a proxy that stands before it. */
        boolean isOnlyForThisMachine() {
            return THIS_MACHINE.contains(host)
                    && publicUrl
                            .map(url -> THIS_MACHINE.contains(url.getHost()))
                            .orElse(true);
        }
    }

    /**
     * Settings of the notifier.
     *
     * @param urls every Alertmanager of the cluster; empty switches the notifier off
     * @param exerciseUrls those that are told of exercises and tests; empty: none
     */
    public record Alertmanager(
            List<URI> urls, List<URI> exerciseUrls, Duration resend, Duration resolvedResend, Duration timeout) {}

    private static final String BOOTSTRAP = "bootstrap.servers";
    public static final String APPLICATION_ID = "alerting.application.id";
    private static final String STATE_DIR = "alerting.state.dir";
    private static final String GROUP_INSTANCE_ID = "alerting.group.instance.id";
    private static final String THREADS = "alerting.threads";
    private static final String STANDBY_REPLICAS = "alerting.standby.replicas";
    private static final String COMMIT_INTERVAL = "alerting.commit.interval.ms";
    private static final String SESSION_TIMEOUT = "alerting.session.timeout.ms";
    private static final String TRANSACTION_TIMEOUT = "alerting.transaction.timeout.ms";
    private static final String START_TIMEOUT = "alerting.start.timeout.ms";
    private static final String ROUTING_APPLICATION_ID = "alerting.streams.application.id";
    private static final String HTTP_HOST = "alerting.http.host";
    private static final String HTTP_PORT = "alerting.http.port";
    private static final String PUBLIC_URL = "alerting.public.url";
    private static final String READER_SILENT_AFTER = "alerting.readers.silent.after.ms";
    private static final String ALERTMANAGER_URLS = "alerting.alertmanager.urls";
    private static final String EXERCISE_URLS = "alerting.alertmanager.exercise.urls";
    private static final String RESEND = "alerting.alertmanager.resend.ms";
    private static final String RESOLVED_RESEND = "alerting.alertmanager.resolved.resend.ms";
    private static final String ALERTMANAGER_TIMEOUT = "alerting.alertmanager.timeout.ms";

    private static final Validator HTTP_URL =
            new ListOf("http://host:port or https://host:port", "https?://[^\\s/?#]+(/[^\\s?#]*)?");

    /** All settings, for parsing and for the documentation. */
    public static ConfigDef definition() {
        ConfigDef settings = new ConfigDef()
                .define(
                        BOOTSTRAP,
                        Type.LIST,
                        "127.0.0.1:9092",
                        new ListOf("host:port", "[^\\s:]+:\\d{1,5}|\\[[0-9a-fA-F:]+\\]:\\d{1,5}"),
                        Importance.HIGH,
                        "Kafka brokers, host:port, comma-separated.");
        defineStreams(SchemaRegistry.define(settings));
        defineHttp(settings);
        AccessConfig.define(settings);
        settings.define(
                READER_SILENT_AFTER,
                Type.LONG,
                600_000L,
                between(60_000, 86_400_000),
                Importance.LOW,
                "Milliseconds for which a platform of a unit or department may let records wait; then there is an alert.");
        defineAlertmanager(settings);
        DeliveryConfig.define(settings, HTTP_URL);
        return settings;
    }

    private static void defineStreams(ConfigDef settings) {
        settings.define(
                        APPLICATION_ID,
                        Type.STRING,
                        "fengsui-alerting",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Kafka Streams application id: consumer group, store and changelog names derive from it.")
                .define(
                        STATE_DIR,
                        Type.STRING,
                        "data/alerting",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Directory of the local copy of the alerts; can be lost, Kafka has them.")
                .define(
                        GROUP_INSTANCE_ID,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Name of this instance, unique in the group: a restart within the session timeout then moves no"
                                + " work. Empty for none.")
                .define(THREADS, Type.INT, 1, between(1, 64), Importance.LOW, "Threads that decide over alerts.")
                .define(
                        STANDBY_REPLICAS,
                        Type.INT,
                        0,
                        between(0, 5),
                        Importance.MEDIUM,
                        "Warm copies of the alerts on other instances; 1 in production.")
                .define(
                        COMMIT_INTERVAL,
                        Type.LONG,
                        30L,
                        between(1, 10_000),
                        Importance.LOW,
                        "Milliseconds between commits; part of the time until an alert is visible.")
                .define(
                        SESSION_TIMEOUT,
                        Type.INT,
                        10_000,
                        between(1_000, 300_000),
                        Importance.LOW,
                        "Milliseconds after which Kafka gives the work of a dead instance to another. Brokers take 6,000 or"
                                + " more unless group.min.session.timeout.ms is set.")
                .define(
                        TRANSACTION_TIMEOUT,
                        Type.INT,
                        10_000,
                        between(1_000, 900_000),
                        Importance.LOW,
                        "Milliseconds after which Kafka aborts the open transaction of a dead instance; readers wait for"
                                + " it.")
                .define(
                        START_TIMEOUT,
                        Type.LONG,
                        60_000L,
                        atLeast(1_000),
                        Importance.LOW,
                        "Milliseconds that the start may take until all is ready.")
                .define(
                        ROUTING_APPLICATION_ID,
                        Type.STRING,
                        "fengsui-streams",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Application id of the streams app, without the lane; its lag is what the ledger calls in flight.");
    }

    private static void defineHttp(ConfigDef settings) {
        settings.define(
                        HTTP_HOST,
                        Type.STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Address that console, API, metrics and health listen on.")
                .define(
                        HTTP_PORT,
                        Type.INT,
                        8080,
                        between(0, 65_535),
                        Importance.HIGH,
                        "Their port; 0 for any free one.")
                .define(
                        PUBLIC_URL,
                        Type.STRING,
                        "",
                        HTTP_URL,
                        Importance.MEDIUM,
                        "URL at which people reach the console, for links in notifications. Empty: http://host:port. Behind a"
                                + " proxy it must be set: the console answers under no other name.");
    }

    private static void defineAlertmanager(ConfigDef settings) {
        settings.define(
                        ALERTMANAGER_URLS,
                        Type.LIST,
                        "",
                        HTTP_URL,
                        Importance.HIGH,
                        "Every Alertmanager of the cluster, URL without /api/v2, comma-separated. Empty: no notifications.")
                .define(
                        EXERCISE_URLS,
                        Type.LIST,
                        "",
                        HTTP_URL,
                        Importance.MEDIUM,
                        "Every Alertmanager that is told of exercises and tests, with the labels 'exercise' and 'status'. It may be"
                                + " the same cluster if its configuration leads these labels to a receiver of their own, as"
                                + " deploy/alertmanager/alertmanager.yml does. Empty: none is told.")
                .define(
                        RESEND,
                        Type.LONG,
                        60_000L,
                        between(1_000, 3_600_000),
                        Importance.LOW,
                        "Milliseconds between repetitions of an alert that fires. Alertmanager ends what it has not heard"
                                + " of for four times as long.")
                .define(
                        RESOLVED_RESEND,
                        Type.LONG,
                        300_000L,
                        between(0, 86_400_000),
                        Importance.LOW,
                        "Milliseconds for which the end of an alert is repeated.")
                .define(
                        ALERTMANAGER_TIMEOUT,
                        Type.LONG,
                        5_000L,
                        between(100, 60_000),
                        Importance.LOW,
                        "Milliseconds to wait for an Alertmanager's reply.");
    }

    /** @throws StartException that lists every wrong setting with its place */
    public static AlertingConfig of(Settings settings) {
        AbstractConfig parsed = settings.parse(definition(), KAFKA_PREFIX, SchemaRegistry.PASS_THROUGH);
        Map<String, Object> kafka = new HashMap<>(parsed.originalsWithPrefix(KAFKA_PREFIX));
        kafka.put(BOOTSTRAP, String.join(",", parsed.getList(BOOTSTRAP)));
        Map<String, Object> registry = new HashMap<>(parsed.originals());
        registry.keySet().removeIf(key -> key.startsWith("alerting.")); // Secrets of webhooks among them.
        registry.put(SchemaRegistry.URL, parsed.getList(SchemaRegistry.URL));
        return new AlertingConfig(
                Map.copyOf(kafka),
                Map.copyOf(registry),
                parsed.getString(ROUTING_APPLICATION_ID),
                streams(parsed),
                new Http(parsed.getString(HTTP_HOST), parsed.getInt(HTTP_PORT), url(parsed.getString(PUBLIC_URL))),
                AccessConfig.of(parsed),
                Duration.ofMillis(parsed.getLong(READER_SILENT_AFTER)),
                new Alertmanager(
                        urls(parsed.getList(ALERTMANAGER_URLS)),
                        urls(parsed.getList(EXERCISE_URLS)),
                        Duration.ofMillis(parsed.getLong(RESEND)),
                        Duration.ofMillis(parsed.getLong(RESOLVED_RESEND)),
                        Duration.ofMillis(parsed.getLong(ALERTMANAGER_TIMEOUT))),
                DeliveryConfig.of(parsed, urls(DeliveryConfig.webhookUrls(parsed))));
    }

    private static List<URI> urls(List<String> texts) {
        return texts.stream().flatMap(text -> url(text).stream()).toList();
    }

    private static Streams streams(AbstractConfig parsed) {
        return new Streams(
                parsed.getString(APPLICATION_ID),
                Path.of(parsed.getString(STATE_DIR)),
                Optional.of(parsed.getString(GROUP_INSTANCE_ID)).filter(id -> !id.isEmpty()),
                parsed.getInt(THREADS),
                parsed.getInt(STANDBY_REPLICAS),
                Duration.ofMillis(parsed.getLong(COMMIT_INTERVAL)),
                Duration.ofMillis(parsed.getInt(SESSION_TIMEOUT)),
                Duration.ofMillis(parsed.getInt(TRANSACTION_TIMEOUT)),
                Duration.ofMillis(parsed.getLong(START_TIMEOUT)));
    }

    /** Without slashes at the end, so that a path can follow; nothing for an empty text. */
    private static Optional<URI> url(String text) {
        String bare = text.replaceAll("/+$", "");
        return bare.isEmpty() ? Optional.empty() : Optional.of(URI.create(bare));
    }

    /** Every entry of a list, or one value, has this shape; nothing at all is allowed where the default is nothing. */
    private record ListOf(String shape, String pattern) implements Validator {
        @Override
        public void ensureValid(String name, Object value) {
            List<?> entries = value instanceof List<?> list ? list : List.of(value);
            for (Object entry : entries) {
                String text = entry.toString();
                if (!text.isEmpty() && !text.matches(pattern)) {
                    throw new ConfigException(name, text, "expected " + this);
                }
            }
        }

        @Override
        public String toString() {
            return shape;
        }
    }
}
