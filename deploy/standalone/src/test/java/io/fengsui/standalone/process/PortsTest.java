package io.fengsui.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldNamePortUseAndRemedyWhenAPortIsInUse() throws IOException {
        Ports ports = Ports.free();
        try (ServerSocket taken = new ServerSocket(ports.kafka(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + ports.kafka() + " (Kafka)")
                    .hasMessageContaining("--port-base")
                    .hasMessageNotContaining("(MQTT)");
        }
    }

    @Test
    void shouldBeContentWhenAllPortsAreFree() {
        Ports.free().requireFree();
    }

    @Test
    void shouldMoveAllPortsFromABase() {
        assertThat(Ports.from(21_000).byUse().values()).containsExactly(21_000, 21_001, 21_002, 21_003, 21_004);
    }

    @Test
    void shouldKeepClearOfAlertmanagerByDefault() {
        assertThat(Ports.standard().byUse().values()).doesNotContain(9_093).doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseABaseWithoutRoom() {
        assertThatThrownBy(() -> Ports.from(65_535))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--port-base 65535");
        assertThatThrownBy(() -> Ports.from(0)).isInstanceOf(StartException.class);
    }
}
