package io.fengsui.standalone.exercise;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.CommandAuthorities;
import io.fengsui.alerting.audit.KafkaAuditLog;
import io.fengsui.alerting.board.KafkaCommandLog;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.platform.CompactedTable;
import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Alerts of an exercise that are open though nobody plays it any more, and how to end them or one that is being played. */
public final class Leftovers {
    private static final Duration LOAD = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofMinutes(3);
    private static final Duration TO_CLOSE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 200;
    private static final int QUIET_LOOKS = 10;

    private final Map<String, Object> kafka;
    private final SchemaRegistryClient registry;
    private final InstantSource clock;

    public Leftovers(Map<String, Object> kafka, SchemaRegistryClient registry, InstantSource clock) {
        this.kafka = Map.copyOf(kafka);
        this.registry = registry;
        this.clock = clock;
    }

    /** Open alerts of an exercise. */
    public List<Alert> open(String exercise) throws InterruptedException {
        try (CompactedTable<Alert> table =
                new CompactedTable<>(Topics.alertState(Realm.DRILL), kafka, registry, "exercise", (key, row) -> {})) {
            table.start();
            table.awaitLoaded(LOAD);
            return openOf(table, exercise);
        }
    }

    private static List<Alert> openOf(CompactedTable<Alert> table, String exercise) {
        return table.values().values().stream()
                .filter(alert -> exercise.equals(alert.getExercise()) && Transition.isOpen(alert.getState()))
                .toList();
    }

    /**
     * Ends an exercise: whoever plays it is asked to; when nobody does, or has gone, the apps are told of its end and its open
     * alerts are ended, also one that was still on its way.
     *
     * @return whether nothing of it is open, or can become so
     */
    public boolean end(String exercise, Leader leader, ExerciseRun.Pipeline pipeline, Consumer<String> out)
            throws InterruptedException {
        try (Admin admin = Admin.create(kafka);
                KafkaAuditLog audit = new KafkaAuditLog(kafka, registry, "exercise-stop");
                KafkaCommandLog commands = new KafkaCommandLog(kafka, registry, "exercise-stop");
                CompactedTable<Alert> table = new CompactedTable<>(
                        Topics.alertState(Realm.DRILL), kafka, registry, "exercise", (key, row) -> {})) {
            table.start();
            table.awaitLoaded(LOAD);
            boolean known = ExerciseWatch.isPlayed(admin, exercise)
                    || !openOf(table, exercise).isEmpty();
            if (known) {
                stored(audit.append(leader.entry(Act.EXERCISE_STOP, exercise, AuditOutcome.DONE, clock.instant())));
            }
            if (!isLeft(admin, exercise)) {
                out.accept("The exercise '" + exercise + "' is still being played");
                return false;
            }
            pipeline.end(exercise);
            Set<String> ended = new HashSet<>();
            boolean over = resolveAll(
                    table,
                    exercise,
                    pipeline,
                    alert -> stored(commands.append(Realm.DRILL, resolve(alert, exercise, leader))),
                    ended);
            out.accept(
                    !over
                            ? "The exercise '" + exercise + "' has open alerts"
                            : known || !ended.isEmpty()
                                    ? "The exercise '" + exercise + "' is over; " + ended.size()
                                            + " alerts were ended here"
                                    : "No exercise '" + exercise + "' is being played, and it has no open alert");
            return over;
        }
    }

    private static boolean isLeft(Admin admin, String exercise) throws InterruptedException {
        long asked = System.nanoTime();
        boolean played = ExerciseWatch.isPlayed(admin, exercise);
        while (played && System.nanoTime() - asked < TO_END.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(500);
            played = ExerciseWatch.isPlayed(admin, exercise);
        }
        return !played;
    }

    private interface Ender {
        void end(Alert alert) throws InterruptedException;
    }

    /** Nothing may be on its way at a look that finds nothing open: what is written by then shows in the next. */
    private static boolean resolveAll(
            CompactedTable<Alert> table, String exercise, ExerciseRun.Pipeline pipeline, Ender ender, Set<String> ended)
            throws InterruptedException {
        long since = System.nanoTime();
        int quiet = 0;
        while (System.nanoTime() - since < TO_CLOSE.toNanos()) {
            List<Alert> open = openOf(table, exercise);
            for (Alert alert : open) {
                if (ended.add(alert.getAlertId() + "|" + alert.getOccurrences())) {
                    ender.end(alert);
                }
            }
            quiet = open.isEmpty() && pipeline.inFlight() == 0 ? quiet + 1 : 0;
            if (quiet > QUIET_LOOKS) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return false;
    }

    private AlertCommand resolve(Alert alert, String exercise, Leader leader) {
        return AlertCommand.newBuilder()
                .setAlertId(alert.getAlertId())
                .setCommandId(UUID.randomUUID().toString())
                .setAction(CommandAction.RESOLVE)
                .setActor(leader.displayName())
                .setNote("演练终止：" + exercise + "\nThe exercise was stopped")
                .setRequestedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setAuthority(CommandAuthorities.of(leader.visitor(), Realm.DRILL))
                .build();
    }

    private static void stored(CompletableFuture<Void> written) throws InterruptedException {
        try {
            written.get(15, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException("Kafka does not store it: " + e, e);
        }
    }
}
