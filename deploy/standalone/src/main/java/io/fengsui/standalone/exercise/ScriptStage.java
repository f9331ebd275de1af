package io.fengsui.standalone.exercise;

import io.fengsui.seeds.fleet.ScriptPlayer;
import io.fengsui.seeds.scenario.ExerciseScript;
import io.fengsui.seeds.scenario.ExerciseScript.Step;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A script, said over MQTT as the vendors of its devices would. */
public final class ScriptStage implements Stage {
    private final ExerciseScript script;
    private final ScriptPlayer player;
    private final InstantSource clock;
    private final Set<String> spoke = new HashSet<>();

    public ScriptStage(ExerciseScript script, ScriptPlayer player, InstantSource clock) {
        this.script = script;
        this.player = player;
        this.clock = clock;
    }

    @Override
    public void open() {
        List<Step> all = new ArrayList<>(script.steps());
        all.addAll(script.closing());
        player.connect(all);
    }

    @Override
    public void play(int cue) throws InterruptedException {
        Step step = script.steps().get(cue);
        spoke.add(step.device());
        player.play(step, clock.instant());
    }

    /** A device that said nothing has nothing to come back from. */
    @Override
    public void rest() throws InterruptedException {
        for (Step step : script.closing()) {
            if (spoke.contains(step.device())) {
                player.play(step, clock.instant());
            }
        }
    }

    @Override
    public void close() {
        player.close();
    }
}
