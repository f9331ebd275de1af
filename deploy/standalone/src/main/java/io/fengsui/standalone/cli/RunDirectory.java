package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a run that ends by itself keeps its data: a new directory that goes with it, unless it is to be looked at, or one
 * that people named and that stays.
 */
final class RunDirectory implements AutoCloseable {
    private final Path path;
    private boolean kept;
    private boolean closed;

    private RunDirectory(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /**
     * The directory that people named, or a new one.
     *
     * @throws StartException if there is anything in the named one: a run would play into it, and count what is there
     */
    static RunDirectory of(@Nullable Path named, String purpose) {
        try {
            if (named == null) {
                return new RunDirectory(Files.createTempDirectory("fengsui-" + purpose + "-"), false);
            }
            Files.createDirectories(named);
            try (Stream<Path> files = Files.list(named)) {
                if (files.findAny().isPresent()) {
                    throw new StartException(named + " is not empty, and a " + purpose
                            + " begins with nothing; name another with --data");
                }
            }
            return new RunDirectory(named, true);
        } catch (IOException e) {
            throw new StartException("No directory for the data: " + e + "; --data names one", e);
        }
    }

    Path path() {
        return path;
    }

    /** It stays, to be looked at. */
    synchronized void keep() {
        kept = true;
    }

    /** Deletes it, or says where it is. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (kept) {
            System.out.println("Data and log are kept in " + path);
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
