package io.fengsui.standalone.process;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that ends when this JVM ends, however that comes about: a shell between the two waits for the end of its
 * standard input, which the operating system closes even after kill -9, and then ends the program.
 *
 * <p>A pid file names the program. One that is still shutting down when its successor starts is waited for.
 */
public final class ChildProcess implements AutoCloseable {

    /** $@ is the program. Ctrl-C at a terminal reaches the whole group: only the parent acts on it. File descriptor 3 is the pipe from the parent; nothing is ever written to it. */
    private static final String GUARD = """
            trap '' INT
            exec 3<&0
            "$@" </dev/null 3<&- &
            program=$!
            ( read -r _ <&3; kill "$program" 2>/dev/null; sleep 5; kill -9 "$program" 2>/dev/null ) &
            guard=$!
            exec 3<&-
            echo "$program" >"$PID_FILE"
            wait "$program"
            status=$?
            kill "$guard" 2>/dev/null
            exit "$status"
            """;

    private static final Duration STOP = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 50;

    private final String name;
    private final List<String> command;
    private final Path log;
    private final Path directory;
    private final Path pidFile;
    private @Nullable Process guard;

    /**
     * @param name for messages
     * @param log takes standard output and errors; its directory must exist
     * @param pidFile one for each program that may run at a time; an argument of the command names its directory
     */
    public ChildProcess(String name, List<String> command, Path log, Path pidFile) {
        this.name = name;
        this.command = List.copyOf(command);
        this.log = log;
        this.directory = Objects.requireNonNull(pidFile.toAbsolutePath().getParent());
        this.pidFile = pidFile;
    }

    /** Path of the java program that runs this JVM. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public synchronized void start() {
        try {
            endFormer();
            Files.createDirectories(directory);
            List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARD, name));
            guarded.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(guarded)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("PID_FILE", pidFile.toString());
            guard = builder.start();
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
            throw new StartException(name + " was not started: interrupted", e);
        } catch (IOException e) {
            throw new StartException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until a URL answers with status 200.
     *
     * @throws StartException if the program ends before, or after the timeout; names the log
     */
    public void awaitOk(URI url, Duration timeout) throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2)).build();
        long deadline = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < deadline) {
            if (!isAlive()) {
                throw new StartException(name + " ended at start; its log says why: " + log);
            }
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (InterruptedIOException e) {
                throw new InterruptedException(name + " was waited for");
            } catch (IOException e) {
                // not listening yet
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new StartException(
                name + " was not ready after " + timeout.toSeconds() + " s; its log may say why: " + log);
    }

    public synchronized boolean isAlive() {
        return guard != null && guard.isAlive();
    }

    /** The program itself, not the shell that guards it. */
    public Optional<ProcessHandle> program() {
        try {
            String pid = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "";
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9, and waits for the end. */
    public void kill() throws InterruptedException {
        program().ifPresent(ProcessHandle::destroyForcibly);
        Process process = guard;
        if (process != null) {
            process.waitFor();
        }
    }

    @Override
    public synchronized void close() {
        Process process = guard;
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                program().ifPresent(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a program of the same pid file whose parent was killed, if it is still on its way down. */
    public void endFormer() {
        program().filter(this::runsInOurDirectory).ifPresent(handle -> {
            handle.destroy();
            handle.onExit()
                    .completeOnTimeout(handle, STOP.toSeconds(), TimeUnit.SECONDS)
                    .join();
            handle.destroyForcibly();
        });
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new StartException(pidFile + ": cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Process ids are used again: it is ours only if an argument names our directory. */
    private boolean runsInOurDirectory(ProcessHandle handle) {
        return handle.info().arguments().stream()
                .flatMap(Arrays::stream)
                .anyMatch(a -> a.contains(directory.toString()));
    }
}
