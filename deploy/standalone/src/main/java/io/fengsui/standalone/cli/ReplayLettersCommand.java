package io.fengsui.standalone.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ingest.Readmission;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.platform.CompactedTable;
import io.fengsui.reference.Device;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.Address;
import io.fengsui.standalone.letters.Letter;
import io.fengsui.standalone.letters.LetterFilter;
import io.fengsui.standalone.letters.LetterScan;
import io.fengsui.standalone.letters.Moment;
import io.fengsui.standalone.letters.ReplayHistory;
import io.fengsui.standalone.letters.ReplayPlan;
import io.fengsui.standalone.letters.ReplayPlan.Skip;
import io.fengsui.standalone.letters.ReplayPlan.Step;
import io.fengsui.standalone.letters.ReplayPlan.Unknown;
import io.fengsui.standalone.letters.ReplayReport;
import io.fengsui.standalone.letters.ReplayWriter;
import io.fengsui.standalone.letters.Selection;
import io.fengsui.standalone.letters.SentEvents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends dead letters in again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends dead letters in again, as if their messages were decoded today: by address, or by filter.",
            "",
            "The same checks as on arrival, as of the arrival; events keep their ids. A letter that was replayed before is",
            "left out without --again. Vendors are told nothing. 'ops.dead-letter-replay' keeps who did it.",
            "A replay that is broken off doubles nothing: the next one looks for what that had written, and waits up to a",
            "minute until nothing of it is on its way. What can no longer be seen is left alone, and named.",
            "Exit codes: 0 all replayed, 1 some refused again, replayed before or not known, 2 wrong usage."
        })
final class ReplayLettersCommand implements Callable<Integer> {
    private static final Duration LOAD = Duration.ofSeconds(30);
    private static final int LONGEST_NOTE = 1_000;

    @Parameters(
            paramLabel = "ADDRESS",
            arity = "0..*",
            converter = LetterOptions.AddressConverter.class,
            description = "As 'fengsui dead-letters list' shows it; without any, a filter says which.")
    private List<Address> addresses = List.of();

    @Mixin
    private LetterOptions which = new LetterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "With a filter: the oldest N (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--dry-run", description = "Only say what would become of each; nothing is written.")
    private boolean dryRun;

    @Option(names = "--again", description = "Letters that were replayed before, too, or perhaps were.")
    private boolean again;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--by", paramLabel = "NAME", description = "Who replays (default: the user of the system).")
    private String by = System.getProperty("user.name", "unknown");

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for those who look later.")
    private @Nullable String note;

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
        LetterFilter filter = which.filter(InstantSource.system().instant(), again ? null : Boolean.FALSE);
        ReplayReport report = new ReplayReport(language.get());
        try (LetterScan scan = DeadLettersCommand.scan(cluster, err)) {
            SchemaRegistryClient registry = cluster.registry();
            Readmission readmission = readmission(registry);
            ReplayHistory history = scan.history();
            List<Letter> letters = letters(scan, filter, history, err);
            List<Step> steps = plan(readmission, history, registry, letters);
            steps.forEach(step -> out.println(report.line(step)));
            if (dryRun || steps.stream().allMatch(step -> step instanceof Skip || step instanceof Unknown)) {
                out.println(report.counts(steps, dryRun));
                out.flush();
                return ReplayReport.allDone(steps) ? 0 : 1;
            }
            out.flush();
            if (!yes && !agreed(report.counts(steps, false), err)) {
                err.println("Nothing was written");
                return 1;
            }
            return write(scan, registry, readmission, letters, report, out, err);
        }
    }

    private void checkUsage() {
        if (addresses.isEmpty() && !which.given()) {
            throw which.usage("Which letters? Name addresses, or give a filter: --open means all that are open");
        }
        if (!addresses.isEmpty() && which.given()) {
            throw which.usage("Addresses and filters exclude each other");
        }
        if (limit < 1) {
            throw which.usage("--limit is " + limit + "; it begins at 1");
        }
        if (by.isBlank() || (note != null && note.length() > LONGEST_NOTE)) {
            throw which.usage(by.isBlank() ? "--by names nobody" : "--note is longer than 1,000 characters");
        }
    }

    private List<Letter> letters(LetterScan scan, LetterFilter filter, ReplayHistory history, PrintWriter err) {
        if (!addresses.isEmpty()) {
            return addresses.stream().map(scan::at).toList();
        }
        Selection found = Selection.oldest(limit);
        scan.each(filter.topic(), filter.since(), letter -> {
            if (filter.matches(letter, history)) {
                found.add(letter);
            }
        });
        if (found.total() > found.letters().size()) {
            err.println("The oldest " + found.letters().size() + " of " + found.total()
                    + " are taken; --limit says how many");
        }
        return found.letters();
    }

    /** With the devices and factor codes as they are now. */
    private Readmission readmission(SchemaRegistryClient registry) throws InterruptedException {
        try (CompactedTable<Device> devices = new CompactedTable<>(
                        Topics.REF_DEVICE, cluster.clients(), registry, "dead-letters", (id, device) -> {});
                CompactedTable<VendorFactors> factors = new CompactedTable<>(
                        Topics.REF_FACTOR, cluster.clients(), registry, "dead-letters", (vendor, codes) -> {})) {
            devices.start();
            factors.start();
            devices.awaitLoaded(LOAD);
            factors.awaitLoaded(LOAD);
            Map<String, VendorFactors> codes = Map.copyOf(factors.values());
            return new Readmission(
                    devices.values(), Decoders.standard(vendor -> Optional.ofNullable(codes.get(vendor))), registry);
        }
    }

    private static boolean agreed(String counts, PrintWriter err) throws IOException {
        err.print(counts + ". Replay? [y/N] ");
        err.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        if (answer == null) {
            err.println();
        }
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }

    /** Judges anew once it is alone: another replay may have come between, and was ended only now. */
    private int write(
            LetterScan scan,
            SchemaRegistryClient registry,
            Readmission readmission,
            List<Letter> letters,
            ReplayReport report,
            PrintWriter out,
            PrintWriter err)
            throws InterruptedException {
        List<Step> steps;
        InstantSource clock = InstantSource.system();
        try (ReplayWriter writer = ReplayWriter.begin(cluster.clients(), registry, clock)) {
            ReplayHistory history = scan.history();
            awaitQuiet(history, clock, err);
            steps = plan(readmission, history, registry, letters);
            writer.write(steps, by, note, done -> err.printf("  %,d of %,d letters%n", done, steps.size()));
        }
        steps.stream().filter(Unknown.class::isInstance).forEach(step -> out.println(report.line(step)));
        out.println(report.counts(steps, false));
        out.flush();
        return ReplayReport.allDone(steps) ? 0 : 1;
    }

    /** What a replay has sent may arrive after it was broken off. */
    private static void awaitQuiet(ReplayHistory history, InstantSource clock, PrintWriter err)
            throws InterruptedException {
        Instant quiet = history.lastSendingAt().orElse(Instant.EPOCH).plus(ReplayWriter.QUIET_AFTER);
        Duration left = Duration.between(clock.instant(), quiet);
        if (!left.isNegative()) {
            err.println("A replay was broken off just now; waiting until " + Moment.shown(quiet)
                    + ", since what it has sent may still arrive");
            TimeUnit.MILLISECONDS.sleep(left.toMillis() + 1);
        }
    }

    private List<Step> plan(
            Readmission readmission, ReplayHistory history, SchemaRegistryClient registry, List<Letter> letters) {
        try (SentEvents search = new SentEvents(cluster.clients(), registry)) {
            return new ReplayPlan(readmission, history, search, again).of(letters);
        }
    }
}
