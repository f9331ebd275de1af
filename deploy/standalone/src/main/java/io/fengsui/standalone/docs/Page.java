package io.fengsui.standalone.docs;

import io.fengsui.platform.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A generated page.
 *
 * @param file name in docs/
 * @param markdown its whole content
 */
public record Page(String file, String markdown) {

    /** Whether the file in the directory is this page. */
    public boolean isCurrentIn(Path directory) {
        Path path = directory.resolve(file);
        try {
            return Files.exists(path) && Files.readString(path).equals(markdown);
        } catch (IOException e) {
            throw new StartException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    public void writeTo(Path directory) {
        Path path = directory.resolve(file);
        try {
            Files.createDirectories(directory);
            Files.writeString(path, markdown);
        } catch (IOException e) {
            throw new StartException(path + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
