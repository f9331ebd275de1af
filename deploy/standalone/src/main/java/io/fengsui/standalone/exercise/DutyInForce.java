package io.fengsui.standalone.exercise;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alerting.duty.DutyFile;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.yaml.YamlFileException;
import io.fengsui.platform.CompactedTable;
import io.fengsui.platform.StartException;
import io.fengsui.reference.DutyRules;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.util.Map;

/** The deadlines that the running system goes by. */
public final class DutyInForce {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private DutyInForce() {}

    public static DutyPlan read(Map<String, Object> kafka, SchemaRegistryClient registry) throws InterruptedException {
        try (CompactedTable<DutyRules> table =
                new CompactedTable<>(Topics.REF_DUTY, kafka, registry, "exercise", (key, row) -> {})) {
            table.start();
            table.awaitLoaded(PATIENCE);
            DutyRules rules = table.values().values().stream().findFirst().orElse(null);
            return rules == null
                    ? DutyPlan.NONE
                    : DutyFile.compile(rules.getFile(), rules.getYaml(), rule -> true, unit -> true);
        } catch (YamlFileException e) {
            throw new StartException(
                    "The deadlines in " + Topics.REF_DUTY.name() + " do not compile: " + e.getMessage(), e);
        }
    }
}
