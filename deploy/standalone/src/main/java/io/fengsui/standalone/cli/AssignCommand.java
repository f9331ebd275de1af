package io.fengsui.standalone.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.reference.Unit;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.ReferenceWriter;
import io.fengsui.seeds.ReferenceWriter.Row;
import io.fengsui.standalone.letters.ReplayTransactions.Order;
import io.fengsui.standalone.unrouted.Assignment;
import io.fengsui.standalone.unrouted.ReferenceLoad;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts a unit in charge of what has none. */
@Command(
        name = "assign",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a unit in charge of a division code or a device that has none, on the running system.",
            "",
            "The row counts for new events within two seconds; 'fengsui unrouted replay' sends on those that wait. It says what",
            "to write into the CSV files: the next 'fengsui seeds load' removes what is not in them. 'ops.reference-change'",
            "keeps who did it."
        })
final class AssignCommand implements Callable<Integer> {

    @Option(names = "--division", paramLabel = "CODE", description = "Division code of 9 or 12 digits.")
    private @Nullable String division;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Device that has neither site nor unit.")
    private @Nullable String device;

    @Option(names = "--unit", paramLabel = "UNIT", required = true, description = "Unit in charge from now on.")
    private String unit = "";

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "With --division: first day of event times; without, since the code's last unit, or always.")
    private @Nullable LocalDate from;

    @Mixin
    private ActorOptions actor = new ActorOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        actor.check();
        if ((division == null) == (device == null)) {
            throw usage("Name one of --division and --device");
        }
        if (from != null && division == null) {
            throw usage("--from goes with --division; days of a device are in devices.csv");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        cluster.admin().close();
        SchemaRegistryClient registry = cluster.registry();
        Assignment<?> assignment = assignment(registry, actor.order());
        out.println(assignment.topic().name() + " " + assignment.key() + ": " + assignment.line());
        out.flush();
        if (actor.dryRun()) {
            out.println("Nothing was written");
            return 0;
        }
        if (!actor.yes() && !UnroutedCommand.agreed("Write it?", err)) {
            err.println("Nothing was written");
            return 1;
        }
        write(registry);
        out.println("Written. Put it into the files as well, or the next 'fengsui seeds load' undoes it:");
        out.println("  " + assignment.file() + ": " + assignment.line());
        out.println("Then 'fengsui unrouted replay --open' sends on what waits for it");
        return 0;
    }

    /** Decides anew once it is alone: another change may have come between. */
    private void write(SchemaRegistryClient registry) throws InterruptedException {
        try (ReferenceWriter writer = ReferenceWriter.begin(cluster.clients(), registry)) {
            Order order = actor.order();
            Assignment<?> assignment = assignment(registry, order);
            writer.write(List.of(
                    row(assignment),
                    new Row<>(
                            Topics.REFERENCE_CHANGE,
                            assignment.topic().name() + "|" + assignment.key(),
                            assignment.change(order))));
        }
    }

    private static <T extends SpecificRecord> Row<T> row(Assignment<T> assignment) {
        return new Row<>(assignment.topic(), assignment.key(), assignment.after());
    }

    private Assignment<?> assignment(SchemaRegistryClient registry, Order order) throws InterruptedException {
        Map<String, Object> kafka = cluster.clients();
        Collection<Unit> units =
                ReferenceLoad.records(Topics.REF_UNIT, kafka, registry).values();
        if (division != null) {
            String source = "Assigned by " + order.actor() + (order.note() == null ? "" : ": " + order.note());
            return Assignment.ofDivision(division, unit, from, source, units);
        }
        String id = Objects.requireNonNull(device);
        return Assignment.ofDevice(
                id,
                unit,
                ReferenceLoad.records(Topics.REF_DEVICE, kafka, registry).get(id),
                units);
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
