package io.fengsui.streams.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private static final long START = 1_000_000;

    private final CommitPace pace = new CommitPace(Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void shouldAskAtEachIntervalWhileItKeepsUp() {
        assertThat(pace.due(START)).isTrue();
        pace.onEvent(START + 20, START + 40);
        assertThat(pace.due(START + 100)).isTrue();
        assertThat(pace.due(START + 150)).isFalse();
        assertThat(pace.due(START + 200)).isTrue();
    }

    @Test
    void shouldAskAsSeldomAsItIsLateAndAtLeastOnceInTheLongestInterval() {
        assertThat(pace.due(START)).isTrue();
        pace.onEvent(START - 400, START);
        assertThat(pace.due(START + 300)).isFalse();
        assertThat(pace.due(START + 400)).isTrue();

        pace.onEvent(START - 3_600_000, START + 400);
        assertThat(pace.due(START + 1_300)).isFalse();
        assertThat(pace.due(START + 1_400)).isTrue();
    }

    @Test
    void shouldAskSoonAgainOnceTheBacklogIsDone() {
        pace.onEvent(START - 60_000, START);
        assertThat(pace.due(START)).isTrue();
        pace.onEvent(START + 10, START + 20);
        assertThat(pace.due(START + 100)).isTrue();
    }

    @Test
    void shouldGoOnWhenTheClockIsSetBack() {
        assertThat(pace.due(START)).isTrue();
        assertThat(pace.due(START - 3_600_000)).isTrue();
        assertThat(pace.due(START - 3_600_000 + 100)).isTrue();
    }
}
