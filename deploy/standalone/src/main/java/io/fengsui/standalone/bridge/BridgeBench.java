package io.fengsui.standalone.bridge;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How fast the bridge drains a queue, side by side with what people would use instead. In each round all sessions are
 * filled with the same messages, and then drained one after the other; medians are over rounds.
 */
public final class BridgeBench {
    private static final int PARTITIONS = 3;

    /** One in a hundred more than is measured: a contender that loses some still comes to its end. */
    private static final int SPARE_PART = 100;

    private static final String FENGSUI = "fengsui";

    /**
     * What to measure.
     *
     * @param systems ids of contenders, empty for all
     * @param messages that are timed, in each session
     * @param slowMessages the same for a contender that takes one message at a time
     * @param warmUp messages before those
     */
    public record Plan(List<String> systems, int rounds, int messages, int slowMessages, int warmUp) {}

    private final BridgeStage stage;
    private final Contenders contenders;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /**
     * @param stage started
     * @param peers where the build put the peers' classes and libraries
     */
    public BridgeBench(BridgeStage stage, Path peers, InstantSource clock, Consumer<String> progress) {
        this.stage = stage;
        this.contenders = new Contenders(stage, peers);
        this.clock = clock;
        this.progress = progress;
    }

    /** Runs all rounds; returns one line a system, and last the ratios. */
    public String run(Plan plan) throws Exception {
        Map<String, List<Drain.Result>> results = new LinkedHashMap<>();
        List<Contender> chosen = contenders.all().stream()
                .filter(c -> plan.systems().isEmpty() || plan.systems().contains(c.id()))
                .toList();
        QueuedMessages queued = new QueuedMessages(stage);
        try (Admin admin = Admin.create(stage.clients())) {
            admin.createTopics(List.of(new NewTopic(Contenders.RAW_TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            Drain drain = new Drain(admin);
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Contender contender : chosen) {
                    queued.openSession(contender);
                }
                progress.accept("round " + round + ": publishing");
                int needed = plan.warmUp() + plan.messages();
                queued.publish("r" + round, needed + needed / SPARE_PART, clock.instant());
                for (Contender contender : chosen) {
                    Drain.Result result = drain.measure(contender, warmUp(plan, contender), messages(plan, contender));
                    results.computeIfAbsent(contender.id(), id -> new ArrayList<>())
                            .add(result);
                    progress.accept("round " + round + ": " + line(contender.id(), result));
                }
            }
        }
        return table(results);
    }

    private static int messages(Plan plan, Contender contender) {
        return isSlow(contender) ? plan.slowMessages() : plan.messages();
    }

    private static int warmUp(Plan plan, Contender contender) {
        return isSlow(contender) ? Math.min(plan.warmUp(), plan.slowMessages() / 3) : plan.warmUp();
    }

    private static boolean isSlow(Contender contender) {
        return contender.id().endsWith("-sync");
    }

    private static String table(Map<String, List<Drain.Result>> results) {
        StringBuilder table = new StringBuilder();
        Map<String, Drain.Result> medians = new LinkedHashMap<>();
        results.forEach((id, all) -> {
            Drain.Result median = new Drain.Result(
                    median(all.stream().map(Drain.Result::perSecond).toList()),
                    median(all.stream().map(Drain.Result::cpuMicros).toList()));
            medians.put(id, median);
            table.append(line(id, median)).append(System.lineSeparator());
        });
        return table.append(ratios(medians)).append(System.lineSeparator()).toString();
    }

    private static String ratios(Map<String, Drain.Result> medians) {
        return "ratio_camel_async=" + ratio(medians, "camel-async")
                + " ratio_camel_sync=" + ratio(medians, "camel-sync")
                + " ratio_c_pipe=" + ratio(medians, "c-pipe")
                + " cpu_us="
                + (medians.containsKey(FENGSUI)
                        ? String.format(
                                Locale.ROOT, "%.1f", medians.get(FENGSUI).cpuMicros())
                        : "-");
    }

    private static String ratio(Map<String, Drain.Result> medians, String peer) {
        Drain.Result ours = medians.get(FENGSUI);
        Drain.Result theirs = medians.get(peer);
        return ours == null || theirs == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f", ours.perSecond() / theirs.perSecond());
    }

    private static String line(String id, Drain.Result result) {
        return String.format(
                Locale.ROOT,
                "%-12s %,9.0f messages/s %8.1f µs CPU a message",
                id,
                result.perSecond(),
                result.cpuMicros());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
