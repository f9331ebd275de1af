package io.fengsui.standalone.bridge.fault;

import io.fengsui.reference.Route;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.ExternalApp;
import io.fengsui.standalone.bridge.BridgeStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * One fault after another on one stage, with a bridge and a streams app as processes of their own: load, fault, load, and
 * then the account of every message that was acknowledged to its vendor.
 */
public final class FaultTrial {
    static final String BRIDGE_ID = "fault-bridge";

    private static final Pattern LANE = Pattern.compile("\"telemetry\"\\s*:\\s*\"([A-Z_]+) since \\S+: ([^\"]*)\"");

    private final BridgeStage stage;
    private final Pace pace;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private final ExternalApp bridge;
    private final ExternalApp streams;
    private @Nullable FaultLoad load;
    private String said = "";

    /** @param stage started */
    public FaultTrial(BridgeStage stage, Pace pace, InstantSource clock, Consumer<String> progress) {
        this.stage = stage;
        this.pace = pace;
        this.clock = clock;
        this.progress = progress;
        this.bridge = stage.bridge("bridge", Map.of("ingest.bridge.id", BRIDGE_ID));
        this.streams = stage.streams();
    }

    /** Names of all faults. */
    public static List<String> names() {
        return Faults.all().stream().map(Fault::id).toList();
    }

    /** Plays the faults of these names, or all; returns a line each. */
    public List<FaultResult> run(List<String> names) throws Exception {
        List<FaultResult> results = new ArrayList<>();
        try (bridge;
                streams) {
            stampOnArrival();
            bridge.start();
            streams.start();
            for (Fault fault : Faults.all()) {
                if (names.isEmpty() || names.contains(fault.id())) {
                    progress.accept(fault.id() + ": " + fault.words());
                    FaultResult result = play(fault);
                    progress.accept(result.line());
                    results.add(result);
                }
            }
        }
        return List.copyOf(results);
    }

    /** Kafka's clock tells when it has a record; by default a record's time is of before it was sent. */
    private void stampOnArrival() throws InterruptedException, ExecutionException {
        ConfigResource topic = new ConfigResource(
                ConfigResource.Type.TOPIC,
                Topics.feed(Realm.LIVE, Feeds.ELEVATOR_119).name());
        Collection<AlterConfigOp> change = List.of(new AlterConfigOp(
                new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.toString()),
                AlterConfigOp.OpType.SET));
        try (Admin admin = Admin.create(stage.clients())) {
            admin.incrementalAlterConfigs(Map.of(topic, change)).all().get();
        }
    }

    private FaultResult play(Fault fault) throws Exception {
        said = "";
        String name = fault.id() + "-" + Long.toString(clock.millis(), Character.MAX_RADIX);
        FaultLoad running = new FaultLoad(name, stage.mosquitto().uri(), stage.seeds(), pace.perSecond(), clock);
        load = running;
        try (FaultAudit audit = new FaultAudit(name, stage.clients(), departments())) {
            running.start();
            pause(pace.quiet());
            long began = System.nanoTime();
            fault.strike().strike(this);
            Duration lasted = Duration.ofNanos(System.nanoTime() - began);
            Instant over = clock.instant();
            pause(pace.quiet());
            running.stop();
            long stopped = System.nanoTime();
            while (audit.missing(running) > 0
                    && System.nanoTime() - stopped < pace.settled().toNanos()) {
                audit.advance();
            }
            Duration settled = Duration.ofNanos(System.nanoTime() - stopped);
            audit.advance();
            return new FaultResult(
                    fault,
                    lasted,
                    settled,
                    running.published(),
                    running.good().size() + running.bad().size(),
                    running.unheard(),
                    audit.written(),
                    audit.deadLetters(),
                    audit.missing(running),
                    audit.doubled(),
                    audit.outOfOrder(),
                    audit.writtenAgain(),
                    audit.lifeSafetyP99(over),
                    memory(),
                    said);
        }
    }

    /** The first department that reads a feed. */
    private Map<String, String> departments() {
        Map<String, String> departments = new HashMap<>();
        for (Route route : stage.seeds().routes().values()) {
            if (!route.getDepartmentIds().isEmpty()) {
                departments.putIfAbsent(
                        route.getFeed(), route.getDepartmentIds().get(0));
            }
        }
        return departments;
    }

    /** Largest resident memory of the bridge so far, MiB. */
    private long memory() throws IOException {
        Optional<ProcessHandle> program = bridge.program();
        if (program.isEmpty()) {
            return 0;
        }
        Path status = Path.of("/proc", Long.toString(program.get().pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    BridgeStage stage() {
        return stage;
    }

    Pace pace() {
        return pace;
    }

    ExternalApp bridge() {
        return bridge;
    }

    FaultLoad load() {
        return Objects.requireNonNull(load, "no trial runs");
    }

    void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /** Waits, and in the middle asks the bridge how it is. */
    void pauseAndAsk(Duration time) throws InterruptedException {
        pause(time.dividedBy(2));
        Matcher lane = LANE.matcher(bridge.health());
        said = lane.find() ? lane.group(1) + ": " + lane.group(2) : "no answer";
        pause(time.dividedBy(2));
    }
}
