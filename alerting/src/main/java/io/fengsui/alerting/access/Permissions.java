package io.fengsui.alerting.access;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.lifecycle.Escalation;
import java.util.Collection;
import java.util.List;

/**
 * Who may do what:
 *
 * <pre>
 *                      viewer  unit     department  city duty  administrator
 *                              officer  officer     officer
 *   look               all     all      all         all        all
 *   comment            -       own      own         all        all
 *   acknowledge        -       own      own         all        all
 *   resolve            -       own      own         all        all
 *   cancel             -       own      own         all        all
 *   take, hand over    -       own      own         all        all
 *   give back          -       own      own         all        all
 *   escalate           -       own      own         all        all
 *   report upwards     -       own      own         all        all
 *   correct figures    -       own      own         all        all
 *   monthly figures    -       own      own         all        all
 *   read the audit     -       -        -           all        all
 *   hold an exercise   -       -        -           all        all
 *   log in, log out    all     all      all         all        all
 * </pre>
 *
 * An alert is a unit's own if the unit is among those that it is told to; for a department likewise, and what was escalated to a
 * department is its own, too. An exercise is no exception.
 */
public final class Permissions {

    /** On which alerts. */
    public enum Reach {
        NONE,
        /** Those of one's unit or department. */
        OWN,
        ALL
    }

    private Permissions() {}

    public static Reach of(Role role, Act act) {
        return switch (act) {
            case LOOK, LOG_IN, LOG_OUT -> Reach.ALL;
            case COMMENT, ACKNOWLEDGE, RESOLVE, CANCEL, ASSIGN, RETURN, ESCALATE, REPORT, REVISE, READ_FIGURES ->
                acting(role);
            case READ_AUDIT, EXERCISE_BEGIN, EXERCISE_STOP, EXERCISE_END ->
                acting(role) == Reach.ALL ? Reach.ALL : Reach.NONE;
        };
    }

    private static Reach acting(Role role) {
        return switch (role) {
            case VIEWER -> Reach.NONE;
            case UNIT_OFFICER, DEPARTMENT_OFFICER -> Reach.OWN;
            case CITY_DUTY_OFFICER, ADMINISTRATOR -> Reach.ALL;
        };
    }

    /** Whether an act that concerns no single alert is allowed. */
    public static boolean allow(User user, Act act) {
        return of(user.role(), act) == Reach.ALL;
    }

    /** Whether an act is allowed on this alert as it stands. */
    public static boolean allow(User user, Act act, Alert alert) {
        return switch (of(user.role(), act)) {
            case NONE -> false;
            case OWN -> user.unit().filter(owners(user.role(), alert)::contains).isPresent();
            case ALL -> true;
        };
    }

    private static Collection<String> owners(Role role, Alert alert) {
        return switch (role) {
            case UNIT_OFFICER -> alert.getSubject().getUnitIds();
            case DEPARTMENT_OFFICER -> Escalation.departmentsOf(alert);
            case VIEWER, CITY_DUTY_OFFICER, ADMINISTRATOR -> List.of();
        };
    }
}
