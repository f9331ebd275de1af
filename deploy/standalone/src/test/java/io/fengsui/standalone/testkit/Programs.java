package io.fengsui.standalone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.standalone.process.ChildProcess;
import io.fengsui.standalone.process.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that tests run: those of other makers, and our own command line. */
public final class Programs {

    /** What a program printed, and its exit code. */
    public record Result(int status, String output) {}

    private Programs() {}

    /** Skips the test with a message if a program is not on this machine. */
    public static void require(String program) {
        boolean found = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(found || Files.isExecutable(Path.of("/usr/sbin", program)), program + " is not on this machine");
    }

    /** Runs a program to its end, output and errors together; fails after a minute. */
    public static Result run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    /**
     * Publishes with mosquitto_pub at QoS 1, as a vendor does.
     *
     * @param payload what to send: {@code -m} and a text, or {@code -f} and a file
     */
    public static Result publish(int port, String user, String password, String topic, String... payload)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "mosquitto_pub",
                "-h",
                Ports.HOST,
                "-p",
                Integer.toString(port),
                "-q",
                "1",
                "-u",
                user,
                "-P",
                password,
                "-t",
                topic));
        command.addAll(List.of(payload));
        return run(command.toArray(String[]::new));
    }

    /** Our own command line as a process, with the quick compiler alone as in the start script. */
    public static ProcessBuilder fengsui(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ChildProcess.java(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=Asia/Shanghai",
                "-cp",
                System.getProperty("java.class.path"),
                "io.fengsui.standalone.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
