package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Decision;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what time does to the alerts of a task: escalates those that nobody acknowledges, ends those that no longer flap. A
 * deadline follows from the alert's record; in memory stands only when which is due, made again from the store at the start and
 * when other rules come into force.
 */
final class DutyProcessor implements Processor<String, Outgoing, String, Outgoing> {
    static final String NAME = "duty-clock";

    private static final Logger logger = LoggerFactory.getLogger(DutyProcessor.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    /** In one tick; the rest in the next, so that signals get their turn. */
    private static final int MOST_IN_A_TICK = 500;

    private final AvroReader<Alert> reader;
    private final AlertTargets targets;
    private final Supplier<DutyPlan> plans;
    private final TopologyMeters meters;
    private final Clocks clocks;
    private @Nullable ProcessorContext<String, Outgoing> context;
    private @Nullable AlertStore alerts;
    private @Nullable Cancellable schedule;
    private DutyPlan plan = DutyPlan.NONE;
    private Deadlines deadlines = new Deadlines(0);

    DutyProcessor(
            AvroReader<Alert> reader,
            AlertTargets targets,
            Supplier<DutyPlan> plans,
            TopologyMeters meters,
            Clocks clocks) {
        this.reader = reader;
        this.targets = targets;
        this.plans = plans;
        this.meters = meters;
        this.clocks = clocks;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> initial) {
        context = initial;
        alerts = new AlertStore(initial.getStateStore(AlertStore.NAME), reader);
        readAgain();
        schedule = initial.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, unused -> tick());
    }

    /** Takes note of an alert that somebody else has changed; it comes without its history. */
    @Override
    public void process(Record<String, Outgoing> changed) {
        Alert alert = reader.read(changed.value().value());
        note(Realm.of(alert.getStatus()), alert);
    }

    private void note(Realm realm, Alert alert) {
        String key = AlertStore.key(realm, alert.getAlertId());
        Optional<Instant> deadline = AlertLifecycle.deadline(alert, plan);
        deadlines.set(key, deadline, clocks.wall().instant(), clocks.steady().getAsLong());
    }

    private void tick() {
        if (!plan.version().equals(plans.get().version())) {
            readAgain();
        }
        for (String key : deadlines.due(clocks.steady().getAsLong(), MOST_IN_A_TICK)) {
            Realm realm = AlertStore.realm(key);
            try {
                carryOut(realm, key);
            } catch (UnfitRecordException e) {
                logger.error("What is due of {} cannot be kept, and is not tried again: {}", key, e.detail());
                deadlines.remove(key);
            }
        }
    }

    private void carryOut(Realm realm, String key) {
        Alert alert = store().get(realm, AlertStore.alertId(key));
        Instant now = clocks.wall().instant();
        Decision decision = AlertLifecycle.atDeadline(alert, plan, now);
        Optional<Alert> next = decision.changed();
        if (next.isEmpty()) {
            deadlines.remove(key);
            return;
        }
        targets.revision(realm, next.get(), plan)
                .tell(
                        Objects.requireNonNull(context),
                        store(),
                        realm,
                        new Record<>(next.get().getAlertId(), "", now.toEpochMilli()));
        meters.clock(realm, decision);
        note(realm, next.get());
    }

    private void readAgain() {
        plan = plans.get();
        deadlines = new Deadlines(clocks.steady().getAsLong());
        for (Realm realm : Realm.values()) {
            store().each(realm, alert -> note(realm, alert));
        }
    }

    private AlertStore store() {
        return Objects.requireNonNull(alerts);
    }

    @Override
    public void close() {
        if (schedule != null) {
            schedule.cancel();
        }
    }
}
