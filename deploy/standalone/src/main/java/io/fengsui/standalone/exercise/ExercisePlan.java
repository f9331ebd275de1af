package io.fengsui.standalone.exercise;

import io.fengsui.alert.AlertText;
import io.fengsui.seeds.scenario.ExerciseScript;
import io.fengsui.seeds.scenario.ExerciseScript.Reaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An exercise that is about to be played.
 *
 * @param name of the exercise, on each of its alerts; whoever acts on one types it
 * @param lasts from the first step to the evaluation
 * @param cues in the order of their times
 * @param devices all that say something
 */
public record ExercisePlan(
        String name,
        AlertText title,
        AlertText about,
        AlertText participants,
        Duration lasts,
        List<Cue> cues,
        Set<String> devices,
        List<Reaction> reactions) {

    /**
     * Something that a device is going to say.
     *
     * @param at since the beginning
     */
    public record Cue(Duration at, String device, AlertText tells) {}

    /**
     * A script as it is played.
     *
     * @param speed how much faster than written; the time to react to the last step stays
     * @param lasts instead of the script's
     */
    public static ExercisePlan of(ExerciseScript script, String name, double speed, Duration lasts) {
        List<Cue> cues = new ArrayList<>();
        Set<String> devices = new LinkedHashSet<>();
        for (ExerciseScript.Step step : script.steps()) {
            cues.add(new Cue(faster(step.at(), speed), step.device(), step.tells()));
            devices.add(step.device());
        }
        script.closing().forEach(step -> devices.add(step.device()));
        return new ExercisePlan(
                name,
                script.title(),
                script.about(),
                script.participants(),
                lasts,
                List.copyOf(cues),
                Set.copyOf(devices),
                script.reactions());
    }

    /** How long a script lasts when it is played faster. */
    public static Duration lasts(ExerciseScript script, double speed) {
        Duration last = script.steps().get(script.steps().size() - 1).at();
        return faster(last, speed).plus(script.lasts().minus(last));
    }

    static Duration faster(Duration time, double speed) {
        return Duration.ofMillis(Math.round(time.toMillis() / speed));
    }
}
