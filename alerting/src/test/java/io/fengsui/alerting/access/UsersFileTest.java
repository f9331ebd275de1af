package io.fengsui.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {
    private static final String HEAD = "name,displayName,role,unit,password,token\n";
    private static final String HASH = Passwords.hash("a long password");

    @TempDir
    private Path directory;

    @Test
    void shouldReadUsersWithTheirRolesAndUnits() {
        UsersFile file = UsersFile.parse(
                "u.csv",
                "\uFEFF# 值班表\n" + HEAD + "\nlimin,\"李敏, 张浦\",unit-officer,zhangpu," + HASH
                        + ",\nadmin,管理员,administrator,,,\n");

        assertThat(file.find("limin").orElseThrow())
                .isEqualTo(new UserEntry(
                        new User("limin", "李敏, 张浦", Role.UNIT_OFFICER, Optional.of("zhangpu")), HASH, "", 4));
        assertThat(file.find("admin").orElseThrow().user().role()).isEqualTo(Role.ADMINISTRATOR);
        assertThat(file.find("nobody")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limin,李敏,unit-officer,,,             | u.csv:2: a unit-officer needs a unit: its id, as in ref.unit",
                "limin,李敏,administrator,zhangpu,,     | u.csv:2: a administrator has no unit; leave it empty",
                "limin,李敏,unit-oficer,zhangpu,,       | u.csv:2: no such role: 'unit-oficer'; did you mean unit-officer?",
                "limin,李敏,king,,,                     | u.csv:2: no such role: 'king'; roles are viewer, unit-officer",
                "limin,李敏,viewer,,secret,             | u.csv:2: the password is no bcrypt hash of cost 10 or more; 'fengsui users passwd limin'",
                "limin,李敏,viewer,,,abc                | u.csv:2: the token is no SHA-256",
                "Li Min,李敏,viewer,,,                  | u.csv:2: the name 'Li Min' must be",
                "limin,,viewer,,,                       | u.csv:2: the display name must have 1 to 50",
                "limin,rule:dust,viewer,,,              | u.csv:2: the display name must not begin with 'rule:'",
                "limin,李敏,viewer,                     | u.csv:2: has 4 fields instead of the 6",
                "limin,\"李敏,viewer,,,                 | u.csv:2: has 1 fields instead of the 6"
            })
    void shouldRefuseAFaultWithItsLineAndRemedy(String line, String fault) {
        assertThatThrownBy(() -> UsersFile.parse("u.csv", HEAD + line))
                .isInstanceOf(UsersFileException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void shouldTellAllFaultsAtOnceAndRefuseWhoCannotBeToldApart() {
        assertThatThrownBy(() ->
                        UsersFile.parse("u.csv", HEAD + "a,张伟,viewer,,,\na,张伟 2,viewer,,,\nb,张伟,viewer,,,\nc,C,x,,,\n"))
                .hasMessageContaining("u.csv:3: the name a stands in line 2 already")
                .hasMessageContaining("u.csv:4: the display name 张伟 stands in line 2 already")
                .hasMessageContaining("u.csv:5: no such role");
    }

    @Test
    void shouldRefuseAFileWithoutItsFirstLineOrWithNothing() {
        assertThatThrownBy(() -> UsersFile.parse("u.csv", "limin,李敏,viewer,,,"))
                .hasMessageContaining("u.csv:1: the first line must be name,displayName");
        assertThatThrownBy(() -> UsersFile.parse("u.csv", "# nothing\n")).hasMessageContaining("u.csv:1: is empty");
        assertThatThrownBy(() -> UsersFile.read(directory.resolve("none.csv")))
                .hasMessageContaining("fengsui users add");
    }

    @Test
    void shouldTouchNoOtherLineWhenOneChanges() throws Exception {
        Path path = directory.resolve("u.csv");
        Files.writeString(path, "# ours\n" + HEAD + "a, A ,viewer,,,\n\n# b is new\nb,B,viewer,,,\n");

        UsersFile.read(path)
                .with(new User("a", "甲", Role.CITY_DUTY_OFFICER, Optional.empty()), HASH, "")
                .with(new User("c", "C", Role.VIEWER, Optional.empty()), "", Tokens.hash("t"))
                .write(path);

        assertThat(path)
                .content()
                .isEqualTo("# ours\n" + HEAD + "a,甲,city-duty-officer,," + HASH
                        + ",\n\n# b is new\nb,B,viewer,,,\nc,C,viewer,,," + Tokens.hash("t") + "\n");
        assertThat(UsersFile.read(path).owner("t").orElseThrow().user().name()).isEqualTo("c");
        assertThat(UsersFile.read(path).owner("")).isEmpty();
    }

    @Test
    void shouldMakeAFileForItsOwnerAloneAndRefuseOneThatEverybodyWrites() throws Exception {
        Path path = directory.resolve("new").resolve("u.csv");
        UsersFile.empty()
                .with(new User("a", "A", Role.VIEWER, Optional.empty()), "", "")
                .write(path);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> UsersFile.read(path)).hasMessageContaining("chmod 600");
    }

    @Test
    void shouldFollowTheFileAndKeepTheFormerWhenItIsRefused() throws Exception {
        Path path = directory.resolve("u.csv");
        Files.writeString(path, HEAD + "a,A,viewer,,,\n");
        UserDirectory users = new UserDirectory(path);
        Instant now = Instant.parse("2026-11-26T00:00:00Z");
        assertThat(users.current(now).find("a")).isPresent();

        Files.writeString(path, HEAD + "b,B,viewer,,,\n# longer\n");
        assertThat(users.current(now.plusMillis(500)).find("b"))
                .as("once a second")
                .isEmpty();
        assertThat(users.current(now.plusSeconds(2)).find("b")).isPresent();
        assertThat(users.current(now.plusSeconds(2)).find("a")).isEmpty();

        Files.writeString(path, HEAD + "b,B,king,,,\n");
        assertThat(users.current(now.plusSeconds(4)).find("b")).isPresent();
        assertThat(users.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("u.csv:2: no such role"));

        Files.delete(path);
        assertThat(users.current(now.plusSeconds(6)).find("b")).isPresent();

        Files.writeString(path, HEAD + "c,C,viewer,,,\n");
        assertThat(users.current(now.plus(Duration.ofSeconds(8))).find("c")).isPresent();
        assertThat(users.problem()).isEmpty();
    }
}
