package io.fengsui.standalone.cli;

import io.fengsui.alerting.access.Passwords;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.Tokens;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UserEntry;
import io.fengsui.alerting.access.UsersFile;
import io.fengsui.platform.StartException;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.DataDirectory;
import io.fengsui.standalone.Home;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps the file of those who may use the console. */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps the file of those who may use the duty console (setting alerting.console.users).",
            "",
            "A running console takes a change up within a second. A password is asked for, or read from standard input;",
            "it is never an argument, which others on the machine could read."
        },
        synopsisSubcommandLabel = "COMMAND")
final class UsersCommand {

    @Spec
    private @Nullable CommandSpec spec;

    /** Which file. */
    static final class File {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "The users file (default: that of 'fengsui up', <data>/secrets/console-users.csv).")
        private @Nullable Path path;

        Path path() {
            return path == null ? DataDirectory.consoleUsers(Home.locate().data()) : path;
        }
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Adds a user, and the file if there is none.",
                "",
                "Example: ./fengsui users add limin --role unit-officer --unit zhangpu --display-name 李敏"
            })
    int add(
            @Parameters(paramLabel = "NAME", description = "What is typed at log-in: a-z, 0-9, . _ @ -") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "viewer, unit-officer, department-officer, city-duty-officer, administrator.")
                    String role,
            @Option(names = "--unit", paramLabel = "ID", description = "Unit or department of an officer.") @Nullable
                    String unit,
            @Option(
                            names = "--display-name",
                            paramLabel = "NAME",
                            description = "What histories say (default: the name).")
                    @Nullable
                    String displayName,
            @Option(names = "--no-password", description = "For a script: it gets a token with 'fengsui users token'.")
                    boolean withoutPassword,
            @Mixin File file)
            throws IOException {
        Path path = file.path();
        UsersFile users = Files.exists(path) ? UsersFile.read(path) : UsersFile.empty();
        UsersFile.nameFault(name).ifPresent(fault -> {
            throw new StartException(fault);
        });
        if (users.find(name).isPresent()) {
            throw new StartException(name + " is a user already; 'fengsui users passwd " + name
                    + "' sets a password, other changes are made in " + path);
        }
        Role known = Role.byCode(role)
                .orElseThrow(() -> new StartException("No such role: " + role + "; roles are " + Role.codes()));
        if (known.hasUnit() == (unit == null)) {
            throw new StartException(
                    known.hasUnit()
                            ? "A " + known.code() + " needs a unit: --unit ID"
                            : "A " + known.code() + " has no unit; leave --unit out");
        }
        User user = new User(name, displayName == null ? name : displayName, known, Optional.ofNullable(unit));
        users.with(user, "", ""); // finds what is wrong before a password is asked for
        String hash = withoutPassword ? "" : Passwords.hash(newPassword(name));
        users.with(user, hash, "").write(path);
        out().println(name + " may use the console as " + known.code() + " (" + path + ")");
        return 0;
    }

    @Command(
            name = "passwd",
            mixinStandardHelpOptions = true,
            description = "Sets a user's password; all his sessions end.")
    int passwd(@Parameters(paramLabel = "NAME", description = "The user.") String name, @Mixin File file)
            throws IOException {
        UsersFile users = UsersFile.read(file.path());
        UserEntry entry = entry(users, name);
        users.with(entry.user(), Passwords.hash(newPassword(name)), entry.tokenHash())
                .write(file.path());
        out().println("The password of " + name + " is set");
        return 0;
    }

    @Command(
            name = "token",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a new bearer token for a user's scripts and prints it, this once; a former one is void.",
                "",
                "Example: curl -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:8080/api/alerts"
            })
    int token(@Parameters(paramLabel = "NAME", description = "The user.") String name, @Mixin File file)
            throws IOException {
        UsersFile users = UsersFile.read(file.path());
        UserEntry entry = entry(users, name);
        String token = Tokens.bearer();
        users.with(entry.user(), entry.passwordHash(), Tokens.hash(token)).write(file.path());
        out().println(token);
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the users, their roles and units.")
    int list(@Mixin File file) {
        for (UserEntry entry : UsersFile.read(file.path()).entries()) {
            User user = entry.user();
            out().printf(
                            "%-20s %-20s %-20s %-10s %-8s %s%n",
                            user.name(),
                            user.role().code(),
                            user.unit().orElse("-"),
                            entry.passwordHash().isEmpty() ? "-" : "password",
                            entry.tokenHash().isEmpty() ? "-" : "token",
                            user.displayName());
        }
        return 0;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Checks the file; names all faults with file, line and what mends them.",
                "",
                "Units are looked up in the reference data. The exit code is 1 if there is a fault."
            })
    int check(@Mixin File file, @Mixin SeedOptions seeds) {
        UsersFile users = UsersFile.read(file.path());
        SeedSet set = seeds.load();
        int faults = 0;
        for (UserEntry entry : users.entries()) {
            Optional<String> unknown =
                    entry.user().unit().filter(unit -> !set.units().containsKey(unit));
            if (unknown.isPresent()) {
                faults++;
                out().println(file.path() + ":" + entry.line() + ": no such unit: " + unknown.get()
                        + "; units.csv of the reference data lists them");
            }
        }
        if (faults == 0) {
            out().println("Good: " + users.entries().size() + " users");
        }
        return faults == 0 ? 0 : 1;
    }

    private static UserEntry entry(UsersFile users, String name) {
        return users.find(name)
                .orElseThrow(() -> new StartException("No user '" + name + "'; known: "
                        + String.join(
                                ", ",
                                users.entries().stream()
                                        .map(entry -> entry.user().name())
                                        .toList())));
    }

    /** Asked for twice at a terminal; else the first line of standard input. */
    @SuppressWarnings("SystemConsoleNull") // null without a terminal in the JDK that is asked for, 17
    private static String newPassword(String name) throws IOException {
        Console console = System.console();
        String password;
        if (console == null) {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            password = Objects.requireNonNullElse(input.readLine(), "");
        } else {
            char[] typed = console.readPassword("New password of %s: ", name);
            char[] again = console.readPassword("Again: ");
            if (!Arrays.equals(typed, again)) {
                throw new StartException("The two are not the same; nothing was changed");
            }
            password = new String(typed);
        }
        Passwords.problem(password).ifPresent(problem -> {
            throw new StartException("Nothing was changed: " + problem);
        });
        return password;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
