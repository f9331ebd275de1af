package io.fengsui.standalone.process;

import io.fengsui.platform.StartException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Mosquitto as a child process on the loopback address, for trials and benchmarks: it knows no users, and keeps a queue of any
 * length in its directory.
 */
public final class MosquittoProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 20;

    /** A file that may not grow any further is an error of its write, as on a full disk, and no signal. */
    private static final String IGNORING_FULL_FILES = "trap '' XFSZ; exec \"$@\"";

    private final Path directory;
    private final int port;
    private final List<String> settings;
    private final ChildProcess process;

    /**
     * @param directory configuration, sessions and log
     * @param settings further lines of its configuration
     * @throws StartException if it is not installed
     */
    public MosquittoProcess(Path directory, int port, List<String> settings) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.settings = List.copyOf(settings);
        this.process = new ChildProcess(
                "Mosquitto",
                List.of(
                        "sh",
                        "-c",
                        IGNORING_FULL_FILES,
                        "sh",
                        program("mosquitto").toString(),
                        "-c",
                        config().toString()),
                this.directory.resolve("mosquitto.log"),
                this.directory.resolve("mosquitto.pid"));
    }

    /**
     * Path of an installed program.
     *
     * @throws StartException if it is nowhere
     */
    public static Path program(String name) {
        return find(name)
                .orElseThrow(
                        () -> new StartException(
                                "'" + name
                                        + "' is not installed (Debian: apt install mosquitto mosquitto-clients kcat); it is needed here"));
    }

    /** Whether a program is installed. */
    public static boolean isInstalled(String name) {
        return find(name).isPresent();
    }

    private static Optional<Path> find(String name) {
        Stream<String> path = Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                Stream.of("/usr/sbin", "/usr/local/sbin"));
        return path.map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns when it takes connections. Sessions of the same directory go on. */
    public void start() throws InterruptedException {
        try {
            Files.createDirectories(directory);
            List<String> lines = new ArrayList<>(List.of(
                    "listener " + port + " " + Ports.HOST,
                    "allow_anonymous true",
                    "user " + System.getProperty("user.name"),
                    "max_queued_messages 0",
                    "persistence true",
                    "persistence_location " + directory + "/"));
            lines.addAll(settings);
            Files.write(config(), lines);
        } catch (IOException e) {
            throw new StartException(config() + ": cannot be written: " + e.getMessage(), e);
        }
        process.start();
        awaitListening();
    }

    private void awaitListening() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new StartException("Mosquitto ended at start; its log says why: " + directory + "/mosquitto.log");
            }
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        Math.toIntExact(START.toMillis()));
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
        throw new StartException("Mosquitto does not listen on port " + port);
    }

    public String uri() {
        return "tcp://" + Ports.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public Path directory() {
        return directory;
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

    private Path config() {
        return directory.resolve("mosquitto.conf");
    }
}
