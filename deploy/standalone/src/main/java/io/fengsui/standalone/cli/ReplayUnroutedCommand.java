package io.fengsui.standalone.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Topic;
import io.fengsui.standalone.letters.RecordScan;
import io.fengsui.standalone.unrouted.Delivery;
import io.fengsui.standalone.unrouted.Displaced;
import io.fengsui.standalone.unrouted.ReferenceLoad;
import io.fengsui.standalone.unrouted.ReplayPlan;
import io.fengsui.standalone.unrouted.ReplayReport;
import io.fengsui.standalone.unrouted.UnroutedWriter;
import io.fengsui.streams.device.Forwarding;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends events on to the readers that have not got them. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends events of the queue on to the readers that they belong to by the reference data of now.",
            "",
            "Where an event belongs is decided by its own time, as on its way. Who has got it does not get it again. Rules",
            "do not see it again: they saw it when it came. It reaches its readers behind what came since.",
            "With --rerouted: not the queue, but events that were delivered since --since and by the reference data of now",
            "belong to others, too, as after a corrected boundary. Who got them keeps them.",
            "'ops.unrouted-replay' keeps who did it. If it is stopped half-way, repeat it: nothing is doubled.",
            "Exit codes: 0 nobody misses any of them, 1 some are still missed or nothing was written, 2 wrong usage."
        })
final class ReplayUnroutedCommand implements Callable<Integer> {

    @Mixin
    private UnroutedOptions which = new UnroutedOptions();

    @Option(names = "--rerouted", description = "Events that were delivered, and belong to others, too.")
    private boolean rerouted;

    @Option(
            names = "--unit",
            split = ",",
            paramLabel = "UNIT",
            description = "With --rerouted: only to these units and departments.")
    private List<String> units = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "The oldest N (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private ActorOptions actor = new ActorOptions();

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        checkUsage();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        SchemaRegistryClient registry = cluster.registry();
        ReplayReport report = new ReplayReport(language.get());
        Instant now = InstantSource.system().instant();
        try (RecordScan scan = UnroutedCommand.scan(cluster, err);
                Admin admin = cluster.admin()) {
            if (actor.dryRun() || !actor.yes()) {
                List<Delivery> deliveries = plan(scan, admin, registry, forwarding(admin, registry), now);
                deliveries.forEach(delivery -> out.println(report.line(delivery)));
                if (actor.dryRun() || deliveries.stream().allMatch(Delivery::changesNothing)) {
                    out.println(report.counts(deliveries, actor.dryRun()));
                    out.flush();
                    return ReplayReport.allSettled(deliveries) ? 0 : 1;
                }
                out.flush();
                if (!UnroutedCommand.agreed(report.counts(deliveries, false) + ". Replay?", err)) {
                    err.println("Nothing was written");
                    return 1;
                }
            }
            List<Delivery> deliveries = write(scan, admin, registry, now, err);
            if (actor.yes()) {
                deliveries.forEach(delivery -> out.println(report.line(delivery)));
            }
            out.println(report.counts(deliveries, false));
            out.flush();
            return ReplayReport.allSettled(deliveries) ? 0 : 1;
        }
    }

    private void checkUsage() {
        actor.check();
        if (limit < 1) {
            throw which.usage("--limit is " + limit + "; it begins at 1");
        }
        if (rerouted && (which.since(Instant.EPOCH) == null || which.ofTheQueueAlone())) {
            throw which.usage(
                    which.ofTheQueueAlone()
                            ? "--rerouted takes --since, --feed, --unit and --drill alone"
                            : "Since when? --rerouted needs --since");
        }
        if (!rerouted && !units.isEmpty()) {
            throw which.usage("--unit goes with --rerouted");
        }
        if (!rerouted && !which.given()) {
            throw which.usage("Which events? Give a filter: --open means all that somebody misses");
        }
    }

    /** Looks anew once it is alone: another replay may have come between, and was ended only now. */
    private List<Delivery> write(
            RecordScan scan, Admin admin, SchemaRegistryClient registry, Instant now, PrintWriter err)
            throws InterruptedException {
        try (UnroutedWriter writer = UnroutedWriter.begin(cluster.clients(), registry)) {
            Forwarding forwarding = forwarding(admin, registry);
            List<Delivery> deliveries = plan(scan, admin, registry, forwarding, now);
            writer.write(
                    deliveries,
                    forwarding,
                    actor.order(),
                    done -> err.printf("  %,d of %,d events%n", done, deliveries.size()));
            return deliveries;
        }
    }

    private Forwarding forwarding(Admin admin, SchemaRegistryClient registry) throws InterruptedException {
        Set<String> topics = Set.copyOf(topics(admin));
        return new Forwarding(ReferenceLoad.view(cluster.clients(), registry), topics::contains);
    }

    private List<Delivery> plan(
            RecordScan scan, Admin admin, SchemaRegistryClient registry, Forwarding forwarding, Instant now)
            throws InterruptedException {
        if (!rerouted) {
            return new ReplayPlan(forwarding, registry).of(UnroutedCommand.queue(scan, which.filter(now, true)), limit);
        }
        Feed<?> only = which.feed();
        List<String> topics = topics(admin);
        List<Delivery> deliveries = new ArrayList<>();
        Displaced displaced = new Displaced(scan, forwarding, topic -> writtenEnds(scan, admin, topic));
        for (Feed<?> feed : only == null ? Feeds.all() : List.of(only)) {
            deliveries.addAll(displaced.of(
                    which.realm(),
                    feed,
                    topics,
                    Objects.requireNonNull(which.since(now)),
                    this::isWanted,
                    limit - deliveries.size()));
        }
        return deliveries;
    }

    private boolean isWanted(String topic) {
        return units.isEmpty() || units.stream().anyMatch(unit -> topic.contains("." + unit + "."));
    }

    private List<String> topics(Admin admin) throws InterruptedException {
        try {
            Collection<String> names = admin.listTopics().names().get();
            return List.copyOf(names);
        } catch (ExecutionException e) {
            throw cluster.noKafka(e);
        }
    }

    /** Whatever is written, committed or not yet. */
    private static Map<TopicPartition, Long> writtenEnds(RecordScan scan, Admin admin, Topic<?> topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        scan.partitions(topic).forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new StartException(topic.name() + ": its end cannot be looked up: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted", e);
        }
    }
}
