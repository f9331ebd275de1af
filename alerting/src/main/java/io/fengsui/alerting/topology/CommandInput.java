package io.fengsui.alerting.topology;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.CommandAuthority;
import io.fengsui.alerting.access.CommandAuthorities;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Decision;
import io.fengsui.alerting.lifecycle.Refusal;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people ask. The console has allowed it; whoever can write the topic could still forge a command, so that the authority in
 * it is looked at again against the alert as it stands.
 *
 * @param open whether the console is without log-in
 */
record CommandInput(boolean open) implements Input<AlertCommand> {
    @Override
    public String name() {
        return "commands";
    }

    @Override
    public Topic<AlertCommand> topic(Realm realm) {
        return Topics.alertCommand(realm);
    }

    @Override
    public List<Topic<AlertCommand>> inTurn(Realm realm) {
        return List.of();
    }

    /** Whoever acts in a flood is not to wait for its end. */
    @Override
    public List<Topic<AlertCommand>> ahead(Realm realm) {
        return List.of(topic(realm));
    }

    @Override
    public String alertId(AlertCommand command) {
        return command.getAlertId();
    }

    @Override
    public Decision apply(@Nullable Alert current, AlertCommand command, Realm realm, DutyPlan plan, Instant now) {
        Decision decision = AlertLifecycle.apply(current, command, plan, now);
        if (current == null || decision instanceof Decision.Refused) {
            return decision;
        }
        return CommandAuthorities.refusal(command, realm, current, open)
                .<Decision>map(Decision.Refused::new)
                .orElse(decision);
    }

    @Override
    public Optional<String> misplaced(Realm realm, AlertCommand command) {
        return Optional.empty();
    }

    @Override
    public boolean isFault(Refusal refusal) {
        return refusal == Refusal.UNKNOWN_ACTION;
    }

    @Override
    public void count(TopologyMeters meters, Realm realm, AlertCommand command, Decision decision, Instant now) {
        meters.command(realm, command, decision);
    }

    @Override
    public Optional<AuditEntry> audited(Realm realm, AlertCommand command, Decision decision, Instant now) {
        CommandAuthority authority = command.getAuthority();
        AuditEntry.Builder entry = AuditEntry.newBuilder()
                .setEntryId(UUID.randomUUID().toString())
                .setAt(now.truncatedTo(ChronoUnit.MILLIS))
                .setDisplayName(command.getActor())
                .setAct(command.getAction().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .setRealm(realm.name().toLowerCase(Locale.ROOT))
                .setAlertId(command.getAlertId())
                .setRevision(command.getRevision())
                .setCommandId(command.getCommandId())
                .setOutcome(AuditOutcome.DONE)
                .setProcess("topology");
        if (authority != null) {
            entry.setUser(authority.getUser())
                    .setRole(authority.getRole())
                    .setUnit(authority.getUnit())
                    .setVia(authority.getVia())
                    .setAddress(authority.getAddress());
        }
        if (decision instanceof Decision.Refused refused) {
            entry.setOutcome(AuditOutcome.REFUSED).setReason(refused.refusal().name());
        } else if (decision instanceof Decision.Unchanged unchanged) {
            entry.setOutcome(AuditOutcome.REPEATED)
                    .setReason(unchanged.because().name());
        }
        return Optional.of(entry.build());
    }
}
