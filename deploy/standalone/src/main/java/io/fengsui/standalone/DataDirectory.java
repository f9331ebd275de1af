package io.fengsui.standalone;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where one run keeps everything: Kafka's log, MQTT sessions, schemas, state, passwords, logs. Locked while in use; the
 * operating system gives the lock back after a crash.
 */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws StartException if another run uses it, or it cannot be written */
    public static DataDirectory open(Path path) {
        Path directory = path.toAbsolutePath().normalize();
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StartException(directory + ": cannot be written: " + e + "; --data names another directory", e);
        }
        try {
            if (channel.tryLock() != null) {
                return new DataDirectory(directory, channel);
            }
        } catch (OverlappingFileLockException | IOException e) {
            // in use, said below
        }
        throw new StartException(
                directory + " is in use by another 'fengsui'; stop that one, or name another directory with --data");
    }

    public Path path() {
        return path;
    }

    public Path kafka() {
        return path.resolve("kafka");
    }

    public Path mqtt() {
        return path.resolve("mqtt");
    }

    public Path registry() {
        return path.resolve("registry");
    }

    /** Local state of a process; can be lost, Kafka has it. */
    public Path state(Part part) {
        return path.resolve("state").resolve(part.id());
    }

    /** Settings, pid file and log of a process of its own. */
    public Path process(Part part) {
        return path.resolve("process").resolve(part.id());
    }

    public Path consoleUsers() {
        return consoleUsers(path);
    }

    /** The users of the console in a data directory that need not be open. */
    public static Path consoleUsers(Path data) {
        return data.resolve("secrets").resolve("console-users.csv");
    }

    public Path mqttUsers() {
        return mqttUsers(path);
    }

    /** The MQTT passwords in a data directory that need not be open. */
    public static Path mqttUsers(Path data) {
        return data.resolve("secrets").resolve("mqtt.properties");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
