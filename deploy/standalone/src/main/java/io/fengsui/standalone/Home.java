package io.fengsui.standalone;

import io.fengsui.platform.StartException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;

/**
 * Where Fengsui lies on disk.
 *
 * @param directory the checkout: holds seeds/ and docs/
 * @param registry what the build unpacked of the schema registry
 */
public record Home(Path directory, Path registry) {

    /** Found from where this class was loaded: a jar or class folder in deploy/standalone/target. */
    public static Home locate() {
        Path target = Objects.requireNonNull(codeLocation().toAbsolutePath().getParent());
        for (Path folder = target; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("seeds").resolve("data"))) {
                return new Home(folder, target.resolve("registry"));
            }
        }
        throw new StartException("No seeds/data above " + target + ": run fengsui from its checkout");
    }

    /** The city's reference data. */
    public Path seeds() {
        return directory.resolve("seeds").resolve("data").resolve("kunshan");
    }

    /** Where a run keeps its data unless told otherwise. */
    public Path data() {
        return directory.resolve("data");
    }

    /** What the build put together of the programs that the bridge is measured against. */
    public Path peers() {
        return directory.resolve("benchmarks").resolve("target");
    }

    public Path docs() {
        return directory.resolve("docs");
    }

    private static Path codeLocation() {
        CodeSource source = Home.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new StartException("Cannot tell where Fengsui lies: " + source.getLocation(), e);
        }
    }
}
