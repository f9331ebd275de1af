package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertAccount;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.Accounts;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom an alert is told: alert.state and alert.change always, the topics of its units and departments as far as they exist; and
 * alert.account of a live one that is over.
 */
final class AlertTargets {
    /** Half of what a broker takes by default, so that an alert with its history always fits. */
    static final int LARGEST_ALERT_BYTES = 512 * 1024;

    private static final Logger logger = LoggerFactory.getLogger(AlertTargets.class);

    private final AvroWriter<Alert> writer;
    private final AvroWriter<AlertAccount> accounts;
    private final Predicate<String> isReaderTopic;
    private final TopologyMeters meters;
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    AlertTargets(
            AvroWriter<Alert> writer,
            AvroWriter<AlertAccount> accounts,
            Predicate<String> isReaderTopic,
            TopologyMeters meters) {
        this.writer = writer;
        this.accounts = accounts;
        this.isReaderTopic = isReaderTopic;
        this.meters = meters;
    }

    /**
     * A new revision, ready to be kept and told.
     *
     * @param plan says which reports it owes
     * @throws UnfitRecordException if it has grown larger than can be kept
     */
    Revision revision(Realm realm, Alert alert, DutyPlan plan) {
        return new Revision(
                alert.getAlertId(),
                state(realm, alert),
                change(realm, alert),
                readers(realm, alert),
                account(realm, alert, plan));
    }

    /**
     * What is kept and told to nobody.
     *
     * @throws UnfitRecordException if it has grown larger than can be kept
     */
    Revision note(Realm realm, Alert alert) {
        return new Revision(alert.getAlertId(), state(realm, alert), change(realm, alert), List.of(), Optional.empty());
    }

    private Optional<Outgoing> account(Realm realm, Alert alert, DutyPlan plan) {
        if (realm != Realm.LIVE || Transition.isOpen(alert.getState())) {
            return Optional.empty();
        }
        String topic = Topics.ALERT_ACCOUNT.name();
        return Optional.of(new Outgoing(topic, accounts.write(topic, Accounts.of(alert, plan))));
    }

    private Outgoing state(Realm realm, Alert alert) {
        Outgoing state = to(Topics.alertState(realm).name(), alert);
        if (state.value().length > LARGEST_ALERT_BYTES) {
            throw new UnfitRecordException(
                    Rejection.PROCESSING_FAILED,
                    "the alert would have " + state.value().length + " bytes, at most " + LARGEST_ALERT_BYTES
                            + " can be kept");
        }
        return state;
    }

    /** For the view over all alerts, which needs no history. */
    private Outgoing change(Realm realm, Alert alert) {
        return to(
                Topics.alertChange(realm).name(),
                Alert.newBuilder(alert).setHistory(List.of()).build());
    }

    private List<Outgoing> readers(Realm realm, Alert alert) {
        Set<String> topics = new LinkedHashSet<>();
        alert.getSubject()
                .getUnitIds()
                .forEach(unit -> topics.add(Topics.townshipAlert(realm, unit).name()));
        Escalation.departmentsOf(alert)
                .forEach(department ->
                        topics.add(Topics.cityAlert(realm, department).name()));
        return topics.stream()
                .filter(topic -> isKnown(realm, alert, topic))
                .map(topic -> to(topic, alert))
                .toList();
    }

    /** Told once a topic; how often it was missed is in the meter. */
    private boolean isKnown(Realm realm, Alert alert, String topic) {
        boolean known = isReaderTopic.test(topic);
        if (known) {
            missing.remove(topic);
            return true;
        }
        meters.unknownTarget(realm);
        if (missing.add(topic)) {
            logger.warn(
                    "No alert reaches {}, the first is {} revision {}: no such topic; run 'fengsui topics apply'",
                    topic,
                    alert.getAlertId(),
                    alert.getRevision());
        }
        return false;
    }

    private Outgoing to(String topic, Alert alert) {
        return new Outgoing(topic, writer.write(topic, alert));
    }
}
