package io.fengsui.alerting.console.cap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.StartException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapReadersTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKnowAReaderByItsToken() throws Exception {
        CapReaders readers = CapReaders.of(file("""
                # who may read CAP
                zhangpu-platform %s zhangpu,dianshanhu
                city %s *   # the whole city
                """.formatted(hash("one"), hash("two"))));

        CapReaders.Reader township = readers.byToken("one").orElseThrow();
        assertThat(township.name()).isEqualTo("zhangpu-platform");
        assertThat(township.mayRead("zhangpu")).isTrue();
        assertThat(township.mayRead("huaqiao")).isFalse();
        assertThat(township.all()).isFalse();
        assertThat(readers.byToken("two").orElseThrow().mayRead("huaqiao")).isTrue();
        assertThat(readers.byToken("three")).isEmpty();
        assertThat(readers.byToken(hash("one"))).as("the hash is no token").isEmpty();
        assertThat(readers.byToken(null)).isEmpty();
    }

    @Test
    void shouldTakeAChangedFileAndKeepTheFormerWhenItIsWrong() throws Exception {
        Path file = file("a " + hash("one") + " *");
        CapReaders readers = CapReaders.of(file);

        write(file, "b " + hash("two") + " zhangpu", 2_000_000_000_000L);
        assertThat(readers.byToken("one")).as("withdrawn at once").isEmpty();
        assertThat(readers.byToken("two")).isPresent();

        write(file, "what is this", 2_000_000_100_000L);
        assertThat(readers.byToken("two")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b c", "a 0123 *", "a", "a HASH", "a HASH Zhangpu", "a HASH *,zhangpu"})
    void shouldNameTheLineThatIsWrong(String line) throws Exception {
        Path file = file("\n# comment\n" + line.replace("HASH", hash("x")));

        assertThatThrownBy(() -> CapReaders.of(file))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file + ":3")
                .hasMessageContaining("expected name");
    }

    @Test
    void shouldNotStartWithoutTheFileThatIsSet() {
        assertThatThrownBy(() -> CapReaders.of(directory.resolve("none")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("none: cannot be read");
    }

    private Path file(String text) throws Exception {
        return Files.writeString(directory.resolve("readers"), text);
    }

    private static void write(Path file, String text, long modified) throws Exception {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    }

    static String hash(String token) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
