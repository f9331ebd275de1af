package io.fengsui.seeds.scenario;

import io.fengsui.alert.AlertText;
import io.fengsui.seeds.SeedException;
import io.fengsui.seeds.csv.CsvText;
import io.fengsui.seeds.csv.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An exercise to be played on a running system, step by step, with what those who take part are expected to do.
 * data/kunshan/exercises/README.md documents every key.
 *
 * @param name of the script, as its file
 * @param title what the exercise is called
 * @param about what is played, for the announcement
 * @param participants who takes part, for the announcement
 * @param lasts how long it is played, with the time to react to the last step
 * @param steps in the order of their times
 * @param closing what brings the devices back to rest, at the end and when it is stopped
 */
public record ExerciseScript(
        String name,
        AlertText title,
        AlertText about,
        AlertText participants,
        Duration lasts,
        List<Step> steps,
        List<Step> closing,
        List<Reaction> reactions) {

    /** Stands in texts of a message for what is different each time, so that no number is that of a former exercise. */
    public static final String RUN = "{run}";

    /**
     * What a device says.
     *
     * @param at since the beginning; of a closing step, none
     * @param message fields of the feed's JSON, without id, time and status
     * @param tells what that stands for, for whoever leads the exercise
     */
    public record Step(Duration at, String device, Map<String, Object> message, AlertText tells) {}

    /** What somebody may be expected to do. */
    public enum Deed {
        ACKNOWLEDGE,
        ASSIGN,
        COMMENT,
        ESCALATE,
        REPORT,
        RESOLVE
    }

    /**
     * What is expected of those who take part.
     *
     * @param rule of the alert that it is about
     * @param subject of that alert; empty: the first of the rule
     * @param report id of the report in duty.yaml, of a REPORT
     * @param within since the alert was raised
     */
    public record Reaction(
            AlertText words,
            String rule,
            Optional<String> subject,
            Deed deed,
            Optional<String> report,
            Duration within) {}

    /**
     * Reads a file.
     *
     * @throws SeedException with every error in it, {@code file:line: key: what was found, what was expected}
     */
    public static ExerciseScript load(Path file) {
        Problems problems = new Problems();
        Path directory = file.toAbsolutePath().getParent();
        String name = String.valueOf(file.getFileName());
        Optional<ExerciseScript> script = CsvText.read(directory == null ? Path.of(".") : directory, name, problems)
                .flatMap(yaml -> ExerciseReader.read(name, yaml, problems));
        if (problems.errorCount() > 0) {
            throw new SeedException("Exercise " + file, problems.errors());
        }
        return script.orElseThrow();
    }
}
