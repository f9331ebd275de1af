package io.fengsui.seeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The shipped set, and copies of it to spoil. */
public final class KunshanFiles {
    public static final Path DIRECTORY = Path.of("data", "kunshan");

    private KunshanFiles() {}

    /** Copies the whole set. */
    static Path copyTo(Path directory) {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path file : files.toList()) {
                Path target = directory.resolve(DIRECTORY.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory;
    }

    static String read(Path directory, String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path directory, String file, String text) {
        write(directory, file, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path directory, String file, byte[] bytes) {
        try {
            Files.write(directory.resolve(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds lines to a file; the number of the first. */
    static int append(Path directory, String file, String... lines) {
        String text = read(directory, file);
        write(directory, file, text + String.join("\n", lines) + "\n");
        return (int) text.lines().count() + 1;
    }
}
