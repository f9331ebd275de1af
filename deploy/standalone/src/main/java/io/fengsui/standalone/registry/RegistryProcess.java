package io.fengsui.standalone.registry;

import io.fengsui.platform.StartException;
import io.fengsui.standalone.process.ChildProcess;
import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio Registry as a child process, with Confluent's API. Its database is a file in the directory: schema ids must
 * outlive a restart, because Kafka's records hold them.
 */
public final class RegistryProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final URI probe;

    /**
     * @param home where the build unpacked the registry
     * @param directory database, log and pid file
     */
    public RegistryProcess(Path home, Path directory, int port) {
        this.process = new ChildProcess(
                "The schema registry",
                command(runner(home), directory.toAbsolutePath(), port),
                directory.resolve("registry.log"),
                directory.resolve("registry.pid"));
        this.probe = URI.create("http://" + Ports.HOST + ":" + port + "/apis/ccompat/v7/subjects");
    }

    /** Ends one of the same directory whose parent was killed, if it is still on its way down. */
    public void endFormer() {
        process.endFormer();
    }

    /** Returns when it answers. */
    public void start() throws InterruptedException {
        process.start();
        process.awaitOk(probe, START);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }

    private static List<String> command(Path runner, Path directory, int port) {
        return List.of(
                ChildProcess.java(),
                "-Xms48m",
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MaxMetaspaceSize=160m",
                "-Dquarkus.http.host=" + Ports.HOST,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + directory.resolve("schemas"),
                "-Dquarkus.log.console.color=false",
                "-jar",
                runner.toString());
    }

    private static Path runner(Path home) {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(f -> f.getFileName().toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> missing(home, null));
        } catch (IOException e) {
            throw missing(home, e);
        }
    }

    private static StartException missing(Path home, @Nullable IOException cause) {
        String message = "The schema registry is not in " + home + "; build with 'mvn package'";
        return cause == null ? new StartException(message) : new StartException(message, cause);
    }
}
