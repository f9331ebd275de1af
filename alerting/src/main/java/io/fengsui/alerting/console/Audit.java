package io.fengsui.alerting.console;

import io.fengsui.alert.AlertCommand;
import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.audit.AuditLog;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.schema.topic.Realm;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what people do or try. What becomes of a stored command is written where it is decided on. */
final class Audit {
    private static final Logger logger = LoggerFactory.getLogger(Audit.class);
    private static final String PROCESS = "console";

    private final AuditLog log;
    private final InstantSource clock;

    Audit(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** A command that is about to be stored; it is stored only when this is. */
    CompletableFuture<Void> allowed(Visitor visitor, Realm realm, AlertCommand command) {
        return log.append(
                entry(visitor, realm, command).setOutcome(AuditOutcome.ALLOWED).build());
    }

    /** A command that is not stored. */
    void refused(Visitor visitor, Realm realm, AlertCommand command, AuditOutcome outcome, String reason) {
        write(entry(visitor, realm, command)
                .setOutcome(outcome)
                .setReason(reason)
                .build());
    }

    /** A request that is turned away before it is looked at. */
    void refused(Visitor visitor, Act act, String reason) {
        write(entry(visitor)
                .setAct(act.code())
                .setOutcome(AuditOutcome.REFUSED)
                .setReason(reason)
                .build());
    }

    /** What concerns no alert, and was done. */
    void done(Visitor visitor, Act act) {
        write(entry(visitor).setAct(act.code()).setOutcome(AuditOutcome.DONE).build());
    }

    /**
     * A log-in that failed.
     *
     * @param user whose name was given; a name that nobody has may be a password in the wrong field, and is not kept
     */
    void failed(Optional<User> user, Via via, String address, String reason) {
        write(entry(new Visitor(user, via, address, null, false))
                .setAct(Act.LOG_IN.code())
                .setOutcome(AuditOutcome.REFUSED)
                .setReason(reason)
                .build());
    }

    private AuditEntry.Builder entry(Visitor visitor, Realm realm, AlertCommand command) {
        return entry(visitor)
                .setDisplayName(command.getActor())
                .setAct(Act.of(command.getAction()).map(Act::code).orElse("unknown"))
                .setRealm(Paths.code(realm))
                .setAlertId(command.getAlertId())
                .setRevision(command.getRevision())
                .setCommandId(command.getCommandId());
    }

    private AuditEntry.Builder entry(Visitor visitor) {
        @Nullable User user = visitor.user().orElse(null);
        return AuditEntry.newBuilder()
                .setEntryId(UUID.randomUUID().toString())
                .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setUser(user == null ? null : user.name())
                .setDisplayName(user == null ? null : user.displayName())
                .setRole(visitor.user().map(User::role).map(Role::code).orElse(null))
                .setUnit(visitor.user().flatMap(User::unit).orElse(null))
                .setVia(visitor.via().name())
                .setAddress(visitor.address())
                .setProcess(PROCESS);
    }

    /** Nobody waits for it: people must be able to log in and look when Kafka is away. What is lost then is in the log. */
    private void write(AuditEntry entry) {
        CompletableFuture<Void> unused = log.append(entry).whenComplete((stored, failure) -> {
            if (failure != null) {
                logger.error("Not in the audit: {}", entry, failure);
            }
        });
    }
}
