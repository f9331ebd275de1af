package io.fengsui.alerting.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody is in the duty system. What each may do is {@link Permissions}. */
public enum Role {
    /** Looks, for wall screens and visitors. */
    VIEWER,
    /** On duty for a township, zone, office or area. */
    UNIT_OFFICER,
    /** On duty for a city department. */
    DEPARTMENT_OFFICER,
    /** On duty for the city command. */
    CITY_DUTY_OFFICER,
    /** Keeps the system and its users. */
    ADMINISTRATOR;

    /** In the users file and in records. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> byCode(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    /** Whether one is that for a unit or department. */
    public boolean hasUnit() {
        return this == UNIT_OFFICER || this == DEPARTMENT_OFFICER;
    }

    /** All codes, for messages. */
    public static String codes() {
        return Arrays.stream(values()).map(Role::code).collect(Collectors.joining(", "));
    }
}
