package io.fengsui.alerting.access;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.CommandAuthority;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.lifecycle.Refusal;
import io.fengsui.schema.topic.Realm;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a command carries of who was allowed to give it, and what is made of that where it is decided on. */
public final class CommandAuthorities {
    /** Without log-in; what they may do is what the table says of a city duty officer. */
    private static final String NOBODY = "";

    private CommandAuthorities() {}

    public static CommandAuthority of(Visitor visitor, Realm realm) {
        return CommandAuthority.newBuilder()
                .setUser(visitor.user().map(User::name).orElse(NOBODY))
                .setRole(visitor.user()
                        .map(User::role)
                        .orElse(Role.CITY_DUTY_OFFICER)
                        .code())
                .setUnit(visitor.user().flatMap(User::unit).orElse(null))
                .setRealm(code(realm))
                .setVia(visitor.via().name())
                .setAddress(visitor.address())
                .build();
    }

    /**
     * Whether a command may not be carried out, as far as its authority goes.
     *
     * @param open whether the console is without log-in
     */
    public static Optional<Refusal> refusal(AlertCommand command, Realm realm, Alert alert, boolean open) {
        CommandAuthority authority = command.getAuthority();
        if (authority == null) {
            return open ? Optional.empty() : Optional.of(Refusal.NOT_AUTHORISED);
        }
        Optional<User> user = user(authority, open);
        if (user.isEmpty() || !authority.getRealm().equals(code(realm))) {
            return Optional.of(Refusal.NOT_AUTHORISED);
        }
        return Act.of(command.getAction())
                        .filter(act -> Permissions.allow(user.get(), act, alert))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.NOT_PERMITTED);
    }

    /** Nobody, if what is said of him cannot be. */
    private static Optional<User> user(CommandAuthority authority, boolean open) {
        Optional<Role> role = Role.byCode(authority.getRole());
        Optional<String> unit = Optional.ofNullable(authority.getUnit());
        boolean known = Arrays.stream(Via.values()).anyMatch(via -> via.name().equals(authority.getVia()));
        boolean named =
                !authority.getUser().equals(NOBODY) && !authority.getVia().equals(Via.OPEN.name());
        if (!known
                || !(named || open)
                || role.filter(r -> r.hasUnit() == unit.isPresent()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new User(authority.getUser(), authority.getUser(), role.get(), unit));
    }

    private static String code(Realm realm) {
        return realm.name().toLowerCase(Locale.ROOT);
    }
}
