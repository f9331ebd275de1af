package io.fengsui.standalone;

import io.fengsui.alerting.access.Passwords;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Tokens;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who may use the console of a standalone run: one user of each role, with random passwords, made by the first start over a data
 * directory. The file has hashes alone; what opens the console is known here and nowhere else, until the process ends.
 */
public final class ConsoleUsers {

    /** A user who was made, with his password. */
    public record Made(User user, String password) {}

    private final List<Made> made;
    private final Optional<String> token;

    private ConsoleUsers(List<Made> made, Optional<String> token) {
        this.made = List.copyOf(made);
        this.token = token;
    }

    /** Makes the users, unless the file is there. */
    static ConsoleUsers prepare(Path file, Collection<Unit> units) {
        if (Files.exists(file)) {
            return new ConsoleUsers(List.of(), Optional.empty());
        }
        List<Made> made = new ArrayList<>();
        UsersFile users = UsersFile.empty();
        for (User user : demo(units)) {
            String password = Passwords.random();
            made.add(new Made(user, password));
            users = users.with(user, Passwords.hash(password), "");
        }
        String token = Tokens.bearer();
        users = users.with(new User("script", "演示脚本", Role.VIEWER, Optional.empty()), "", Tokens.hash(token));
        try {
            users.write(file);
        } catch (IOException e) {
            throw new StartException(file + ": cannot be written: " + e, e);
        }
        return new ConsoleUsers(made, Optional.of(token));
    }

    private static List<User> demo(Collection<Unit> units) {
        List<User> users = new ArrayList<>();
        users.add(new User("viewer", "演示查看员", Role.VIEWER, Optional.empty()));
        first(units, unit -> unit.getKind() == UnitKind.TOWNSHIP)
                .ifPresent(unit -> users.add(officer("unit", Role.UNIT_OFFICER, unit)));
        first(units, unit -> unit.getKind() == UnitKind.DEPARTMENT)
                .ifPresent(unit -> users.add(officer("department", Role.DEPARTMENT_OFFICER, unit)));
        users.add(new User("city", "演示市级值班员", Role.CITY_DUTY_OFFICER, Optional.empty()));
        users.add(new User("admin", "演示管理员", Role.ADMINISTRATOR, Optional.empty()));
        return users;
    }

    private static User officer(String name, Role role, Unit unit) {
        return new User(name, "演示值班员（" + unit.getNameZh() + "）", role, Optional.of(unit.getUnitId()));
    }

    private static Optional<Unit> first(Collection<Unit> units, Predicate<Unit> kind) {
        return units.stream().filter(kind).min(Comparator.comparing(Unit::getUnitId));
    }

    /** Those whom this start has made; empty at a later one, when nobody knows their passwords any more. */
    public List<Made> made() {
        return made;
    }

    /** What opens the API to tools that this process runs; only at the first start. */
    public Optional<String> token() {
        return token;
    }
}
