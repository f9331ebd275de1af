package io.fengsui.standalone.testkit;

import io.fengsui.seeds.scenario.Scenario;
import io.fengsui.standalone.Home;
import java.util.Optional;
import java.util.OptionalInt;

/** The smoke scenario, shorter. */
public final class SmallScenario {

    private SmallScenario() {}

    /** So many messages of it, at the same rate. */
    public static Scenario of(int messages, long seed) {
        Scenario smoke =
                Scenario.load(Home.locate().seeds().resolve("scenarios").resolve("smoke.yaml"));
        return new Scenario(
                smoke.name(),
                smoke.description(),
                seed,
                OptionalInt.of(messages),
                Optional.empty(),
                smoke.exercise(),
                smoke.feeds(),
                smoke.silences(),
                smoke.gatewayLosses());
    }
}
