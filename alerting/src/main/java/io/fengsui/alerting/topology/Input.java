package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertContext;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Decision;
import io.fengsui.alerting.lifecycle.Refusal;
import io.fengsui.ops.AuditEntry;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One kind of what is said about alerts: by rules, by people, or by the view over all of them. */
interface Input<T extends SpecificRecord> {

    /** Name of its source and, with "apply-" before it, of its processor. */
    String name();

    Topic<T> topic(Realm realm);

    /** Topics of a realm whose records wait for their turn. */
    default List<Topic<T>> inTurn(Realm realm) {
        return List.of(topic(realm));
    }

    /** Topics of a realm whose records go before all that wait. */
    default List<Topic<T>> ahead(Realm realm) {
        return List.of();
    }

    String alertId(T said);

    Decision apply(@Nullable Alert current, T said, Realm realm, DutyPlan plan, Instant now);

    /** What makes it unfit for a topic of this realm, if anything. */
    Optional<String> misplaced(Realm realm, T said);

    /** Whether a refusal is a fault of the record, and none of a person who may ask again. */
    boolean isFault(Refusal refusal);

    void count(TopologyMeters meters, Realm realm, T said, Decision decision, Instant now);

    /** What the audit says of it; nothing if no person said it. */
    default Optional<AuditEntry> audited(Realm realm, T said, Decision decision, Instant now) {
        return Optional.empty();
    }

    /** What rules say. */
    Input<AlertSignal> SIGNALS = new Input<>() {
        @Override
        public String name() {
            return "signals";
        }

        @Override
        public Topic<AlertSignal> topic(Realm realm) {
            return Topics.alertSignal(realm, Lane.TELEMETRY);
        }

        @Override
        public List<Topic<AlertSignal>> ahead(Realm realm) {
            return List.of(Topics.alertSignal(realm, Lane.LIFE_SAFETY));
        }

        @Override
        public String alertId(AlertSignal signal) {
            return signal.getAlertId();
        }

        @Override
        public Decision apply(@Nullable Alert current, AlertSignal signal, Realm realm, DutyPlan plan, Instant now) {
            return AlertLifecycle.apply(current, signal, plan, now);
        }

        @Override
        public Optional<String> misplaced(Realm realm, AlertSignal signal) {
            return Realm.of(signal.getStatus()) == realm
                    ? Optional.empty()
                    : Optional.of("a signal of status " + signal.getStatus() + " does not belong into this topic");
        }

        @Override
        public boolean isFault(Refusal refusal) {
            return true;
        }

        @Override
        public void count(TopologyMeters meters, Realm realm, AlertSignal signal, Decision decision, Instant now) {
            meters.signal(realm, signal, decision, now);
        }
    };

    /** What the view over all alerts says. */
    Input<AlertContext> CONTEXTS = new Input<>() {
        @Override
        public String name() {
            return "contexts";
        }

        @Override
        public Topic<AlertContext> topic(Realm realm) {
            return Topics.alertContext(realm);
        }

        @Override
        public String alertId(AlertContext context) {
            return context.getAlertId();
        }

        @Override
        public Decision apply(@Nullable Alert current, AlertContext context, Realm realm, DutyPlan plan, Instant now) {
            return AlertLifecycle.apply(current, context, now);
        }

        @Override
        public Optional<String> misplaced(Realm realm, AlertContext context) {
            return Optional.empty();
        }

        @Override
        public boolean isFault(Refusal refusal) {
            return true;
        }

        @Override
        public void count(TopologyMeters meters, Realm realm, AlertContext context, Decision decision, Instant now) {
            meters.context(realm, decision);
        }
    };
}
