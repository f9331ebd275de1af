package io.fengsui.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.platform.StartException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StagesTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Stages stages = new Stages((what, where, took) -> seen.add(what + " up"));

    @Test
    void shouldStopTheLastStageFirst() throws InterruptedException {
        stages.start(step("a", () -> {}));
        stages.start(step("b", () -> {}));

        stages.close();

        assertThat(seen).containsExactly("a up", "b up", "b down", "a down");
    }

    @Test
    void shouldGiveTheStepsOwnFailureAndStopWhatWasBegun() {
        StartException failure = new StartException("no");

        assertThatThrownBy(() -> stages.start(step("a", () -> {
                    throw failure;
                })))
                .isSameAs(failure);
        stages.close();

        assertThat(seen).containsExactly("a down");
        assertThatThrownBy(() -> stages.start(step("b", () -> {}))).isInstanceOf(StartException.class);
    }

    @Test
    void shouldCallAStepThatWasBrokenOffAnInterruption() {
        assertThatThrownBy(() -> stages.start(step("a", () -> {
                    throw new InterruptedException("told to end");
                })))
                .isInstanceOf(InterruptedException.class);
    }

    private Stages.Step step(String name, Stages.Start start) {
        return new Stages.Step(name, "", start, () -> seen.add(name + " down"));
    }
}
