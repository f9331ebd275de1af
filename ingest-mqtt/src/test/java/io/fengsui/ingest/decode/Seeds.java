package io.fengsui.ingest.decode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What a fuzzer begins with: the payloads of the test vectors, good and bad. Knows them as files and loads no class of ours, for
 * they come before the fuzzer, and Java 17 breaks records with annotated components that are instrumented once they are loaded.
 */
final class Seeds {
    private static final Path ROOT = Path.of("src/test/resources/feed");

    private Seeds() {}

    /** @param pattern of {@code <feed>/<file>} */
    static Stream<Arguments> of(String pattern) {
        return of(pattern, payload -> payload);
    }

    /** @param made what becomes of a payload */
    static Stream<Arguments> of(String pattern, UnaryOperator<byte[]> made) {
        try (Stream<Path> files = Files.walk(ROOT, 2)) {
            return files
                    .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.matches(pattern) && !name.endsWith(".expected"))
                    .sorted()
                    .map(name -> Arguments.of(Named.of(name, made.apply(read(name)))))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String name) {
        try {
            return Files.readAllBytes(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
