package io.fengsui.streams.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class WarmClientsTest {

    @Test
    void shouldMakeAProducerInTimeThoughNoBrokerAnswers() throws Exception {
        WarmClients clients = new WarmClients(() -> List.of("a", "b"), Duration.ofMillis(300));
        long begun = System.nanoTime();

        try (Producer<byte[], byte[]> producer = clients.getProducer(Map.of("bootstrap.servers", nobody()))) {
            assertThat(producer).isNotNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void shouldGiveUpAtOnceWhatFailsAtOnce() throws Exception {
        WarmClients clients = new WarmClients(() -> List.of("not a topic name"), Duration.ofMinutes(1));

        try (Producer<byte[], byte[]> producer =
                clients.getProducer(Map.of("bootstrap.servers", nobody(), "max.block.ms", 100))) {
            assertThat(producer).isNotNull();
        }
    }

    private static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }
}
