package io.fengsui.standalone.bench.alerts;

import com.sun.net.httpserver.HttpServer;
import io.fengsui.platform.StartException;
import io.fengsui.standalone.process.ChildProcess;
import io.fengsui.standalone.process.MosquittoProcess;
import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An Alertmanager that notifies nobody: the installed one, or where there is none a stand-in that takes everything. */
final class AlertmanagerPeer implements AutoCloseable {
    private static final String PROGRAM = "prometheus-alertmanager";
    private static final Duration START = Duration.ofSeconds(20);
    private static final String CONFIG = """
            route: {receiver: nobody, group_by: [alertname]}
            receivers: [{name: nobody}]
            """;

    private final Path directory;
    private final int port = Ports.free(1)[0];
    private final boolean real = MosquittoProcess.isInstalled(PROGRAM);
    private @Nullable ChildProcess process;
    private @Nullable HttpServer standIn;
    private @Nullable ExecutorService threads;

    /** @param directory its data and log */
    AlertmanagerPeer(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    void start() throws InterruptedException {
        try {
            Files.createDirectories(directory);
            if (real) {
                startProgram();
            } else {
                startStandIn();
            }
        } catch (IOException e) {
            throw new StartException("Alertmanager cannot be started: " + e.getMessage(), e);
        }
    }

    private void startProgram() throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve("alertmanager.yml"), CONFIG);
        ChildProcess program = new ChildProcess(
                "Alertmanager",
                List.of(
                        MosquittoProcess.program(PROGRAM).toString(),
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=" + Ports.HOST + ":" + port,
                        "--cluster.listen-address="),
                directory.resolve("alertmanager.log"),
                directory.resolve("alertmanager.pid"));
        process = program;
        program.start();
        program.awaitOk(URI.create(url() + "/-/ready"), START);
    }

    private void startStandIn() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "bench-alertmanager"));
        server.setExecutor(pool);
        server.createContext("/", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                body.transferTo(OutputStream.nullOutputStream());
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        standIn = server;
        threads = pool;
    }

    String url() {
        return "http://" + Ports.HOST + ":" + port;
    }

    /** What it is, for the report. */
    String name() {
        return real ? "Alertmanager" : "a stand-in for Alertmanager, which is not installed";
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        if (standIn != null) {
            standIn.stop(0);
        }
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
