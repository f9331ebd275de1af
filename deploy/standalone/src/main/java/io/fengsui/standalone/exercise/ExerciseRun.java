package io.fengsui.standalone.exercise;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.CommandAuthorities;
import io.fengsui.alerting.audit.AuditLog;
import io.fengsui.alerting.board.CommandLog;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays an exercise: its steps at their times, then the time to react, then the end, which brings the devices to rest and ends
 * every alert that is still open. However it ends, an alert that stays open is told. Read {@link #run} first.
 *
 * <p>One thread plays; {@link #stop} may be called by any.
 */
public final class ExerciseRun {
    private static final Logger logger = LoggerFactory.getLogger(ExerciseRun.class);
    /** Nothing has changed for so long: what was said has had its effect. */
    private static final Duration QUIET = Duration.ofSeconds(3);
    /** After the last alert was ended by those who take part, so that the last step is not cut off. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration TO_REST = Duration.ofSeconds(90);
    private static final long LOOK_MILLIS = 200;

    private final ExercisePlan plan;
    private final Stage stage;
    private final AlertAccounts accounts;
    private final Pipeline pipeline;
    private final CommandLog commands;
    private final AuditLog audit;
    private final Leader leader;
    private final DutyPlan duty;
    private final InstantSource clock;
    private final ExerciseNews news;
    private final BlockingQueue<String> stopped = new LinkedBlockingQueue<>();
    private final Instant begun;

    /** The apps that work on what is said. */
    public interface Pipeline {
        /** Events and signals of exercises that nobody has worked on yet. */
        long inFlight() throws InterruptedException;

        /** Lets nothing of an exercise speak any more at a time of its own. */
        void end(String exercise) throws InterruptedException;
    }

    /** What whoever leads the exercise hears while it is played. */
    public interface ExerciseNews {
        void step(int number, ExercisePlan.Cue cue, Duration since);

        void standing(Duration since, List<AlertAccount> accounts);

        void ending(String why);

        void resolving(List<Alert> open);
    }

    /** @param begun when the accounts began */
    public ExerciseRun(
            ExercisePlan plan,
            Stage stage,
            AlertAccounts accounts,
            Pipeline pipeline,
            CommandLog commands,
            AuditLog audit,
            Leader leader,
            DutyPlan duty,
            Instant begun,
            InstantSource clock,
            ExerciseNews news) {
        this.plan = plan;
        this.stage = stage;
        this.accounts = accounts;
        this.pipeline = pipeline;
        this.commands = commands;
        this.audit = audit;
        this.leader = leader;
        this.duty = duty;
        this.begun = begun;
        this.clock = clock;
        this.news = news;
    }

    /** Ends it soon, as at its time; the first reason counts. */
    public void stop(String why) {
        stopped.add(why);
    }

    /**
     * Plays it to its end.
     *
     * @param keepOpen whether alerts that are open at the end stay so
     * @throws StartException if it cannot be begun; nothing was said then
     */
    public Evaluation run(boolean keepOpen) throws InterruptedException {
        stage.open();
        write(Act.EXERCISE_BEGIN, AuditOutcome.ALLOWED);
        Optional<String> broken = Optional.empty();
        try {
            broken = play();
        } catch (RuntimeException e) {
            logger.error("The exercise is broken off", e);
            broken = Optional.of(String.valueOf(e.getMessage()));
        }
        news.ending(broken.orElse(""));
        awaitQuiet();
        Instant ended = clock.instant();
        List<AlertAccount> seen = accounts.all();
        bringToRest(keepOpen);
        write(Act.EXERCISE_END, AuditOutcome.DONE);
        return Evaluation.of(plan, leader.displayName(), begun, ended, broken, seen, duty);
    }

    /** Who ended it before its time. */
    private Optional<String> play() throws InterruptedException {
        Instant start = clock.instant();
        for (int i = 0; i < plan.cues().size(); i++) {
            ExercisePlan.Cue cue = plan.cues().get(i);
            Optional<String> why = waitUntil(start, cue.at(), false);
            if (why.isPresent()) {
                return why;
            }
            news.step(i + 1, cue, Duration.between(start, clock.instant()));
            stage.play(i);
        }
        return waitUntil(start, plan.lasts(), true);
    }

    /** @param orOver whether to go on as soon as those who take part have ended everything */
    private Optional<String> waitUntil(Instant start, Duration at, boolean orOver) throws InterruptedException {
        Instant until = start.plus(at);
        Instant told = clock.instant();
        Instant over = Instant.MAX;
        long seen = accounts.changes();
        for (Instant now = clock.instant(); now.isBefore(until); now = clock.instant()) {
            String why = stopped.poll(
                    Math.min(
                            LOOK_MILLIS,
                            Math.max(1, Duration.between(now, until).toMillis())),
                    TimeUnit.MILLISECONDS);
            if (why != null) {
                return Optional.of(why);
            }
            boolean changed = accounts.changes() != seen;
            if (changed || Duration.between(told, now).compareTo(Duration.ofSeconds(30)) > 0) {
                seen = accounts.changes();
                told = now;
                news.standing(Duration.between(start, now), accounts.all());
            }
            List<AlertAccount> all = orOver ? accounts.all() : List.of();
            if (all.isEmpty() || changed || !accounts.open().isEmpty()) {
                over = Instant.MAX;
            } else if (over.equals(Instant.MAX)) {
                over = now.plus(GRACE);
            } else if (now.isAfter(over) && pipeline.inFlight() == 0) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** What was said has come through, and nothing has changed since for a while. */
    private void awaitQuiet() throws InterruptedException {
        Instant deadline = clock.instant().plus(TO_REST);
        long seen = -1;
        Instant since = clock.instant();
        while (clock.instant().isBefore(deadline)) {
            if (accounts.changes() != seen || pipeline.inFlight() > 0) {
                seen = accounts.changes();
                since = clock.instant();
            } else if (Duration.between(since, clock.instant()).compareTo(QUIET) > 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void bringToRest(boolean keepOpen) throws InterruptedException {
        Instant deadline = clock.instant().plus(TO_REST);
        try {
            stage.rest();
        } catch (RuntimeException e) {
            logger.error("The devices cannot be brought to rest", e);
            news.ending(String.valueOf(e.getMessage()));
        }
        awaitQuiet();
        if (!keepOpen) {
            pipeline.end(plan.name());
            awaitQuiet();
        }
        while (!keepOpen && !accounts.open().isEmpty() && clock.instant().isBefore(deadline)) {
            resolve(accounts.open());
            awaitQuiet();
        }
    }

    /** Ends alerts of the exercise, as its leader. */
    private void resolve(List<Alert> open) throws InterruptedException {
        news.resolving(open);
        for (Alert alert : open) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            AlertCommand command = AlertCommand.newBuilder()
                    .setAlertId(alert.getAlertId())
                    .setCommandId(UUID.randomUUID().toString())
                    .setAction(CommandAction.RESOLVE)
                    .setActor(leader.displayName())
                    .setNote("演练结束：" + plan.name() + "\nEnd of the exercise")
                    .setRequestedAt(now)
                    .setAuthority(CommandAuthorities.of(leader.visitor(), Realm.DRILL))
                    .build();
            await(commands.append(Realm.DRILL, command));
        }
    }

    /** Alerts that could not be ended. */
    public List<Alert> open() {
        return accounts.open();
    }

    private void write(Act act, AuditOutcome outcome) throws InterruptedException {
        await(audit.append(leader.entry(act, plan.name(), outcome, clock.instant())));
    }

    private static void await(CompletableFuture<Void> stored) throws InterruptedException {
        try {
            stored.get(15, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException("Kafka does not store what the exercise writes: " + e, e);
        }
    }
}
