package io.fengsui.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpsServerTest {
    private static final App IDLE = new App() {
        @Override
        public void start() {}

        @Override
        public Health check() {
            return Health.notReady(Map.of("broker", "away"));
        }

        @Override
        public void close() {}
    };

    @Test
    void shouldListenOnTheAddressItIsGivenAndNoOther() throws Exception {
        try (OpsServer server = serve("127.0.0.2", 0)) {
            int port = URI.create(server.url()).getPort();

            assertThat(get("http://127.0.0.2:" + port + "/metrics").statusCode())
                    .isEqualTo(200);
            assertThat(get("http://127.0.0.2:" + port + "/health/live").statusCode())
                    .isEqualTo(200);
            assertThat(get("http://127.0.0.2:" + port + "/health/ready").statusCode())
                    .isEqualTo(503);
            assertThatThrownBy(() -> get("http://127.0.0.1:" + port + "/metrics"))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void shouldNameTheOptionsWhenThePortIsTaken() {
        try (OpsServer server = serve("127.0.0.1", 0)) {
            int port = URI.create(server.url()).getPort();

            assertThatThrownBy(() -> serve("127.0.0.1", port))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("--ops-port");
        }
    }

    private static OpsServer serve(String host, int port) {
        return new OpsServer(
                IDLE, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), new InetSocketAddress(host, port));
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
