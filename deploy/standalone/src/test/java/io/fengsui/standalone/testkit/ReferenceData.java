package io.fengsui.standalone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.reference.Device;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.seeds.SeedLoader;
import io.fengsui.seeds.SeedSet;
import io.fengsui.standalone.Standalone;
import java.time.Duration;
import java.util.Map;

/** Changes the reference data of a running standalone. */
public final class ReferenceData {
    private ReferenceData() {}

    /** Loads these devices instead of those there were, and waits until the streams app knows as many. */
    public static void loadDevices(Standalone standalone, Map<String, Device> devices, Duration atMost)
            throws InterruptedException {
        SeedSet seeds = standalone.seeds();
        SeedSet changed = new SeedSet(
                seeds.city(),
                seeds.vendors(),
                seeds.units(),
                seeds.sites(),
                devices,
                seeds.routes(),
                seeds.parameters(),
                seeds.factors(),
                seeds.maintenance(),
                seeds.rules(),
                seeds.incidents(),
                seeds.duty(),
                seeds.unset(),
                seeds.warnings());
        new SeedLoader(standalone.clients(), SchemaRegistry.connect(standalone.clients())).load(changed, false);
        await().atMost(atMost).untilAsserted(() -> assertThat(standalone.check().details())
                .hasEntrySatisfying(
                        "streams.reference", counts -> assertThat(counts).contains("ref.device=" + devices.size())));
    }
}
