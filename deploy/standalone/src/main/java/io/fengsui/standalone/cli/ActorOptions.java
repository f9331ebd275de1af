package io.fengsui.standalone.cli;

import io.fengsui.standalone.letters.ReplayTransactions.Order;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who does something that others will ask about, and why. */
final class ActorOptions {
    private static final int LONGEST_NOTE = 1_000;

    @Option(names = "--by", paramLabel = "NAME", description = "Who does it (default: the user of the system).")
    private String by = System.getProperty("user.name", "unknown");

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for those who look later.")
    private @Nullable String note;

    @Option(names = "--dry-run", description = "Only say what would be done; nothing is written.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    boolean dryRun() {
        return dryRun;
    }

    boolean yes() {
        return yes;
    }

    /** @throws ParameterException if nobody is named or the note is too long */
    void check() {
        if (by.isBlank() || (note != null && note.length() > LONGEST_NOTE)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    by.isBlank() ? "--by names nobody" : "--note is longer than 1,000 characters");
        }
    }

    Order order() {
        return new Order(by, note, InstantSource.system().instant());
    }
}
