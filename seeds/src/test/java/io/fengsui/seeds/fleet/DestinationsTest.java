package io.fengsui.seeds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.KunshanFiles;
import io.fengsui.seeds.SeedSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    private final SeedSet seeds = SeedSet.load(KunshanFiles.DIRECTORY);
    private final Destinations destinations = new Destinations(seeds);

    @Test
    void shouldSendDustVideoOfASharedSiteToBothTownshipsAndTheCity() {
        assertThat(destinations.topics(Realm.LIVE, Feeds.VIDEO_STATUS, camera("dust-002")))
                .containsExactlyInAnyOrder(
                        "township.kaifaqu.video-status",
                        "township.lujia.video-status",
                        "city.work-safety.video-status");
    }

    @Test
    void shouldSendHazardVideoToTheTownshipAlone() {
        String unit = seeds.sites().get("hazard-001").getUnitIds().get(0);

        assertThat(destinations.topics(Realm.DRILL, Feeds.VIDEO_STATUS, camera("hazard-001")))
                .containsExactly("drill.township." + unit + ".video-status");
    }

    @Test
    void shouldSendALiftToTownshipMarketRegulationAndFireBrigade() {
        assertThat(destinations.topics(
                        Realm.LIVE, Feeds.ELEVATOR_119, seeds.devices().get("583001")))
                .hasSize(3)
                .contains("city.market-regulation.elevator-119", "city.fire.elevator-119");
    }

    @Test
    void shouldHaveNoReaderForACameraThatNobodyHasAssigned() {
        List<Device> strays = seeds.devices().values().stream()
                .filter(d -> d.getSiteId() == null && d.getUnitId() == null)
                .toList();

        assertThat(strays).isNotEmpty().allMatch(d -> destinations
                .topics(Realm.LIVE, Feeds.VIDEO_STATUS, d)
                .isEmpty());
    }

    private Device camera(String siteId) {
        return seeds.devices().values().stream()
                .filter(d -> siteId.equals(d.getSiteId()) && d.getType().equals("camera"))
                .findFirst()
                .orElseThrow();
    }
}
