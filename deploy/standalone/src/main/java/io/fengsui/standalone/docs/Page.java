package io.fengsui.standalone.docs;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A generated page.
 *
 * @param file path from docs/
 * @param content the whole of it
 */
public record Page(String file, String content) {

    /** Whether the file in the directory is this page. */
    public boolean isCurrentIn(Path directory) {
        Path path = directory.resolve(file);
        try {
            return Files.exists(path) && Files.readString(path).equals(content);
        } catch (IOException e) {
            throw new StartException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    public void writeTo(Path directory) {
        Path path = directory.resolve(file);
        try {
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new StartException(path + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
