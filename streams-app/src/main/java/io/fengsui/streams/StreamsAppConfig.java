package io.fengsui.streams;

import io.fengsui.platform.Settings;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.streams.task.DeviceProcessor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/**
 * Settings of the streams app, parsed once.
 *
 * @param kafka settings that pass through to the clients of Kafka Streams, bootstrap.servers among them
 * @param registry settings of the process, of which the registry's are picked by name
 */
public record StreamsAppConfig(
        String bootstrapServers,
        String applicationId,
        Path stateDir,
        DeviceStore deviceStore,
        int threads,
        int standbyReplicas,
        Timing timing,
        DeviceProcessor.Limits limits,
        Optional<String> groupInstanceId,
        Map<String, Object> kafka,
        Map<String, Object> registry) {

    public static final String APPLICATION_ID = "streams.application.id";
    public static final String STATE_DIR = "streams.state.dir";
    public static final String DEVICE_STORE = "streams.device.store";
    public static final String THREADS = "streams.threads";
    public static final String STANDBY_REPLICAS = "streams.standby.replicas";
    public static final String COMMIT_INTERVAL = "streams.commit.interval.ms";
    public static final String SESSION_TIMEOUT = "streams.session.timeout.ms";
    public static final String TRANSACTION_TIMEOUT = "streams.transaction.timeout.ms";
    public static final String GROUP_INSTANCE_ID = "streams.group.instance.id";
    public static final String BLIND_AFTER = "streams.blind.after.ms";
    public static final String TIMERS_PER_TICK = "streams.timers.per.tick";
    public static final String START_TIMEOUT = "streams.start.timeout.ms";
    public static final String KAFKA_PREFIX = "streams.kafka.";

    /** What the promises rest on, or a setting of ours says: with the client's prefix or without. */
    private static final Pattern GUARDED =
            Pattern.compile("((main\\.|restore\\.|global\\.)?consumer\\.|producer\\.|admin\\.)?(processing\\.guarantee"
                    + "|application\\.id|group\\.id|bootstrap\\.servers|state\\.dir|isolation\\.level|auto\\.offset\\.reset"
                    + "|enable\\.auto\\.commit|enable\\.idempotence|acks|transactional\\.id|.*exception\\.handler.*"
                    + "|.*timestamp\\.extractor|(key|value)\\.(de)?serializer)");

    private static final Duration LIFE_SAFETY_COMMIT = Duration.ofMillis(30);

    /** Commit intervals: a second for telemetry, above which hardly anything is saved. */
    private static final int LONGEST_COMMIT = 10;

    /** Where the states of devices live. */
    public enum DeviceStore {
        ROCKSDB,
        MEMORY
    }

    /** @param start how long a start may take before it is given up */
    public record Timing(Duration commit, Duration session, Duration transaction, Duration start) {}

    /** How often a lane commits that keeps up. Few life-safety events come, and each is waited for; a telemetry commit carries many. */
    public Duration commit(Lane lane) {
        boolean sooner = lane == Lane.LIFE_SAFETY && timing.commit.compareTo(LIFE_SAFETY_COMMIT) > 0;
        return sooner ? LIFE_SAFETY_COMMIT : timing.commit;
    }

    /** How often a lane commits that is far behind. Life safety writes few topics, so that seldom commits would save nothing. */
    public Duration longestCommit(Lane lane) {
        return lane == Lane.LIFE_SAFETY ? commit(lane) : commit(lane).multipliedBy(LONGEST_COMMIT);
    }

    public static ConfigDef definition() {
        ConfigDef definition = new ConfigDef()
                .define(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        Type.STRING,
                        "127.0.0.1:9092",
                        Importance.HIGH,
                        "Kafka brokers, host:port, comma-separated.")
                .define(
                        APPLICATION_ID,
                        Type.STRING,
                        "fengsui-streams",
                        Importance.MEDIUM,
                        "With the lane's name added (-life-safety, -telemetry) the consumer groups, and prefix of the internal topics"
                                + " and of the transactional ids.")
                .define(
                        STATE_DIR,
                        Type.STRING,
                        Importance.HIGH,
                        "Directory of the state stores; must outlive restarts, so not below /tmp.")
                .define(
                        DEVICE_STORE,
                        Type.STRING,
                        "rocksdb",
                        ValidString.in("rocksdb", "memory"),
                        Importance.LOW,
                        "Where device states live: rocksdb keeps heap free of them and needs no restore after a clean stop; memory is"
                                + " faster up to about 100,000 devices and is restored at each start.")
                .define(THREADS, Type.INT, 1, Range.between(1, 64), Importance.MEDIUM, "Stream threads of each lane.")
                .define(
                        STANDBY_REPLICAS,
                        Type.INT,
                        0,
                        Range.between(0, 3),
                        Importance.MEDIUM,
                        "Copies of the state on other instances, which take over without restoring: 0 for one instance,"
                                + " 1 in production with two or more.");
        defineTiming(definition);
        return SchemaRegistry.define(definition);
    }

    private static void defineTiming(ConfigDef definition) {
        definition
                .define(
                        COMMIT_INTERVAL,
                        Type.INT,
                        100,
                        Range.between(5, 10_000),
                        Importance.MEDIUM,
                        "A transaction is committed this often, in the life-safety lane at least every 30 ms; readers see events"
                                + " after the commit. A telemetry lane that is behind commits more seldom, down to a tenth."
                                + " Milliseconds.")
                .define(
                        SESSION_TIMEOUT,
                        Type.INT,
                        6_000,
                        Range.between(1_000, 300_000),
                        Importance.MEDIUM,
                        "After a kill, others take over so much later. Milliseconds, within the broker's"
                                + " group.min.session.timeout.ms (6 s by default).")
                .define(
                        TRANSACTION_TIMEOUT,
                        Type.INT,
                        10_000,
                        Range.between(2_000, 900_000),
                        Importance.MEDIUM,
                        "After a kill, readers wait so long at most for the open transaction. Milliseconds.")
                .define(
                        GROUP_INSTANCE_ID,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Static membership: an id of this instance that stays over restarts; none if empty. Stream threads add"
                                + " their number.")
                .define(
                        BLIND_AFTER,
                        Type.INT,
                        10_000,
                        Range.between(2_000, 600_000),
                        Importance.MEDIUM,
                        "Without a pulse of the bridge for so long, absence clocks stand still and one alert tells so."
                                + " Milliseconds.")
                .define(
                        TIMERS_PER_TICK,
                        Type.INT,
                        5_000,
                        Range.between(1, 1_000_000),
                        Importance.LOW,
                        "Most timers that a task handles at once, four times a second.")
                .define(
                        START_TIMEOUT,
                        Type.INT,
                        120_000,
                        Range.between(1_000, 86_400_000),
                        Importance.LOW,
                        "A start that is not done by then fails. Milliseconds; restoring many devices takes time.");
    }

    /** @throws StartException that lists every wrong setting */
    public static StreamsAppConfig of(Settings settings) {
        AbstractConfig parsed = settings.parse(definition(), KAFKA_PREFIX, SchemaRegistry.PASS_THROUGH);
        Map<String, Object> kafka = new HashMap<>(parsed.originalsWithPrefix(KAFKA_PREFIX));
        refuseGuarded(kafka.keySet());
        Map<String, Object> registry = new HashMap<>(settings.values());
        registry.put(SchemaRegistry.URL, parsed.getList(SchemaRegistry.URL));
        return new StreamsAppConfig(
                parsed.getString(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
                parsed.getString(APPLICATION_ID),
                Path.of(parsed.getString(STATE_DIR)),
                DeviceStore.valueOf(parsed.getString(DEVICE_STORE).toUpperCase(Locale.ROOT)),
                parsed.getInt(THREADS),
                parsed.getInt(STANDBY_REPLICAS),
                new Timing(
                        millis(parsed, COMMIT_INTERVAL),
                        millis(parsed, SESSION_TIMEOUT),
                        millis(parsed, TRANSACTION_TIMEOUT),
                        millis(parsed, START_TIMEOUT)),
                new DeviceProcessor.Limits(millis(parsed, BLIND_AFTER), parsed.getInt(TIMERS_PER_TICK)),
                Optional.of(parsed.getString(GROUP_INSTANCE_ID)).filter(id -> !id.isBlank()),
                Map.copyOf(kafka),
                Map.copyOf(registry));
    }

    private static void refuseGuarded(Set<String> keys) {
        List<String> refused = keys.stream()
                .filter(key -> GUARDED.matcher(key).matches())
                .sorted()
                .map(key -> KAFKA_PREFIX + key)
                .toList();
        if (!refused.isEmpty()) {
            throw new StartException(
                    "Not to be set, since exactly-once processing rests on it: " + String.join(", ", refused));
        }
    }

    private static Duration millis(AbstractConfig parsed, String key) {
        return Duration.ofMillis(parsed.getInt(key));
    }
}
