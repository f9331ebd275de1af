package io.fengsui.alerting.access;

import static io.fengsui.alerting.testkit.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.access.Permissions.Reach;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.testkit.Samples;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {
    /** Every role by every act, as the table in the Javadoc of {@link Permissions} has it. */
    private static final String TABLE = """
            LOOK         ALL  ALL  ALL  ALL  ALL
            COMMENT      NONE OWN  OWN  ALL  ALL
            ACKNOWLEDGE  NONE OWN  OWN  ALL  ALL
            RESOLVE      NONE OWN  OWN  ALL  ALL
            CANCEL       NONE OWN  OWN  ALL  ALL
            ASSIGN       NONE OWN  OWN  ALL  ALL
            RETURN       NONE OWN  OWN  ALL  ALL
            ESCALATE     NONE OWN  OWN  ALL  ALL
            REPORT       NONE OWN  OWN  ALL  ALL
            REVISE       NONE OWN  OWN  ALL  ALL
            READ_FIGURES NONE OWN  OWN  ALL  ALL
            READ_AUDIT   NONE NONE NONE ALL  ALL
            EXERCISE_BEGIN NONE NONE NONE ALL ALL
            EXERCISE_STOP NONE NONE NONE ALL ALL
            EXERCISE_END NONE NONE NONE ALL  ALL
            LOG_IN       ALL  ALL  ALL  ALL  ALL
            LOG_OUT      ALL  ALL  ALL  ALL  ALL
            """;

    private static final List<Role> COLUMNS = List.of(
            Role.VIEWER, Role.UNIT_OFFICER, Role.DEPARTMENT_OFFICER, Role.CITY_DUTY_OFFICER, Role.ADMINISTRATOR);

    private static Map<Act, List<Reach>> expected() {
        Map<Act, List<Reach>> table = new EnumMap<>(Act.class);
        TABLE.lines()
                .map(line -> line.split(" +"))
                .forEach(row -> table.put(
                        Act.valueOf(row[0]),
                        Arrays.stream(row).skip(1).map(Reach::valueOf).toList()));
        return table;
    }

    @Test
    void shouldHaveARowForEveryAct() {
        assertThat(expected()).containsOnlyKeys(Act.values());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldAllowEachRoleWhatTheTableSays(Role role) {
        Alert zhangpu = alert(List.of("zhangpu", "kaifaqu"), List.of("work-safety"));
        Alert elsewhere = alert(List.of("bacheng"), List.of("fire"));
        Alert nobodys = alert(List.of(), List.of());
        Optional<String> unit =
                switch (role) {
                    case UNIT_OFFICER -> Optional.of("kaifaqu");
                    case DEPARTMENT_OFFICER -> Optional.of("work-safety");
                    case VIEWER, CITY_DUTY_OFFICER, ADMINISTRATOR -> Optional.empty();
                };
        User user = new User("x", "X", role, unit);

        expected().forEach((act, reaches) -> {
            Reach reach = reaches.get(COLUMNS.indexOf(role));
            assertThat(Permissions.of(role, act)).as("%s %s", role, act).isEqualTo(reach);
            assertThat(Permissions.allow(user, act)).isEqualTo(reach == Reach.ALL);
            assertThat(Permissions.allow(user, act, zhangpu)).isEqualTo(reach != Reach.NONE);
            assertThat(Permissions.allow(user, act, elsewhere)).isEqualTo(reach == Reach.ALL);
            assertThat(Permissions.allow(user, act, nobodys)).isEqualTo(reach == Reach.ALL);
        });
    }

    @Test
    void shouldNotTakeADepartmentForAUnitOfTheSameName() {
        Alert alert = alert(List.of("fire"), List.of("zhangpu"));

        assertThat(Permissions.allow(new User("x", "X", Role.UNIT_OFFICER, Optional.of("zhangpu")), Act.RESOLVE, alert))
                .isFalse();
        assertThat(Permissions.allow(
                        new User("x", "X", Role.DEPARTMENT_OFFICER, Optional.of("fire")), Act.RESOLVE, alert))
                .isFalse();
    }

    @Test
    void shouldKnowWhatEachCommandIs() {
        for (CommandAction action : CommandAction.values()) {
            assertThat(Act.of(action).map(Act::name))
                    .isEqualTo(Optional.of(action.name()).filter(name -> !name.equals("UNKNOWN")));
        }
    }

    @Test
    void shouldLetADepartmentActOnWhatWasEscalatedToItAndNoUnitOfItsName() {
        Alert risen = Alert.newBuilder(alert(List.of("zhangpu"), List.of("work-safety")))
                .setEscalatedTo(List.of("emergency"))
                .build();
        User emergency = new User("x", "X", Role.DEPARTMENT_OFFICER, Optional.of("emergency"));

        assertThat(Permissions.allow(emergency, Act.ACKNOWLEDGE, risen)).isTrue();
        assertThat(Permissions.allow(emergency, Act.ACKNOWLEDGE, alert(List.of("zhangpu"), List.of("work-safety"))))
                .isFalse();
        assertThat(Permissions.allow(
                        new User("y", "Y", Role.UNIT_OFFICER, Optional.of("emergency")), Act.ACKNOWLEDGE, risen))
                .isFalse();
        assertThat(Permissions.allow(
                        new User("z", "Z", Role.UNIT_OFFICER, Optional.of("zhangpu")), Act.ACKNOWLEDGE, risen))
                .as("its own unit still may")
                .isTrue();
    }

    private static Alert alert(List<String> units, List<String> departments) {
        AlertSignal signal = Samples.raise(T0)
                .setSubject(Samples.subject("d")
                        .setUnitIds(units)
                        .setDepartmentIds(departments)
                        .build())
                .build();
        return AlertLifecycle.apply(null, signal, DutyPlan.NONE, T0).changed().orElseThrow();
    }
}
