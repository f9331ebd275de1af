package io.fengsui.standalone.cli;

import io.fengsui.standalone.Standalone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** Runs commands as people do, against a running standalone, and keeps what the last one said. */
final class CommandRun {
    private final Standalone standalone;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    CommandRun(Standalone standalone) {
        this.standalone = standalone;
    }

    /** Returns the exit code. */
    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Stream<String> where = Stream.of(
                "--bootstrap-servers",
                standalone.ports().bootstrapServers(),
                "--registry",
                standalone.ports().registryUrl());
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of(arguments), where).toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    /** Output and errors. */
    String all() {
        return out + "\n" + err;
    }
}
