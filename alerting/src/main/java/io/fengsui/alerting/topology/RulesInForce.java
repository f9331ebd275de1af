package io.fengsui.alerting.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.duty.DutyFile;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.incident.CorrelationFile;
import io.fengsui.alerting.incident.CorrelationRules;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.platform.CompactedTable;
import io.fengsui.reference.DutyRules;
import io.fengsui.reference.IncidentRules;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a reference topic that compiled last. One that does not compile changes nothing, and {@link #problem()} says so.
 * Safe for use by many threads.
 *
 * @param <R> what the file compiles to
 */
public final class RulesInForce<R> implements Supplier<R>, AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(RulesInForce.class);

    private final CompactedTable<?> table;
    private volatile R rules;
    private volatile @Nullable String problem;

    /** Compiles what stands in the topic. */
    private interface Compiler<F, R> {
        R compile(F file) throws YamlFileException;
    }

    private <F extends SpecificRecord> RulesInForce(
            Topic<F> topic,
            R without,
            Compiler<F, R> compiler,
            Map<String, ?> kafka,
            SchemaRegistryClient registry,
            String owner) {
        this.rules = without;
        this.table = new CompactedTable<>(
                topic, kafka, registry, owner, (key, file) -> accept(topic, file, without, compiler));
    }

    /**
     * How alerts become incidents: {@code ref.incident}.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public static RulesInForce<CorrelationRules> incidents(
            Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        Compiler<IncidentRules, CorrelationRules> compiler =
                file -> CorrelationFile.compile(file.getFile(), file.getYaml(), rule -> true);
        return new RulesInForce<>(Topics.REF_INCIDENT, CorrelationRules.DEFAULT, compiler, kafka, registry, owner);
    }

    /**
     * Deadlines of alerts: {@code ref.duty}.
     *
     * @param kafka client settings, at least bootstrap.servers
     * @param owner name of the process, for thread and client names
     */
    public static RulesInForce<DutyPlan> duty(Map<String, ?> kafka, SchemaRegistryClient registry, String owner) {
        Compiler<DutyRules, DutyPlan> compiler =
                file -> DutyFile.compile(file.getFile(), file.getYaml(), rule -> true, department -> true);
        return new RulesInForce<>(Topics.REF_DUTY, DutyPlan.NONE, compiler, kafka, registry, owner);
    }

    public void start() {
        table.start();
    }

    /**
     * Waits until what was in Kafka at the start is here.
     *
     * @throws io.fengsui.platform.StartException after the timeout, or if the topic does not exist
     */
    public void awaitLoaded(Duration timeout) throws InterruptedException {
        table.awaitLoaded(timeout);
    }

    /** False once the topic is no longer followed. */
    public boolean healthy() {
        return table.healthy();
    }

    /** What is wrong with the newest file, if it is not in force. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public R get() {
        return rules;
    }

    private <F extends SpecificRecord> void accept(
            Topic<F> topic, @Nullable F file, R without, Compiler<F, R> compiler) {
        if (file == null) {
            rules = without;
            problem = null;
            return;
        }
        try {
            rules = compiler.compile(file);
            problem = null;
            logger.info("The newest file of {} is in force", topic.name());
        } catch (YamlFileException e) {
            problem = e.problems().get(0);
            logger.error(
                    "The newest file of {} is refused, the former stays in force:\n{}", topic.name(), e.getMessage());
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
