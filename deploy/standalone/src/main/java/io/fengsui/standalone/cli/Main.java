package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program: parses the command line and runs the command. Exit codes: 0 done, 1 failed, 2 wrong usage. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Logs.useOurs();
        int status = CommandLine.ExitCode.SOFTWARE;
        try {
            status = commandLine()
                    .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                    .execute(arguments);
        } catch (Error e) {
            // A broker sets a handler of its own for what is not caught; it would be silent here.
            LoggerFactory.getLogger(Main.class).error("fengsui failed", e);
            System.err.println("fengsui failed: " + e);
        }
        System.exit(status);
    }

    static CommandLine commandLine() {
        return new CommandLine(new FengsuiCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setExecutionExceptionHandler(Main::explain);
    }

    /** People's mistakes get their message alone; anything else is ours, and the log has its trace. */
    private static int explain(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (error instanceof StartException) {
            err.println(error.getMessage());
        } else if (error instanceof KafkaException) {
            err.println(command.getCommandName() + " failed at Kafka: " + innermost(error));
        } else if (error instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        } else {
            LoggerFactory.getLogger(Main.class).error("{} failed", command.getCommandName(), error);
            err.println(command.getCommandName() + " failed: " + error);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What lies at the bottom of an error, in its own words. */
    static String innermost(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
