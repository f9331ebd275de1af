package io.fengsui.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the client sends to a registry that asks for a password. */
class SchemaRegistryTest {
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = "[\"one-value\"]".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldSendUserAndPasswordOfTheSettings() throws Exception {
        ask(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "fengsui:secret"), "");

        assertThat(authorizations).containsExactly(basic("fengsui:secret"));
    }

    @Test
    void shouldSendUserAndPasswordOfTheUrl() throws Exception {
        ask(Map.of("basic.auth.credentials.source", "URL"), "fengsui:of-the-url@");

        assertThat(authorizations).containsExactly(basic("fengsui:of-the-url"));
    }

    @Test
    void shouldSendNoneWhenNoneIsSet() throws Exception {
        ask(Map.of("basic.auth.credentials.source", "URL"), "");

        assertThat(authorizations).containsExactly("null");
    }

    private void ask(Map<String, String> settings, String userInfo) throws Exception {
        Map<String, Object> config = new HashMap<>(settings);
        config.put(
                SchemaRegistry.URL,
                "http://" + userInfo + "127.0.0.1:" + server.getAddress().getPort());
        try (SchemaRegistryClient client = SchemaRegistry.connect(config)) {
            assertThat(client.getAllSubjects()).containsExactly("one-value");
        }
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }
}
