package io.fengsui.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alerting.access.Passwords;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.UserEntry;
import io.fengsui.alerting.access.UsersFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final InputStream terminal = System.in;

    @TempDir
    private Path directory;

    @AfterEach
    void giveTheInputBack() {
        System.setIn(terminal);
    }

    @Test
    void shouldAddAUserAndSetAnotherPassword() {
        assertThat(run(
                        "这是值班室的第一个密码\uFF0C长\n",
                        "add",
                        "limin",
                        "--role",
                        "unit-officer",
                        "--unit",
                        "zhangpu",
                        "--display-name",
                        "李敏"))
                .isZero();
        assertThat(out.toString())
                .contains("limin may use the console as unit-officer")
                .doesNotContain("密码");
        UserEntry entry = entry("limin");
        assertThat(entry.user().role()).isEqualTo(Role.UNIT_OFFICER);
        assertThat(entry.user().displayName()).isEqualTo("李敏");
        assertThat(Passwords.match(entry.passwordHash(), "这是值班室的第一个密码\uFF0C长")).isTrue();
        assertThat(run("值班室的第一个密码，长一些\n", "passwd", "limin")).isZero();
        assertThat(Passwords.match(entry("limin").passwordHash(), "值班室的第一个密码，长一些"))
                .isTrue();
        assertThat(run("", "list")).isZero();
        assertThat(out.toString())
                .contains("limin", "unit-officer", "zhangpu", "李敏")
                .doesNotContain("$2a$");
    }

    @Test
    void shouldMakeATokenThatOpensAndReplacesTheFormer() {
        assertThat(run("", "add", "script", "--role", "viewer", "--no-password"))
                .isZero();
        assertThat(run("", "token", "script")).isZero();
        String first = out.toString().strip();
        assertThat(run("", "token", "script")).isZero();
        String second = out.toString().strip();

        assertThat(second).startsWith("fengsui_").isNotEqualTo(first);
        assertThat(entry("script").tokenHash()).doesNotContain(second);
    }

    @Test
    void shouldChangeNothingAndSayWhyWhenSomethingIsWrong() {
        assertThat(run("short\n", "add", "limin", "--role", "viewer")).isEqualTo(1);
        assertThat(err.toString()).contains("at least 12 characters");
        assertThat(run("", "add", "limin", "--role", "viewer")).isEqualTo(1);
        assertThat(run("long enough to do\n", "add", "limin", "--role", "king")).isEqualTo(1);
        assertThat(err.toString()).contains("No such role: king");
        assertThat(run("long enough to do\n", "add", "limin", "--role", "unit-officer"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--unit ID");
        assertThat(run("long enough to do\n", "add", "limin", "--role", "viewer", "--unit", "x"))
                .isEqualTo(1);
        assertThat(run("long enough to do\n", "add", "Li Min", "--role", "viewer"))
                .isEqualTo(1);
        assertThat(file()).doesNotExist();
        assertThat(run("long enough to do\n", "passwd", "limin")).isEqualTo(1);
        assertThat(err.toString()).contains("fengsui users add");
        assertThat(run("long enough to do\n", "add", "limin", "--role", "viewer"))
                .isZero();
        assertThat(run("long enough to do\n", "add", "limin", "--role", "viewer"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is a user already");
        assertThat(run("", "passwd", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("No user 'nobody'; known: limin");
    }

    @Test
    void shouldCheckTheFileAndItsUnits() throws Exception {
        run("long enough to do\n", "add", "limin", "--role", "unit-officer", "--unit", "zhangpu");
        assertThat(run("", "check")).isZero();
        assertThat(out.toString()).contains("Good: 1 users");
        run("long enough to do\n", "add", "wang", "--role", "unit-officer", "--unit", "zhangpo");
        assertThat(run("", "check")).isEqualTo(1);
        assertThat(out.toString()).contains(":3: no such unit: zhangpo");

        Files.writeString(file(), Files.readString(file()).replace("unit-officer", "officer"));
        assertThat(run("", "check")).isEqualTo(1);
        assertThat(err.toString()).contains(":2: no such role", ":3: no such role");
    }

    private Path file() {
        return directory.resolve("users.csv");
    }

    private UserEntry entry(String name) {
        return UsersFile.read(file()).find(name).orElseThrow();
    }

    private int run(String input, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        String[] all = new String[arguments.length + 3];
        all[0] = "users";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--file";
        all[arguments.length + 2] = file().toString();
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
