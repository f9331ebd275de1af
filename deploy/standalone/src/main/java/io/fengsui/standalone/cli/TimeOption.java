package io.fengsui.standalone.cli;

import io.fengsui.standalone.letters.Moment;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads what an option says of a time; what cannot be read is wrong usage. */
final class TimeOption {
    private TimeOption() {}

    static Instant parse(@Nullable CommandSpec spec, String option, String text, Instant now) {
        try {
            return Moment.parse(text, now);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), option + ": " + e.getMessage());
        }
    }
}
