package io.fengsui.standalone.exercise;

import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.Passwords;
import io.fengsui.alerting.access.Permissions;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UserEntry;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Realm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Who leads an exercise: a user of the console whose role allows it.
 *
 * @param visitor as the console would know him
 * @param displayName what histories say
 */
public record Leader(Visitor visitor, String displayName) {
    private static final String HERE = "fengsui";

    /**
     * By a bearer token of the users file.
     *
     * @throws StartException if it is nobody's, or the role does not allow it
     */
    public static Leader byToken(UsersFile users, String token) {
        return users.owner(token)
                .map(entry -> allowed(entry, Via.TOKEN))
                .orElseThrow(() -> new StartException("The token is no user's; 'fengsui users token' makes one"));
    }

    /**
     * By name and password.
     *
     * @throws StartException if they are wrong, or the role does not allow it
     */
    public static Leader byPassword(UsersFile users, String name, String password) {
        Optional<UserEntry> entry =
                users.find(name).filter(found -> !found.passwordHash().isEmpty());
        if (!Passwords.match(entry.map(UserEntry::passwordHash).orElse(null), password)) {
            throw new StartException("The name or the password is wrong; nothing was begun");
        }
        return allowed(entry.orElseThrow(), Via.PASSWORD);
    }

    /** At a console without log-in, where whoever asks is taken for a city duty officer. */
    public static Leader open(String name) {
        return new Leader(Visitor.open(HERE), name);
    }

    private static Leader allowed(UserEntry entry, Via via) {
        User user = entry.user();
        if (!Permissions.allow(user, Act.EXERCISE_BEGIN)) {
            throw new StartException(user.name() + " is a " + user.role().code()
                    + "; an exercise is held by a city-duty-officer or administrator. Nothing was begun");
        }
        return new Leader(new Visitor(Optional.of(user), via, HERE, null, true), user.displayName());
    }

    AuditEntry entry(Act act, String exercise, AuditOutcome outcome, Instant now) {
        return AuditEntry.newBuilder()
                .setEntryId(UUID.randomUUID().toString())
                .setAt(now.truncatedTo(ChronoUnit.MILLIS))
                .setUser(visitor.user().map(User::name).orElse(null))
                .setDisplayName(displayName)
                .setRole(visitor.user().map(user -> user.role().code()).orElse(null))
                .setVia(visitor.via().name())
                .setAddress(visitor.address())
                .setAct(act.code())
                .setRealm(Realm.DRILL.id())
                .setAbout(exercise)
                .setOutcome(outcome)
                .setProcess("exercise")
                .build();
    }
}
