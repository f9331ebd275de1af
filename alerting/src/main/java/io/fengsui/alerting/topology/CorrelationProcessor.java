package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.alert.Incident;
import io.fengsui.alerting.incident.Correlation;
import io.fengsui.alerting.incident.CorrelationRules;
import io.fengsui.alerting.incident.Effects;
import io.fengsui.event.EventStatus;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroReader;
import io.fengsui.schema.serde.UnreadableRecordException;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the view over all alerts: the one task of the one partition. Each change of an alert is taken in at once; incidents,
 * patterns and outages are told four times a second. All it keeps is in the transaction; a task that starts reads it again.
 */
final class CorrelationProcessor implements Processor<String, byte[], String, Outgoing> {
    static final String NAME = "correlate";

    private static final Logger logger = LoggerFactory.getLogger(CorrelationProcessor.class);
    private static final Duration TICK = Duration.ofMillis(250);

    private final Supplier<CorrelationRules> rules;
    private final AvroReader<Alert> alertReader;
    private final AvroReader<Incident> incidentReader;
    private final CorrelationWriter writer;
    private final DeadLetters deadLetters;
    private final CorrelationMeters meters;
    private final InstantSource clock;
    private final Set<TaskId> warm;
    private final Map<Realm, Correlation> views = new EnumMap<>(Realm.class);
    private @Nullable ProcessorContext<String, Outgoing> context;
    private @Nullable CorrelationStores stores;
    private @Nullable Cancellable schedule;

    CorrelationProcessor(
            Supplier<CorrelationRules> rules,
            AvroReader<Alert> alertReader,
            AvroReader<Incident> incidentReader,
            CorrelationWriter writer,
            DeadLetters deadLetters,
            CorrelationMeters meters,
            InstantSource clock,
            Set<TaskId> warm) {
        this.rules = rules;
        this.alertReader = alertReader;
        this.incidentReader = incidentReader;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.clock = clock;
        this.warm = warm;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> initial) {
        context = initial;
        stores = new CorrelationStores(initial, alertReader, incidentReader);
        readAgain();
        schedule = initial.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, unused -> tick());
        new WarmUp(initial, warm, CorrelationTopology.OUTPUT, Topics::alertIncident).schedule();
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata metadata = streams().recordMetadata().orElseThrow();
        Realm realm = Topics.alertChange(Realm.DRILL).name().equals(metadata.topic()) ? Realm.DRILL : Realm.LIVE;
        try {
            Alert alert = alertReader.read(record.value());
            if (Realm.of(alert.getStatus()) != realm) {
                throw new UnfitRecordException(
                        Rejection.PROCESSING_FAILED,
                        "an alert of status " + alert.getStatus() + " does not belong into this topic");
            }
            Effects effects = new Effects();
            view(realm).apply(alert, clock.instant(), effects);
            carryOut(realm, effects);
        } catch (UnreadableRecordException e) {
            bury(metadata, record, e.reason(), String.valueOf(e.getMessage()));
        } catch (UnfitRecordException e) {
            bury(metadata, record, e.reason(), e.detail());
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            logger.error("{} offset {} cannot be correlated", metadata.topic(), metadata.offset(), e);
            bury(metadata, record, Rejection.PROCESSING_FAILED, e.toString());
            readAgain();
        }
    }

    private void tick() {
        for (Realm realm : Realm.values()) {
            view(realm).use(rules.get());
            Effects effects = new Effects();
            view(realm).flush(clock.instant(), effects);
            carryOut(realm, effects);
            meters.state(realm, view(realm).openIncidents(), view(realm).size());
        }
    }

    /** Encodes everything before anything is changed, as the alerts' processor does. */
    private void carryOut(Realm realm, Effects effects) {
        CorrelationWriter.Encoded encoded = writer.encode(realm, effects);
        encoded.alerts().forEach((id, bytes) -> stores().putAlert(realm, id, bytes));
        encoded.incidents().forEach((id, told) -> stores().putIncident(realm, id, told.value()));
        Instant now = clock.instant();
        encoded.told().forEach(told -> streams()
                .forward(new Record<>(told.key(), told.outgoing(), now.toEpochMilli()), CorrelationTopology.OUTPUT));
        meters.count(realm, effects);
    }

    /** In memory stands what is in the stores, and nothing of what failed. */
    private void readAgain() {
        for (Realm realm : Realm.values()) {
            EventStatus status = realm == Realm.LIVE ? EventStatus.ACTUAL : EventStatus.EXERCISE;
            Correlation view = new Correlation(rules.get(), status, Correlation.MOST_ALERTS);
            view.restore(stores().alerts(realm), stores().incidents(realm));
            views.put(realm, view);
        }
    }

    private void bury(RecordMetadata metadata, Record<String, byte[]> record, Rejection reason, String detail) {
        logger.warn("{} offset {} is a dead letter, {}: {}", metadata.topic(), metadata.offset(), reason, detail);
        streams()
                .forward(
                        record.withKey(record.key() == null ? metadata.topic() : record.key())
                                .withValue(deadLetters.of(metadata, record.value(), reason, detail, clock.instant())),
                        CorrelationTopology.OUTPUT);
    }

    private Correlation view(Realm realm) {
        return Objects.requireNonNull(views.get(realm));
    }

    private ProcessorContext<String, Outgoing> streams() {
        return Objects.requireNonNull(context);
    }

    private CorrelationStores stores() {
        return Objects.requireNonNull(stores);
    }

    @Override
    public void close() {
        if (schedule != null) {
            schedule.cancel();
        }
    }
}
