package io.fengsui.standalone.cli;

import io.fengsui.alerting.access.UsersFile;
import io.fengsui.platform.StartException;
import io.fengsui.standalone.DataDirectory;
import io.fengsui.standalone.Home;
import io.fengsui.standalone.exercise.Leader;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who leads an exercise: a user of the console, who proves it by password or token. */
final class LeaderOptions {
    private static final String NO_LOG_IN = "none";
    private static final String TOKEN = "FENGSUI_TOKEN";

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "City duty officer or administrator of the console; the password is asked for, or read from"
                    + " standard input. Instead of it, a token in the environment (FENGSUI_TOKEN) or --token-file.")
    private @Nullable String user;

    @Option(names = "--token-file", paramLabel = "FILE", description = "The user's bearer token is in this file.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--console-users",
            paramLabel = "FILE",
            description =
                    "alerting.console.users of the console (default: the file of 'fengsui up'); 'none' for a console"
                            + " without log-in, where --as is a name for the histories.")
    private @Nullable String users;

    /**
     * @param data data directory of 'fengsui up', null for the usual one
     * @throws StartException if nobody proves that he may
     */
    Leader leader(@Nullable Path data) throws IOException {
        if (NO_LOG_IN.equals(users)) {
            return Leader.open(user == null ? System.getProperty("user.name", "unknown") : user);
        }
        Path path = users == null
                ? DataDirectory.consoleUsers(data == null ? Home.locate().data() : data)
                : Path.of(users);
        UsersFile file = UsersFile.read(path);
        String token = tokenFile == null
                ? System.getenv(TOKEN)
                : Files.readString(tokenFile).strip();
        if (user == null && token != null && !token.isBlank()) {
            return Leader.byToken(file, token);
        }
        if (user == null) {
            throw new StartException("Who leads the exercise? --as names a city-duty-officer or administrator of "
                    + path + ", or " + TOKEN + " has a token");
        }
        return Leader.byPassword(file, user, password(user));
    }

    @SuppressWarnings("SystemConsoleNull") // null without a terminal in the JDK that is asked for, 17
    private static String password(String name) throws IOException {
        Console console = System.console();
        if (console != null) {
            return new String(console.readPassword("Password of %s: ", name));
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return Objects.requireNonNullElse(input.readLine(), "");
    }
}
