package io.fengsui.seeds.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.StartException;
import io.fengsui.seeds.fleet.link.Acknowledgements;
import io.fengsui.seeds.fleet.link.Link;
import io.fengsui.seeds.fleet.link.LinkSettings;
import io.fengsui.seeds.fleet.link.Outgoing;
import io.fengsui.seeds.fleet.traffic.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway's connection tells of its last will, however it ends. */
class LinkTest {
    private final List<Integer> possible = new CopyOnWriteArrayList<>();
    private Server server;
    private Link link;
    private int wills;

    @BeforeEach
    void connect() throws IOException {
        server = new Server();
        link = link(server.uri());
        link.connect();
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        server.close();
    }

    @Test
    void shouldTellOfNoLastWillWhenItSaysGoodbye() {
        link.close();

        assertThat(possible).isEmpty();
    }

    @Test
    void shouldKnowThatTheWillFiresWhenItIsDropped() {
        assertThat(link.drop()).extracting(Outgoing::number).isEqualTo(1);
        assertThat(possible).isEmpty();
    }

    @Test
    void shouldTellThatAWillMayHaveFiredWhenClosedAfterTheConnectionWasLost() throws Exception {
        server.loseConnections();

        link.close();

        assertThat(possible).containsExactly(1);
    }

    @Test
    void shouldTellThatAWillMayHaveFiredWhenDroppedAfterTheConnectionWasLost() throws Exception {
        server.loseConnections();

        assertThat(link.drop()).isNull();

        assertThat(possible).containsExactly(1);
    }

    @Test
    void shouldTellThatAWillMayHaveFiredWhenItConnectsAnew() throws Exception {
        server.loseConnections();

        assertThat(link.send(message(7))).isTrue();

        assertThat(possible).containsExactly(1);
    }

    @Test
    void shouldTellOfTheWillThatABrokerMayHaveTakenWithoutAnAnswer() {
        Link refused = link(URI.create("tcp://127.0.0.1:1"));

        assertThatThrownBy(refused::connect).isInstanceOf(StartException.class);

        assertThat(possible).containsExactly(2);
    }

    private Link link(URI uri) {
        LinkSettings settings = new LinkSettings(List.of(uri), "gateway-1", "vendor", "secret");
        return new Link(settings, () -> message(++wills), new Recorder(), System::nanoTime);
    }

    private static Outgoing message(int number) {
        Payload payload = new Payload(Payload.JSON, "{}".getBytes(StandardCharsets.UTF_8));
        return new Outgoing(number, "fengsui/v1/vendor/gateway/g", "run-" + number, payload);
    }

    private final class Recorder implements Acknowledgements {
        @Override
        public void acknowledged(Outgoing message, int reasonCode) {}

        @Override
        public void resent(Outgoing message) {}

        @Override
        public void willMayHaveFired(Outgoing will) {
            possible.add(will.number());
        }
    }

    /** Lets everybody in, hears nothing, and can lose its connections. */
    private static final class Server implements AutoCloseable {
        private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};

        private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        Server() throws IOException {
            Thread thread = new Thread(this::accept, "lossy-broker");
            thread.setDaemon(true);
            thread.start();
        }

        URI uri() {
            return URI.create("tcp://127.0.0.1:" + socket.getLocalPort());
        }

        private void accept() {
            try {
                while (!socket.isClosed()) {
                    Socket client = socket.accept();
                    client.getOutputStream().write(CONNACK);
                    open.add(client);
                }
            } catch (IOException e) {
                // Closed: the test is over.
            }
        }

        void loseConnections() throws IOException, InterruptedException {
            for (Socket client : open) {
                client.close();
            }
            // The client hears of it on a thread of its library.
            TimeUnit.MILLISECONDS.sleep(500);
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (Socket client : open) {
                client.close();
            }
        }
    }
}
