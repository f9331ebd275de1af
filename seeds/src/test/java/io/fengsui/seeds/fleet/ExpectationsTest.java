package io.fengsui.seeds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.KunshanFiles;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.Expectations.Origin;
import io.fengsui.seeds.fleet.link.Outgoing;
import io.fengsui.seeds.fleet.traffic.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
    private static final SeedSet SEEDS = SeedSet.load(KunshanFiles.DIRECTORY);

    private final Expectations expectations = new Expectations("run", true);
    private final FleetCounters counters = new FleetCounters(expectations);

    @Test
    void shouldListALastWillThatMayHaveFiredAndNotCountItAsPublished() {
        Device gateway = SEEDS.devices().get("gw-beidou-hub");
        Origin origin = Origin.of(gateway, Feeds.GATEWAY, null, new Destinations(SEEDS), Instant.EPOCH);
        expectations.addLastWill(origin);
        int lost = expectations.addLastWill(origin);

        counters.willMayHaveFired(new Outgoing(lost, "topic", "id", new Payload(Payload.JSON, new byte[0])));

        List<Expectation> all = new ArrayList<>();
        expectations.forEach(all::add);
        assertThat(all).hasSize(1).allMatch(Expectation::possible).allMatch(Expectation::lastWill);
        assertThat(all.get(0).eventId()).endsWith("/" + expectations.messageId(lost));
        assertThat(all).noneMatch(Expectation::due);
        assertThat(expectations.size()).isZero();
    }
}
