package io.fengsui.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.standalone.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a runbook has one type must be there. */
class RunbookCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("`(?:\\./)?fengsui ([a-z-]+)(?: ([a-z-]+))?(.*?)`");

    static Stream<String> commands() throws IOException {
        try (Stream<Path> pages = Files.list(Home.locate().docs().resolve("runbooks"))) {
            return pages.toList().stream()
                    .flatMap(page -> COMMAND.matcher(read(page)).results().map(MatchResult::group))
                    .distinct()
                    .sorted();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldExist(String written) {
        MatchResult match = COMMAND.matcher(written).results().findFirst().orElseThrow();
        CommandLine command =
                new CommandLine(new FengsuiCommand()).getSubcommands().get(match.group(1));

        assertThat(command).as(written).isNotNull();
        @Nullable String sub = match.group(2);
        CommandLine last = sub == null ? command : command.getSubcommands().getOrDefault(sub, command);
        if (sub != null && !command.getSubcommands().isEmpty()) {
            assertThat(command.getSubcommands()).as(written).containsKey(sub);
        }
        Pattern.compile("--[a-z-]+").matcher(match.group(3)).results().forEach(option -> assertThat(
                        last.getCommandSpec().optionsMap())
                .as(written)
                .containsKey(option.group()));
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
