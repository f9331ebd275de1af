package io.fengsui.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.StartException;
import io.fengsui.standalone.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

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
        assertThat(printed()).contains("TOPIC");
        assertThat(run("no-such-command")).isEqualTo(2);
    }

    @Test
    void shouldSayWhatToDoWithoutAStackTraceWhenKafkaIsNotThere() {
        assertThat(run("topics", "apply", "--bootstrap-servers", "127.0.0.1:1")).isEqualTo(1);
        assertThat(printed()).contains("No Kafka at 127.0.0.1:1", "fengsui up").doesNotContain("\tat ");
    }

    @Test
    void shouldNameFileAndRemedyWhenThereAreNoPasswords(@TempDir Path directory) {
        assertThat(run("vendor", "password", "acme", "--data", directory.toString()))
                .isEqualTo(1);
        assertThat(printed()).contains(directory.toString(), "--data").doesNotContain("\tat ");
    }

    @Test
    void shouldNameEveryErrorWhenTheSeedsAreWrong(@TempDir Path directory) {
        assertThat(run("seeds", "check", "--seeds", directory.toString())).isEqualTo(1);
        assertThat(printed()).contains("city.csv", "units.csv").doesNotContain("\tat ");
    }

    @Test
    void shouldNameFileLineAndColumnWhenARuleIsWrong(@TempDir Path directory) throws IOException {
        Path shipped = Home.locate().seeds().resolve("rules").resolve("gateway.yaml");
        Path file = directory.resolve("gateway.yaml");
        Files.writeString(file, Files.readString(shipped).replace("event.state", "event.stat"));

        assertThat(run("rules", "check", file.toString())).isEqualTo(1);
        assertThat(printed()).contains(file + ":17:11: there is no event.stat").doesNotContain("\tat ");
        assertThat(run("rules", "test", file.toString())).isEqualTo(1);
    }

    @Test
    void shouldHoldParametersOfOtherRulesToTheReferenceData(@TempDir Path directory) throws IOException {
        Path shipped = Home.locate().seeds().resolve("rules").resolve("dust-sensor.yaml");
        Path file = directory.resolve("dust-sensor.yaml");
        Files.writeString(
                file,
                Files.readString(shipped)
                        .replace("default: 1500, unit: Pa, min: 100", "default: 1600, unit: Pa, min: 1600"));

        assertThat(run("rules", "check", file.toString())).isEqualTo(1);
        assertThat(printed()).contains("parameters.csv:", "'1500'", "1600");
        assertThat(run("rules", "check")).as(printed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules try --last tomorrow", "rules try --last 2999-01-01", "rules explain"})
    void shouldExitWithTwoWhenRulesAreAskedForWrongly(String command) {
        assertThat(run(command.split(" "))).as(printed()).isEqualTo(2);
    }

    @Test
    void shouldNameFileLineAndKeyWhenASettingIsWrong(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ingest.properties");
        Files.writeString(file, "# mine\ningest.mqtt.keep.alive.ms=soon\n");

        assertThat(run("ingest", "--config", file.toString())).isEqualTo(1);
        assertThat(printed())
                .contains(file + ":2", "ingest.mqtt.keep.alive.ms", "soon")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics apply",
                "seeds load",
                "tail township.zhangpu.alert",
                "dead-letters list",
                "rules explain a@b"
            })
    void shouldNameTheOptionWhenItNamesNoKafka(String command) {
        assertThat(run((command + " --bootstrap-servers nowhere").split(" "))).isEqualTo(1);
        assertThat(printed()).contains("nowhere", "--bootstrap-servers").doesNotContain("Exception", "\tat ");
    }

    @Test
    void shouldSayWhatKafkasClientSaysWhenAnAppCannotMakeOne(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("ingest.properties");
        Files.writeString(file, "bootstrap.servers=nowhere\n");

        assertThat(run("ingest", "--config", file.toString())).isEqualTo(1);
        assertThat(printed()).contains("ingest failed at Kafka", "nowhere").doesNotContain("Exception", "\tat ");
    }

    @Test
    void shouldNameUrlAndOptionWhenTheRegistryIsNotThere() {
        ClusterOptions cluster =
                CommandLine.populateCommand(new ClusterOptions(), "--registry", "http://127.0.0.1:1/api");

        assertThatThrownBy(cluster::registry)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("http://127.0.0.1:1/api")
                .hasMessageContaining("--registry")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void shouldRefuseADrillWithoutEndBeforeAnythingIsStarted(@TempDir Path directory) {
        assertThat(run("drill", "demo", "--data", directory.toString())).isEqualTo(1);
        assertThat(printed()).contains("demo has no end").doesNotContain("\tat ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseToDrillInADirectoryWithData(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("lock"), "");

        assertThat(run("drill", "smoke", "--data", directory.toString())).isEqualTo(1);
        assertThat(printed()).contains(directory + " is not empty", "--data").doesNotContain("\tat ");
        assertThat(directory.resolve("fengsui.log")).doesNotExist();
    }

    @Test
    void shouldRefuseAMistypedSettingBeforeAnythingIsStarted(@TempDir Path directory) {
        assertThat(run("up", "--no-fleet", "--data", directory.toString(), "--set", "stream.threads=2"))
                .isEqualTo(1);
        assertThat(printed()).contains("stream.threads", "did you mean streams.threads?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show feed.dust-sensor/0/1",
                "show feed.dead-letter/17",
                "replay",
                "replay feed.dead-letter/0/1 --open",
                "replay --open --limit 0",
                "list --open --replayed",
                "list --since yesterday",
                "list --feed no-feed",
                "list --reason NO_REASON",
                "list --lang de"
            })
    void shouldExitWithTwoWhenDeadLettersAreAskedForWrongly(String command) {
        assertThat(run(("dead-letters " + command).split(" "))).as(printed()).isEqualTo(2);
        assertThat(printed()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void shouldJudgePayloadsInFilesAndWriteTheReport(@TempDir Path directory) throws IOException {
        Path payloads = Files.createDirectories(directory.resolve("payloads"));
        Path report = directory.resolve("report.html");
        Files.writeString(payloads.resolve("1.json"), """
                {"messageId": "1", "time": "2026-11-23T08:00:00+08:00", "collector": "DRY"}""");
        String[] check = {
            "vendor",
            "check",
            "--vendor",
            "dust-one",
            "--feed",
            "dust-sensor",
            "--file",
            payloads.toString(),
            "--html",
            report.toString()
        };
        assertThat(run(check)).isZero();
        assertThat(report).content().contains("合格");

        Files.writeString(payloads.resolve("2.json"), "{\"time\": 1, \"collector\": \"DAMP\"}");
        assertThat(run(check)).isEqualTo(1);
        assertThat(report).content().contains("2.json", "UNKNOWN_VALUE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vendor sample --feed dust",
                "vendor sample --feed dust-sensor --format csv",
                "vendor sample --feed dust-sensor --time yesterday",
                "vendor check --vendor nobody --feed dust-sensor",
                "vendor check --vendor dust-one --feed dust-sensor --broker ssl://127.0.0.1:8883",
                "vendor check --vendor dust-one --feed dust-sensor --file nowhere.json"
            })
    void shouldNameWhatIsWrongAboutAVendor(String command) {
        assertThat(run(command.split(" "))).isEqualTo(1);
        assertThat(printed()).containsAnyOf("--", "'").doesNotContain("\tat ");
    }

    @Test
    void shouldHelpWithAGroupOfCommands() {
        for (String group : new String[] {"vendor", "topics", "seeds", "rules", "bench", "dead-letters"}) {
            assertThat(run(group, "--help")).as(group).isZero();
        }
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Whatever is printed for errors is seen, the log's lines too. */
    private int run(String... arguments) {
        PrintStream before = System.err;
        PrintStream seen = new PrintStream(err, true, StandardCharsets.UTF_8);
        System.setErr(seen);
        try {
            return Main.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(seen, true, StandardCharsets.UTF_8))
                    .execute(arguments);
        } finally {
            System.setErr(before);
        }
    }
}
