package io.fengsui.alerting.board;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.rulebook.RuleSheet;
import io.fengsui.alerting.rulebook.RuleSheets;
import io.fengsui.platform.CompactedTable;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.RuleFile;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are published, from {@code ref.rule}, and what the city as a whole sets, from {@code ref.parameter}. Safe for
 * use by many threads.
 */
public final class PublishedRules implements AutoCloseable {
    private final ConcurrentMap<String, RuleSheet> sheets = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Parameter> ofCity = new ConcurrentHashMap<>();
    private final List<CompactedTable<?>> tables;

    /**
     * Rules that follow the reference data.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public PublishedRules(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        this.tables = List.of(
                CompactedTable.tellingWhen(Topics.REF_RULE, kafka, registry, owner, this::accept),
                CompactedTable.telling(Topics.REF_PARAMETER, kafka, registry, owner, this::accept));
    }

    private PublishedRules() {
        this.tables = List.of();
    }

    /** Rules that follow nothing and are what {@link #accept} is given. */
    public static PublishedRules standing() {
        return new PublishedRules();
    }

    public void start() {
        tables.forEach(CompactedTable::start);
    }

    /**
     * Waits until what was in Kafka at the start is here.
     *
     * @throws io.fengsui.platform.StartException after the timeout, or if a topic does not exist
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        for (CompactedTable<?> table : tables) {
            table.awaitLoaded(timeout);
        }
    }

    /** False once the reference data is no longer followed. */
    public boolean healthy() {
        return tables.stream().allMatch(CompactedTable::healthy);
    }

    /** By feed id. */
    public List<RuleSheet> sheets() {
        return List.copyOf(new TreeMap<>(sheets).values());
    }

    public Optional<RuleSheet> sheet(String feed) {
        return Optional.ofNullable(sheets.get(feed));
    }

    /** What is set for the city today. */
    public Optional<Double> cityValue(String parameter, Instant now) {
        Parameter record = ofCity.get(parameter);
        Parameter today =
                record == null ? null : Dated.PARAMETER.timeline(record).at(now);
        return today == null ? Optional.empty() : Optional.of(today.getValue());
    }

    /** Takes a rule file, null for one that is gone. */
    public void accept(String feed, @Nullable RuleFile file, Instant publishedAt) {
        if (file == null) {
            sheets.remove(feed);
        } else {
            sheets.put(feed, RuleSheets.read(file, publishedAt));
        }
    }

    /** Takes a parameter, null for one that is gone. There may be one a device: only the city's are kept. */
    public void accept(String key, @Nullable Parameter parameter) {
        String scope = ParameterScope.CITY + "|";
        if (!key.startsWith(scope)) {
            return;
        }
        String name = key.substring(key.lastIndexOf('|') + 1);
        if (parameter == null) {
            ofCity.remove(name);
        } else {
            ofCity.put(name, parameter);
        }
    }

    @Override
    public void close() {
        tables.forEach(CompactedTable::close);
    }
}
