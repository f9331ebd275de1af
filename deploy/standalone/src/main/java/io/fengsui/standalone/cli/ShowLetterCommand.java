package io.fengsui.standalone.cli;

import io.fengsui.platform.StartException;
import io.fengsui.standalone.letters.Address;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Letter;
import io.fengsui.standalone.letters.LetterCard;
import io.fengsui.standalone.letters.LetterScan;
import io.fengsui.standalone.letters.ReplayHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows all about one dead letter: why, what to do, and what came.",
            "",
            "The payload is shown as text if it is one, else as a hex dump; that of a feed with personal data not at all."
        })
final class ShowLetterCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ADDRESS",
            converter = LetterOptions.AddressConverter.class,
            description = "As 'fengsui dead-letters list' shows it, such as feed.dead-letter/0/17.")
    private @Nullable Address address;

    @Option(
            names = "--payload-to",
            paramLabel = "FILE",
            description = "Write the payload's bytes to a new file, exactly as they came.")
    private @Nullable Path file;

    @Option(
            names = "--lang",
            paramLabel = "LANG",
            defaultValue = "en",
            description = "Language: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Language language = Language.EN;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Letter letter;
        ReplayHistory history;
        try (LetterScan scan = DeadLettersCommand.scan(cluster, err)) {
            letter = scan.at(Objects.requireNonNull(address));
            history = scan.history();
        }
        new LetterCard(language, out::println).print(letter, history);
        out.flush();
        if (file != null) {
            write(letter, file);
            err.println("The payload is in " + file);
        }
        return 0;
    }

    private static void write(Letter letter, Path file) {
        if (letter.keeper().isPresent()) {
            throw new StartException("The payload of " + letter.address()
                    + " is not written to a file: it may hold personal data, which stays in its topic");
        }
        byte[] payload = letter.payload();
        if (payload == null) {
            throw new StartException(letter.address() + " has no payload: the record was without a value");
        }
        if (Files.exists(file)) {
            throw new StartException(file + " is there already; name another file with --payload-to");
        }
        try {
            Files.write(file, payload);
        } catch (IOException e) {
            throw new StartException("The payload cannot be written to " + file + ": " + e, e);
        }
    }
}
