package io.fengsui.standalone;

import io.fengsui.platform.App;
import io.fengsui.platform.Health;
import io.fengsui.platform.StartException;
import io.fengsui.standalone.process.ChildProcess;
import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An app as a process of its own, by the same command that people use; for drills that kill one. */
public final class ExternalApp implements App {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final ChildProcess process;
    private final Path directory;
    private final Map<String, String> settings;
    private final URI ready;

    /**
     * @param directory takes its settings, log and pid file
     * @param settings of the app
     * @param healthPort where it answers for its health
     */
    public ExternalApp(Part part, Path directory, Map<String, String> settings, int healthPort) {
        this.directory = directory;
        this.settings = new TreeMap<>(settings);
        this.ready = URI.create("http://" + Ports.HOST + ":" + healthPort + "/health/ready");
        List<String> command = new ArrayList<>(List.of(
                ChildProcess.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.fengsui",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=Asia/Shanghai",
                "-Duser.language.format=en",
                "-Duser.country.format=US",
                "-cp",
                System.getProperty("java.class.path"),
                "io.fengsui.standalone.cli.Main",
                part.id(),
                "--config",
                file().toString()));
        if (part != Part.ALERTING) {
            command.addAll(List.of("--ops-port", Integer.toString(healthPort)));
        }
        this.process = new ChildProcess(
                "The " + part.id() + " process", command, directory.resolve("out.log"), directory.resolve("pid"));
    }

    @Override
    public void start() throws InterruptedException {
        launch();
        awaitReady();
    }

    /** Starts it and waits for nothing. */
    public void launch() {
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    file(),
                    settings.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                            .collect(Collectors.joining()));
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new StartException(file() + ": cannot be written: " + e.getMessage(), e);
        }
        process.start();
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() throws InterruptedException {
        process.awaitOk(ready, START);
    }

    /** kill -9. {@link #start} brings it back. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** What it says of its health, ready or not; empty if it does not answer. */
    public String health() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ready).timeout(ANSWER).build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    /** Where it answers for its health, with details. */
    public URI readiness() {
        return ready;
    }

    /** The program itself, while it runs. */
    public Optional<ProcessHandle> program() {
        return process.program();
    }

    @Override
    public Health check() {
        Map<String, String> details = Map.of("process", process.isAlive() ? "runs" : "ended");
        return process.isAlive() ? Health.up(details) : Health.dead(details);
    }

    @Override
    public void close() {
        process.close();
    }

    private Path file() {
        return directory.resolve("settings.properties");
    }
}
