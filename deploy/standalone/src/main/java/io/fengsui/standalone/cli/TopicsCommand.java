package io.fengsui.standalone.cli;

import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.TopicAdmin.Outcome;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Standalone;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates and lists the topics. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates the topics with their schemas, or lists them.",
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand {

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = {
                "Creates the topics that are missing and registers every schema.",
                "",
                "Nothing is ever deleted or changed; what does not fit is named, and the exit code is 1.",
                "Only the topic of the bridges' slots is given more partitions by a greater --slots.",
                "'fengsui up' does it by itself. In production, run it before a new version of the processes."
            })
    int apply(
            @Mixin ClusterOptions cluster,
            @Mixin SeedOptions seeds,
            @Option(names = "--dry-run", description = "Only say what would be created.") boolean dryRun,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            defaultValue = "" + Standalone.KEYED_PARTITIONS,
                            description = "Partitions of the keyed topics, for ever (default: ${DEFAULT-VALUE}).")
                    int partitions,
            @Option(
                            names = "--slots",
                            paramLabel = "N",
                            defaultValue = "2",
                            description = "Slots of the bridges: two, and one for each entry of ingest.slots"
                                    + " (default: ${DEFAULT-VALUE}).")
                    int slots,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Replicas a partition; 3 in production (default: ${DEFAULT-VALUE}).")
                    short replication)
            throws InterruptedException {
        List<Outcome> outcomes;
        try (Admin admin = cluster.admin()) {
            outcomes = new TopicAdmin(admin, cluster.registry(), partitions, slots, replication)
                    .apply(topics(seeds.load()), dryRun);
        }
        long created = outcomes.stream().filter(Outcome::created).count();
        for (Outcome outcome : outcomes) {
            if (!outcome.ok()) {
                System.err.println(outcome.topic() + ": " + outcome.problem());
            } else if (outcome.created()) {
                System.out.println((dryRun ? "would create " : "created ") + outcome.topic() + ", partitions: "
                        + outcome.partitions());
            }
        }
        System.out.println(outcomes.size() + " topics, " + created + (dryRun ? " to create" : " created"));
        return outcomes.stream().allMatch(Outcome::ok) ? 0 : 1;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Lists every topic that the reference data asks for, with what is in it.",
                "",
                "Asks no Kafka."
            })
    int list(@Mixin SeedOptions seeds) {
        List<Topic<?>> topics = topics(seeds.load());
        int width = topics.stream().mapToInt(t -> t.name().length()).max().orElse(0);
        for (Topic<?> topic : topics) {
            System.out.printf(
                    "%-" + width + "s  %-12s  %s%n", topic.name(), topic.type().getSimpleName(), topic.description());
        }
        return 0;
    }

    private static List<Topic<?>> topics(SeedSet set) {
        return Topics.all(set.units().values(), set.routes().values());
    }
}
