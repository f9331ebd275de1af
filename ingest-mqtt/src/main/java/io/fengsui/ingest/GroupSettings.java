package io.fengsui.ingest;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.fengsui.platform.StartException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** How bridges share their slots: the part of {@link IngestConfig} that is about their group. */
final class GroupSettings {
    /** Slots besides those of the lanes. */
    static final String SLOTS = "ingest.slots";

    private static final String GROUP_INSTANCE = "ingest.group.instance.id";
    private static final String GROUP_SESSION = "ingest.group.session.timeout.ms";
    private static final String GROUP_HEARTBEAT = "ingest.group.heartbeat.interval.ms";

    private GroupSettings() {}

    static void define(ConfigDef settings) {
        settings.define(
                        SLOTS,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Slots besides life-safety and telemetry, for more bridges than two: a feed, or feed@vendor for one"
                                + " vendor's part of it; the most specific one handles a message. The same list for all bridges;"
                                + " add at its end, and give the topic of the slots as many partitions: fengsui topics apply"
                                + " --slots.")
                .define(
                        GROUP_INSTANCE,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Name of this bridge, unique in the group: after a restart within the session timeout it has its slots"
                                + " back at once, and no other takes them over meanwhile. Empty for none.")
                .define(
                        GROUP_SESSION,
                        Type.INT,
                        6_000,
                        between(1_000, 300_000),
                        Importance.MEDIUM,
                        "Milliseconds without a heartbeat after which a bridge's slots are given to others. The broker's"
                                + " group.min.session.timeout.ms is a bound.")
                .define(
                        GROUP_HEARTBEAT,
                        Type.INT,
                        1_500,
                        between(100, 100_000),
                        Importance.LOW,
                        "Milliseconds between heartbeats; a third of the session timeout at most.");
    }

    /** The coordinator counts from the last heartbeat, which may be that much older than the last turn of ours. */
    static Duration lease(AbstractConfig parsed) {
        return Duration.ofMillis(parsed.getInt(GROUP_SESSION) - parsed.getInt(GROUP_HEARTBEAT));
    }

    /**
     * Settings of the group's consumer, of the classic protocol: the newer one has no session timeout of the client's own.
     *
     * @param kafka settings of every Kafka client
     * @throws StartException if they contradict each other
     */
    static Map<String, Object> consumer(Map<String, Object> kafka, AbstractConfig parsed, String groupId) {
        int session = parsed.getInt(GROUP_SESSION);
        int heartbeat = parsed.getInt(GROUP_HEARTBEAT);
        if (heartbeat > session / 3) {
            throw new StartException("Settings are wrong: " + GROUP_HEARTBEAT + " is " + heartbeat
                    + ", and may be a third of " + GROUP_SESSION + " at most, which is " + session);
        }
        Map<String, Object> group = new HashMap<>(kafka);
        group.put(ConsumerConfig.CLIENT_ID_CONFIG, "ingest-slots");
        group.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        group.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        group.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        group.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        group.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, heartbeat);
        group.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        group.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        group.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        group.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        group.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        if (!parsed.getString(GROUP_INSTANCE).isBlank()) {
            group.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, parsed.getString(GROUP_INSTANCE));
        }
        return Map.copyOf(group);
    }
}
