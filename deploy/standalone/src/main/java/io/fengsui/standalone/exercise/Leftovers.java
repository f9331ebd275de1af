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
import java.util.List;
import java.util.Map;
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
     * Ends an exercise: whoever plays it is asked to; when nobody does, or has gone, its open alerts are ended.
     *
     * @return whether nothing of it is open any more
     */
    public boolean end(String exercise, Leader leader, Consumer<String> out) throws InterruptedException {
        try (Admin admin = Admin.create(kafka);
                KafkaAuditLog audit = new KafkaAuditLog(kafka, registry, "exercise-stop");
                KafkaCommandLog commands = new KafkaCommandLog(kafka, registry, "exercise-stop");
                CompactedTable<Alert> table = new CompactedTable<>(
                        Topics.alertState(Realm.DRILL), kafka, registry, "exercise", (key, row) -> {})) {
            table.start();
            table.awaitLoaded(LOAD);
            boolean played = ExerciseWatch.isPlayed(admin, exercise);
            if (!played && openOf(table, exercise).isEmpty()) {
                out.accept("No exercise '" + exercise + "' is being played, and it has no open alert");
                return true;
            }
            stored(audit.append(leader.entry(Act.EXERCISE_STOP, exercise, AuditOutcome.DONE, clock.instant())));
            long asked = System.nanoTime();
            while (played && System.nanoTime() - asked < TO_END.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(500);
                played = ExerciseWatch.isPlayed(admin, exercise);
            }
            List<Alert> left = openOf(table, exercise);
            for (Alert alert : left) {
                stored(commands.append(Realm.DRILL, resolve(alert, exercise, leader)));
            }
            long resolved = System.nanoTime();
            while (!openOf(table, exercise).isEmpty() && System.nanoTime() - resolved < TO_CLOSE.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
            boolean over = !played && openOf(table, exercise).isEmpty();
            out.accept(
                    over
                            ? "The exercise '" + exercise + "' is over; " + left.size() + " alerts were ended here"
                            : "The exercise '" + exercise + "' is still being played, or has open alerts");
            return over;
        }
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
