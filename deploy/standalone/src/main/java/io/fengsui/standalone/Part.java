package io.fengsui.standalone;

import io.fengsui.alerting.AlertingApp;
import io.fengsui.alerting.AlertingConfig;
import io.fengsui.ingest.IngestApp;
import io.fengsui.ingest.IngestConfig;
import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.platform.Settings;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.streams.StreamsApp;
import io.fengsui.streams.StreamsAppConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigDef;

/** The processes of Fengsui that can run in one JVM or each in its own. */
public enum Part {
    INGEST("Ingest"),
    STREAMS("Streams"),
    ALERTING("Alerting and console");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    /** Name of its command, and of its folder below the data directory. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** Its settings. */
    public ConfigDef definition() {
        return switch (this) {
            case INGEST -> IngestConfig.definition();
            case STREAMS -> StreamsAppConfig.definition();
            case ALERTING -> AlertingConfig.definition();
        };
    }

    /** Prefixes of settings that belong to a client and are passed to it, with what they are for. */
    public Map<String, String> passThrough() {
        Map<String, String> prefixes = new LinkedHashMap<>();
        switch (this) {
            case INGEST -> {
                prefixes.put(IngestConfig.KAFKA_PREFIX, "Kafka's clients, without the prefix");
                prefixes.put(IngestConfig.PRODUCER_PREFIX, "Kafka's producers alone, without the prefix; they win");
            }
            case STREAMS -> prefixes.put(StreamsAppConfig.KAFKA_PREFIX, "Kafka's clients, without the prefix");
            case ALERTING -> prefixes.put(AlertingConfig.KAFKA_PREFIX, "Kafka's clients, without the prefix");
        }
        prefixes.put(SchemaRegistry.PASS_THROUGH, "TLS of the schema registry's client, under Confluent's names");
        return prefixes;
    }

    /** Settings of its schema registry, complete. */
    public Map<String, Object> registry(Settings settings) {
        return switch (this) {
            case INGEST -> IngestConfig.of(settings).registry();
            case STREAMS -> StreamsAppConfig.of(settings).registry();
            case ALERTING -> AlertingConfig.of(settings).registry();
        };
    }

    /** Where it keeps data; the bridge keeps none, so it is where it was started and logs. */
    public Path directory(Settings settings) {
        return switch (this) {
            case INGEST -> Path.of("");
            case STREAMS -> StreamsAppConfig.of(settings).stateDir();
            case ALERTING -> AlertingConfig.of(settings).streams().stateDir();
        };
    }

    /**
     * The app, not started.
     *
     * @param neighbours health of apps in the same JVM, by name
     */
    public App create(
            Settings settings,
            PrometheusMeterRegistry metrics,
            InstantSource clock,
            Map<String, Supplier<Health>> neighbours) {
        return switch (this) {
            case INGEST -> new IngestApp(IngestConfig.of(settings), metrics, clock);
            case STREAMS -> new StreamsApp(StreamsAppConfig.of(settings), metrics, clock);
            case ALERTING -> new AlertingApp(AlertingConfig.of(settings), metrics, clock, neighbours);
        };
    }
}
