package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Decision;
import io.fengsui.alerting.lifecycle.Decision.Changed;
import io.fengsui.alerting.lifecycle.Decision.Noted;
import io.fengsui.alerting.lifecycle.Decision.Refused;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies one kind of input to the alerts of a task: decode, check, decide, keep, tell.
 *
 * <p>A record that can never be processed becomes a dead letter in the same transaction, and the task goes on. A registry,
 * store or broker that does not answer is thrown: the transaction is undone and the record comes again.
 */
final class AlertProcessor<T extends SpecificRecord> implements Processor<String, byte[], String, Outgoing> {
    private static final Logger logger = LoggerFactory.getLogger(AlertProcessor.class);

    private final Input<T> input;
    private final AvroReader<T> reader;
    private final AvroReader<Alert> alertReader;
    private final AlertTargets targets;
    private final DeadLetters deadLetters;
    private final AvroWriter<AuditEntry> audit;
    private final Supplier<DutyPlan> plan;
    private final TopologyMeters meters;
    private final InstantSource clock;
    private final Set<TaskId> warm;
    private @Nullable ProcessorContext<String, Outgoing> context;
    private @Nullable AlertStore alerts;

    AlertProcessor(
            Input<T> input,
            AvroReader<T> reader,
            AvroReader<Alert> alertReader,
            AlertTargets targets,
            DeadLetters deadLetters,
            AvroWriter<AuditEntry> audit,
            Supplier<DutyPlan> plan,
            TopologyMeters meters,
            InstantSource clock,
            Set<TaskId> warm) {
        this.input = input;
        this.reader = reader;
        this.alertReader = alertReader;
        this.targets = targets;
        this.deadLetters = deadLetters;
        this.audit = audit;
        this.plan = plan;
        this.meters = meters;
        this.clock = clock;
        this.warm = warm;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> initial) {
        context = initial;
        alerts = new AlertStore(initial.getStateStore(AlertStore.NAME), alertReader);
        new WarmUp(initial, warm, AlertTopology.STATES, Topics::alertState).schedule();
    }

    @Override
    public void process(Record<String, byte[]> taken) {
        ProcessorContext<String, Outgoing> streams = initialised(context);
        AlertStore store = initialised(alerts);
        RecordMetadata metadata = streams.recordMetadata().orElseThrow();
        Record<String, byte[]> record =
                isAhead(metadata.topic()) ? taken.withTimestamp(Ahead.timeOf(taken.timestamp())) : taken;
        Realm realm = realmOf(metadata.topic());
        Outcome outcome;
        try {
            outcome = decide(store, realm, record);
        } catch (UnreadableRecordException e) {
            bury(streams, metadata, record, e.reason(), String.valueOf(e.getMessage()));
            return;
        } catch (UnfitRecordException e) {
            bury(streams, metadata, record, e.reason(), e.detail());
            return;
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            logger.error("{} offset {} cannot be processed", metadata.topic(), metadata.offset(), e);
            bury(streams, metadata, record, Rejection.PROCESSING_FAILED, e.toString());
            return;
        }
        outcome.audited().ifPresent(entry -> streams.forward(record.withValue(entry), AlertTopology.AUDIT));
        outcome.revision().ifPresent(next -> {
            next.tell(streams, store, realm, record);
            streams.forward(record.withKey(next.alertId()).withValue(next.change()), DutyProcessor.NAME);
        });
    }

    /** All that can fail because of the record itself; changes nothing. */
    private Outcome decide(AlertStore store, Realm realm, Record<String, byte[]> record) {
        T said = reader.read(record.value());
        String alertId = input.alertId(said);
        if (!alertId.equals(record.key())) {
            throw new UnfitRecordException(
                    Rejection.KEY_MISMATCH, "the key is '" + record.key() + "', the alert '" + alertId + "'");
        }
        input.misplaced(realm, said).ifPresent(why -> {
            throw new UnfitRecordException(Rejection.PROCESSING_FAILED, why);
        });
        Instant now = clock.instant();
        DutyPlan rules = plan.get();
        Decision decision = input.apply(store.get(realm, alertId), said, realm, rules, now);
        Optional<Revision> revision = Optional.empty();
        if (decision instanceof Refused refused) {
            if (input.isFault(refused.refusal())) {
                throw new UnfitRecordException(
                        Rejection.PROCESSING_FAILED, refused.refusal().en());
            }
            logger.info(
                    "Not carried out on {}: {} ({})", alertId, refused.refusal().en(), said);
        } else if (decision instanceof Changed changed) {
            revision = Optional.of(targets.revision(realm, changed.alert(), rules));
        } else if (decision instanceof Noted noted) {
            revision = Optional.of(targets.note(realm, noted.alert()));
        }
        Optional<Outgoing> audited = input.audited(realm, said, decision, now)
                .map(entry -> new Outgoing(Topics.AUDIT.name(), audit.write(Topics.AUDIT.name(), entry)));
        input.count(meters, realm, said, decision, now);
        return new Outcome(revision, audited);
    }

    private void bury(
            ProcessorContext<String, Outgoing> streams,
            RecordMetadata metadata,
            Record<String, byte[]> record,
            Rejection reason,
            String detail) {
        meters.deadLetter(realmOf(metadata.topic()), input, reason);
        logger.warn("{} offset {} is a dead letter, {}: {}", metadata.topic(), metadata.offset(), reason, detail);
        streams.forward(
                record.withKey(record.key() == null ? metadata.topic() : record.key())
                        .withValue(deadLetters.of(metadata, record.value(), reason, detail, clock.instant())),
                AlertTopology.DEAD_LETTERS);
    }

    private boolean isAhead(String topic) {
        return Arrays.stream(Realm.values())
                .flatMap(realm -> input.ahead(realm).stream())
                .anyMatch(ahead -> ahead.name().equals(topic));
    }

    private Realm realmOf(String topic) {
        return Stream.concat(input.inTurn(Realm.DRILL).stream(), input.ahead(Realm.DRILL).stream())
                        .anyMatch(drill -> drill.name().equals(topic))
                ? Realm.DRILL
                : Realm.LIVE;
    }

    private static <X> X initialised(@Nullable X part) {
        if (part == null) {
            throw new IllegalStateException("process before init");
        }
        return part;
    }

    /** What a record leads to. */
    private record Outcome(Optional<Revision> revision, Optional<Outgoing> audited) {}
}
