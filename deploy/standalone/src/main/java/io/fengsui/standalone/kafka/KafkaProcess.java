package io.fengsui.standalone.kafka;

import io.fengsui.platform.StartException;
import io.fengsui.standalone.process.ChildProcess;
import io.fengsui.standalone.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The embedded Kafka as a child process: it can be stopped, killed, and made to hang. */
public final class KafkaProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private final ChildProcess process;

    /** @param directory data, log and pid file */
    public KafkaProcess(Path directory, int port, int controllerPort) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.process = new ChildProcess(
                "Kafka",
                List.of(
                        ChildProcess.java(),
                        "-Xms512m",
                        "-Xmx512m",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaMain.class.getName(),
                        this.directory.resolve("data").toString(),
                        Integer.toString(port),
                        Integer.toString(controllerPort)),
                this.directory.resolve("kafka.log"),
                this.directory.resolve("kafka.pid"));
    }

    /** Returns when it answers. */
    public void start() throws InterruptedException {
        process.start();
        long deadline = System.nanoTime() + START.toNanos();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            while (!answers(admin)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new StartException("Kafka did not start; its log says why: " + directory + "/kafka.log");
                }
            }
        }
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        }
    }

    public String bootstrapServers() {
        return Ports.HOST + ":" + port;
    }

    /** The program itself. */
    public Optional<ProcessHandle> program() {
        return process.program();
    }

    /** kill -9. {@link #start} brings it back. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
