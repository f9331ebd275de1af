package io.fengsui.standalone.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttUsersTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepPasswordsWhenAVendorIsAdded() {
        MqttUsers first = MqttUsers.prepare(file(), List.of("one"));

        MqttUsers second = MqttUsers.prepare(file(), List.of("one", "two"));

        assertThat(second.password("one")).isEqualTo(first.password("one")).isPresent();
        assertThat(second.names()).containsExactlyInAnyOrder("one", "two", MqttUsers.BRIDGE);
        assertThat(MqttUsers.load(file()).password("two")).isEqualTo(second.password("two"));
    }

    @Test
    void shouldLetNobodyElseReadThePasswords() throws IOException {
        MqttUsers.prepare(file(), List.of("one"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldAdmitTheRightPasswordOnly() {
        MqttUsers users = MqttUsers.prepare(file(), List.of("one"));
        String right = users.password("one").orElseThrow();

        assertThat(users.admits("one", bytes(right))).isTrue();
        assertThat(users.admits("one", bytes(right + "x"))).isFalse();
        assertThat(users.admits("one", bytes(""))).isFalse();
        assertThat(users.admits("nobody", bytes(""))).isFalse();
        assertThat(users.admits(MqttUsers.BRIDGE, bytes(right))).isFalse();
    }

    @Test
    void shouldGiveAClientIdToTheLongestNameItBeginsWith() {
        MqttUsers users = MqttUsers.prepare(file(), List.of("dust", "dust-one"));

        assertThat(users.ownerOf("dust-one-gateway-7")).contains("dust-one");
        assertThat(users.ownerOf("dust-one")).contains("dust-one");
        assertThat(users.ownerOf("dust-two")).contains("dust");
        assertThat(users.ownerOf("fengsui-bridge-telemetry")).contains(MqttUsers.BRIDGE);
        assertThat(users.ownerOf("mosq-1dust")).isEmpty();
        assertThat(users.ownerOf("duster")).isEmpty();
    }

    @Test
    void shouldNameTheRemedyWhenThereIsNoFile() {
        assertThatThrownBy(() -> MqttUsers.load(file()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("--data");
    }

    private Path file() {
        return directory.resolve("secrets").resolve("mqtt.properties");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
