package io.fengsui.standalone.cli;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alerting.audit.KafkaAuditLog;
import io.fengsui.alerting.board.KafkaCommandLog;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.platform.StartException;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.FleetSettings;
import io.fengsui.seeds.fleet.ScriptPlayer;
import io.fengsui.seeds.scenario.ExerciseScript;
import io.fengsui.standalone.DataDirectory;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.exercise.AlertAccounts;
import io.fengsui.standalone.exercise.Announcement;
import io.fengsui.standalone.exercise.Disguise;
import io.fengsui.standalone.exercise.DutyInForce;
import io.fengsui.standalone.exercise.Evaluation;
import io.fengsui.standalone.exercise.EvaluationPage;
import io.fengsui.standalone.exercise.EvaluationText;
import io.fengsui.standalone.exercise.ExerciseLines;
import io.fengsui.standalone.exercise.ExercisePipeline;
import io.fengsui.standalone.exercise.ExercisePlan;
import io.fengsui.standalone.exercise.ExerciseRun;
import io.fengsui.standalone.exercise.ExerciseWatch;
import io.fengsui.standalone.exercise.IncidentSearch;
import io.fengsui.standalone.exercise.Leader;
import io.fengsui.standalone.exercise.Leftovers;
import io.fengsui.standalone.exercise.PastIncident;
import io.fengsui.standalone.exercise.ReplayStage;
import io.fengsui.standalone.exercise.ScriptStage;
import io.fengsui.standalone.exercise.Stage;
import io.fengsui.standalone.mqtt.MqttUsers;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays an exercise on the running system. */
@Command(
        name = "exercise",
        mixinStandardHelpOptions = true,
        description = {
            "Plays an exercise on the running system and judges what those who take part did.",
            "",
            "Everything of it is marked EXERCISE and stays behind 'drill.': no live reader, feed or receiver is told. Officers"
                    + " find it under 演练 in the console, and type its name to act on it. It ends at its time, when all its alerts"
                    + " were ended, by Ctrl-C, or by --stop from elsewhere; alerts that are open then are ended, too.",
            "Without SCENARIO it lists those of the reference data. docs/exercises.md says how to hold one.",
            "Exit codes: 0 played and nothing left, 1 not begun, broken off, or an alert stayed open, 2 wrong usage."
        })
final class ExerciseCommand implements Callable<Integer> {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int LONGEST_NAME = 60;
    private static final long TO_END_SECONDS = 300;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Name of a file in exercises/ of the reference data, such as dust-explosion, or a path.")
    private @Nullable String scenario;

    @Option(
            names = "--from-incident",
            paramLabel = "ID",
            description = "Play what came in of a past incident again, in its times; personal data is masked.")
    private @Nullable String incidentId;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "Name of the exercise (default: its title and the day).")
    private @Nullable String name;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "So many times as fast; the time to react to the last step stays (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--lasts",
            paramLabel = "MINUTES",
            description =
                    "End so long after the beginning (default: as the scenario says; of an incident 10 min after its last"
                            + " event).")
    private @Nullable Double lastsMinutes;

    @Option(names = "--keep-open", description = "Leave alerts that are open at the end to those who take part.")
    private boolean keepOpen;

    @Option(
            names = "--stop",
            paramLabel = "NAME",
            description = "End the exercise of this name, wherever it is played.")
    private @Nullable String stop;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Where the evaluation goes (default: exercise-<id>.html).")
    private @Nullable Path html;

    @Option(names = "--dry-run", description = "Only announce it; nothing is written or said.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask before it begins.")
    private boolean yes;

    @Mixin
    private LeaderOptions leaders = new LeaderOptions();

    @Option(
            names = "--broker",
            split = ",",
            paramLabel = "URI",
            description = "tcp://host:port (default: that of 'up').")
    private @Nullable List<URI> brokers;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Passwords, vendor=password (default: those of 'up').")
    private @Nullable Path users;

    @Option(names = "--data", paramLabel = "DIR", description = "The users and passwords of 'fengsui up --data DIR'.")
    private @Nullable Path data;

    @Option(names = "--streams-application-id", paramLabel = "ID", defaultValue = "fengsui-streams", hidden = true)
    private String streamsId = "fengsui-streams";

    @Option(names = "--alerting-application-id", paramLabel = "ID", defaultValue = "fengsui-alerting", hidden = true)
    private String alertingId = "fengsui-alerting";

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        check();
        if (stop != null) {
            return stop(stop, out);
        }
        if (scenario == null && incidentId == null) {
            seeds.exercises().forEach(script -> out.printf("%-22s %s%n", script.name(), title(script)));
            return 0;
        }
        SeedSet set = seeds.load();
        String run = "ex-" + Long.toString(CLOCK.millis(), Character.MAX_RADIX);
        if (scenario != null) {
            ExerciseScript script = seeds.exercise(scenario);
            ExercisePlan plan = ExercisePlan.of(
                    script,
                    name == null ? Announcement.named(script.title().getZh(), CLOCK.instant()) : name.strip(),
                    speed,
                    lasts().orElse(ExercisePlan.lasts(script, speed)));
            Announcement announcement = new Announcement(language.get(), set, out::println);
            announcement.check(script);
            announcement.of(plan, CLOCK.instant());
            return dryRun ? 0 : play(plan, set, run, name -> new ScriptStage(script, player(set, plan, run), CLOCK));
        }
        return playAgain(set, run, out);
    }

    private int stop(String exercise, PrintWriter out) throws Exception {
        Leader leader = leaders.leader(data);
        try (Admin admin = cluster.admin()) {
            boolean over = new Leftovers(cluster.clients(), cluster.registry(), CLOCK)
                    .end(exercise, leader, pipeline(admin), out::println);
            return over ? 0 : 1;
        }
    }

    private ExercisePipeline pipeline(Admin admin) {
        return new ExercisePipeline(admin, cluster.clients(), streamsId, alertingId);
    }

    /** Makes the stage once it is sure that the exercise is played. */
    private interface StageMaker {
        Stage make(SchemaRegistryClient registry);
    }

    private int playAgain(SeedSet set, String run, PrintWriter out) throws Exception {
        SchemaRegistryClient registry = cluster.registry();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        PastIncident past;
        try (IncidentSearch search = new IncidentSearch(cluster.clients(), registry, err::println)) {
            past = search.find(Objects.requireNonNull(incidentId), CLOCK.instant());
        }
        String called = name == null
                ? Announcement.named("重演 " + past.incident().getTitle().getZh(), CLOCK.instant())
                : name.strip();
        Disguise disguise = new Disguise(called, run);
        DutyPlan duty = DutyInForce.read(cluster.clients(), registry);
        ExercisePlan plan = past.plan(called, speed, lasts(), disguise, duty);
        Announcement announcement = new Announcement(language.get(), set, out::println);
        announcement.of(plan, CLOCK.instant());
        announcement.lacking(past);
        return dryRun
                ? 0
                : play(
                        plan,
                        set,
                        run,
                        found -> new ReplayStage(past.originals(), disguise, cluster.clients(), found, CLOCK));
    }

    private void check() {
        boolean wrongSpeed = !(speed >= 0.1 && speed <= 1_000);
        boolean wrongName = name != null && (name.isBlank() || name.strip().length() > LONGEST_NAME);
        boolean wrongTime = lastsMinutes != null && !(lastsMinutes > 0 && lastsMinutes <= 720);
        if (wrongSpeed || wrongName || wrongTime || (scenario != null && incidentId != null)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    wrongSpeed
                            ? "--speed is from 0.1 to 1000"
                            : wrongName
                                    ? "--name has 1 to " + LONGEST_NAME + " characters"
                                    : wrongTime
                                            ? "--lasts is at most 720 minutes"
                                            : "Name a scenario or --from-incident, not both");
        }
    }

    private Optional<Duration> lasts() {
        return Optional.ofNullable(lastsMinutes).map(minutes -> Duration.ofMillis(Math.round(minutes * 60_000)));
    }

    private String title(ExerciseScript script) {
        return language.get().say(script.title().getZh(), script.title().getEn());
    }

    private ScriptPlayer player(SeedSet set, ExercisePlan plan, String run) {
        Path directory = data == null ? Home.locate().data() : data;
        MqttUsers passwords = MqttUsers.load(users == null ? DataDirectory.mqttUsers(directory) : users);
        FleetSettings settings = new FleetSettings(
                brokers == null ? List.of(URI.create(cluster.ports().mqttUri())) : brokers,
                vendor -> passwords.password(vendor).orElse(null),
                CLOCK,
                System::nanoTime,
                progress -> {});
        return new ScriptPlayer(set, settings, plan.name(), run);
    }

    private int play(ExercisePlan plan, SeedSet set, String run, StageMaker maker) throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Leader leader = leaders.leader(data);
        SchemaRegistryClient registry = cluster.registry();
        DutyPlan duty = DutyInForce.read(cluster.clients(), registry);
        try (Admin admin = cluster.admin()) {
            requireFree(admin, plan, registry);
            if (!yes && !UnroutedCommand.agreed(language.get().say("现在开始？", "Begin now?"), err)) {
                err.println(language.get().say("没有开始", "Nothing was begun"));
                return 1;
            }
            return play(plan, set, run, maker, leader, registry, duty, admin, out);
        }
    }

    private void requireFree(Admin admin, ExercisePlan plan, SchemaRegistryClient registry)
            throws InterruptedException {
        if (ExerciseWatch.isPlayed(admin, plan.name())) {
            throw new StartException("An exercise '" + plan.name()
                    + "' is being played; --name gives this one another name, and" + " --stop ends that one");
        }
        List<Alert> left = new Leftovers(cluster.clients(), registry, CLOCK).open(plan.name());
        if (!left.isEmpty()) {
            throw new StartException("An exercise '" + plan.name() + "' has left " + left.size()
                    + " open alerts; 'fengsui drill exercise --stop' with that name ends them");
        }
    }

    private int play(
            ExercisePlan plan,
            SeedSet set,
            String run,
            StageMaker maker,
            Leader leader,
            SchemaRegistryClient registry,
            DutyPlan duty,
            Admin admin,
            PrintWriter out)
            throws Exception {
        Instant begun = CLOCK.instant();
        AlertAccounts accounts = new AlertAccounts(plan.name(), begun);
        AtomicReference<@Nullable ExerciseRun> running = new AtomicReference<>();
        try (ExerciseWatch watch = new ExerciseWatch(
                        plan.name(),
                        accounts,
                        Announcement.alertTopics(set),
                        cluster.clients(),
                        registry,
                        CLOCK,
                        why -> Optional.ofNullable(running.get()).ifPresent(exercise -> exercise.stop(why)));
                KafkaCommandLog commands = new KafkaCommandLog(cluster.clients(), registry, "exercise");
                KafkaAuditLog audit = new KafkaAuditLog(cluster.clients(), registry, "exercise");
                Stage stage = maker.make(registry)) {
            ExerciseRun exercise = new ExerciseRun(
                    plan,
                    stage,
                    accounts,
                    pipeline(admin),
                    commands,
                    audit,
                    leader,
                    duty,
                    begun,
                    CLOCK,
                    new ExerciseLines(language.get(), plan, out::println));
            running.set(exercise);
            watch.start();
            CountDownLatch told = new CountDownLatch(1);
            Shutdown.closing(() -> {
                exercise.stop("Ctrl-C");
                boolean inTime = told.await(TO_END_SECONDS, TimeUnit.SECONDS);
                if (!inTime) {
                    System.err.println("The exercise did not end in time; --stop ends what it has left");
                }
            });
            try {
                Evaluation evaluation = exercise.run(keepOpen);
                tell(evaluation, set, run, out);
                List<Alert> open = exercise.open();
                open.forEach(alert -> out.println(language.get().say("仍未解除：", "Still open: ") + alert.getAlertId()));
                return evaluation.broken().isEmpty() && (open.isEmpty() || keepOpen) ? 0 : 1;
            } finally {
                told.countDown();
            }
        }
    }

    private void tell(Evaluation evaluation, SeedSet set, String run, PrintWriter out) throws IOException {
        Announcement names = new Announcement(language.get(), set, out::println);
        out.println();
        out.print(new EvaluationText(language.get(), id -> names.unit(language.get(), id)).of(evaluation));
        Path file = html == null ? Path.of(run.replaceFirst("^ex-", "exercise-") + ".html") : html;
        Files.writeString(file, new EvaluationPage(names::unit).of(evaluation));
        out.println();
        out.println(language.get().say("评估已写入 ", "The evaluation is in ") + file.toAbsolutePath());
        out.flush();
    }
}
