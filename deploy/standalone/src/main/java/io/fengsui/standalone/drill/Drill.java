package io.fengsui.standalone.drill;

import io.fengsui.platform.StartException;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.seeds.fleet.Expectations;
import io.fengsui.seeds.fleet.Fleet;
import io.fengsui.seeds.fleet.FleetReport;
import io.fengsui.seeds.fleet.FleetSettings;
import io.fengsui.seeds.fleet.Outcome;
import io.fengsui.seeds.scenario.Scenario;
import io.fengsui.standalone.Standalone;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Plays a scenario on a running standalone and accounts for every message. */
public final class Drill {
    private static final Duration FIRST_RECORD = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MS = 100;

    private final Standalone standalone;
    private final URI broker;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /** @param progress takes a line about once a second */
    public Drill(Standalone standalone, InstantSource clock, Consumer<String> progress) {
        this(standalone, URI.create(standalone.ports().mqttUri()), clock, progress);
    }

    /** @param broker to publish to, when it is not the standalone's own */
    Drill(Standalone standalone, URI broker, InstantSource clock, Consumer<String> progress) {
        this.standalone = standalone;
        this.broker = broker;
        this.clock = clock;
        this.progress = progress;
    }

    /** @throws StartException if the scenario would go on for ever */
    public static void requireEnd(Scenario scenario) {
        if (!scenario.ends()) {
            throw new StartException("Scenario " + scenario.name() + " has no end; a drill needs total or duration");
        }
    }

    /** Publishes the scenario; returns when the broker has acknowledged the last message. */
    public FleetReport publish(Scenario scenario) throws InterruptedException {
        requireEnd(scenario);
        FleetSettings settings = new FleetSettings(
                List.of(broker),
                vendor -> standalone.users().password(vendor).orElse(null),
                clock,
                System::nanoTime,
                now -> progress.accept(String.format(
                        "%3d s  published %,d, acknowledged %,d",
                        now.elapsed().toSeconds(), now.published(), now.acknowledged())));
        return new Fleet(scenario, standalone.seeds(), settings).run();
    }

    /**
     * Waits until the pipeline has come to rest, then matches every message with the topics. More copies of a message than
     * the fleet sent are a fault.
     *
     * @param sent all that was ever published on this standalone
     * @throws StartException if it does not come to rest in time
     */
    public LedgerReport account(List<FleetReport> sent, Duration timeout) throws InterruptedException {
        return account(
                sent, timeout, sent.stream().mapToLong(FleetReport::resent).sum());
    }

    /** The same after a process was killed: what it had not acknowledged yet was delivered again. */
    LedgerReport accountAfterCrash(List<FleetReport> sent, Duration timeout) throws InterruptedException {
        return account(sent, timeout, Long.MAX_VALUE);
    }

    private LedgerReport account(List<FleetReport> sent, Duration timeout, long redeliveries)
            throws InterruptedException {
        List<Expectations> expectations =
                sent.stream().map(FleetReport::expectations).toList();
        AtomicLong acknowledged = new AtomicLong();
        expectations.forEach(all -> all.forEach(message -> acknowledged.addAndGet(message.acknowledged())));
        Map<String, Object> clients = standalone.clients();
        try (Admin admin = Admin.create(clients);
                TopicScan scan = new TopicScan(
                        TopicScan.reader(clients),
                        SchemaRegistry.connect(clients),
                        standalone.seeds().units().values(),
                        standalone.seeds().routes().values())) {
            new Settlement(admin, scan, standalone.streamsApplicationId(), standalone.alertingApplicationId())
                    .await(
                            acknowledged.get(),
                            timeout,
                            inFlight -> progress.accept(String.format(
                                    "       in flight %,d, found %,d of %,d",
                                    inFlight, scan.observations().accountedFor(), acknowledged.get())));
            Audit audit = new Audit(scan.observations(), redeliveries);
            expectations.forEach(all -> all.forEach(audit::check));
            return audit.report();
        }
    }

    /**
     * Deletes the oldest record of a department's topic: an audit that deserves its name finds it missing. Townships have
     * the event still, so that nobody waits for one that is nowhere.
     */
    public String deleteOne(FleetReport sent) throws InterruptedException {
        List<String> topics = new ArrayList<>();
        sent.expectations().forEach(message -> {
            if (topics.isEmpty()
                    && message.due()
                    && message.outcome() == Outcome.ROUTED
                    && message.topics().size() > 1) {
                topics.addAll(message.topics());
            }
        });
        String topic = topics.get(topics.size() - 1);
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(standalone.clients())) {
            awaitFirstRecord(admin, partition);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new StartException("No record could be deleted in " + topic + ": " + e.getCause(), e);
        }
        return topic;
    }

    /** What was acknowledged a moment ago may still be on its way. */
    private static void awaitFirstRecord(Admin admin, TopicPartition partition)
            throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < FIRST_RECORD.toNanos()) {
            long end = admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .partitionResult(partition)
                    .get()
                    .offset();
            if (end > 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        throw new StartException("There is no record in " + partition.topic());
    }
}
