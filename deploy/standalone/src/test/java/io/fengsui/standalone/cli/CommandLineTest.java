package io.fengsui.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<CommandLine> commands() {
        return everyCommand(Main.commandLine());
    }

    private static Stream<CommandLine> everyCommand(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CommandLineTest::everyCommand));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldExplainItself(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description())
                .as(command.getCommandName())
                .isNotEmpty();
        assertThat(command.getCommandSpec().options())
                .as(command.getCommandName())
                .allSatisfy(option -> assertThat(option.hidden() || option.description().length > 0)
                        .isTrue());
        assertThat(command.getCommandSpec().positionalParameters())
                .allSatisfy(parameter -> assertThat(parameter.description()).isNotEmpty());
    }

    @Test
    void shouldListTheCommandsWhenAskedForNothingElse() {
        assertThat(run("help")).isZero();
        assertThat(out.toString()).contains("up", "drill", "tail", "Exit codes");
    }

    @Test
    void shouldExitWithTwoWhenTheUsageIsWrong() {
        assertThat(run("tail")).isEqualTo(2);
        assertThat(err.toString()).contains("TOPIC");
        assertThat(run("no-such-command")).isEqualTo(2);
    }

    @Test
    void shouldSayWhatToDoWithoutAStackTraceWhenKafkaIsNotThere() {
        assertThat(run("topics", "apply", "--bootstrap-servers", "127.0.0.1:1")).isEqualTo(1);
        assertThat(err.toString())
                .contains("No Kafka at 127.0.0.1:1", "fengsui up")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldNameFileAndRemedyWhenThereAreNoPasswords(@TempDir Path directory) {
        assertThat(run("vendor", "password", "acme", "--data", directory.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains(directory.toString(), "--data").doesNotContain("\tat ");
    }

    @Test
    void shouldNameEveryErrorWhenTheSeedsAreWrong(@TempDir Path directory) {
        assertThat(run("seeds", "check", "--seeds", directory.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("city.csv", "units.csv").doesNotContain("\tat ");
    }

    @Test
    void shouldNameFileLineAndKeyWhenASettingIsWrong(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ingest.properties");
        Files.writeString(file, "# mine\ningest.mqtt.keep.alive.ms=soon\n");

        assertThat(run("ingest", "--config", file.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains(file + ":2", "ingest.mqtt.keep.alive.ms", "soon")
                .doesNotContain("\tat ");
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
