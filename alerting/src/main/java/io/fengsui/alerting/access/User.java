package io.fengsui.alerting.access;

import java.util.Optional;

/**
 * Somebody who may use the console.
 *
 * @param name what is typed at log-in
 * @param displayName what histories and pages say
 * @param unit id of the unit or department; present just when the role is one's of a unit
 */
public record User(String name, String displayName, Role role, Optional<String> unit) {

    public User {
        if (role.hasUnit() != unit.isPresent()) {
            throw new IllegalArgumentException("a " + role.code() + " has " + (role.hasUnit() ? "a" : "no") + " unit");
        }
    }
}
