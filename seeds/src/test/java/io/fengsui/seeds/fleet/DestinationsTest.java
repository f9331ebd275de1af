package io.fengsui.seeds.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.reference.Device;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.KunshanFiles;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.Destinations.Destination;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");

    private final SeedSet seeds = SeedSet.load(KunshanFiles.DIRECTORY);
    private final Destinations destinations = new Destinations(seeds);

    @Test
    void shouldSendDustVideoOfASharedSiteToBothTownshipsAndTheCity() {
        assertThat(destinations
                        .of(Realm.LIVE, Feeds.VIDEO_STATUS, camera("dust-002"), null, NOW)
                        .topics())
                .containsExactlyInAnyOrder(
                        "township.kaifaqu.video-status",
                        "township.lujia.video-status",
                        "city.work-safety.video-status");
    }

    @Test
    void shouldSendHazardVideoToTheTownshipAlone() {
        String unit = seeds.sites().get("hazard-001").getUnitIds().get(0);

        assertThat(destinations
                        .of(Realm.DRILL, Feeds.VIDEO_STATUS, camera("hazard-001"), null, NOW)
                        .topics())
                .containsExactly("drill.township." + unit + ".video-status");
    }

    @Test
    void shouldSendALiftToTownshipMarketRegulationAndFireBrigade() {
        assertThat(destinations
                        .of(Realm.LIVE, Feeds.ELEVATOR_119, seeds.devices().get("583001"), null, NOW)
                        .topics())
                .hasSize(3)
                .contains("city.market-regulation.elevator-119", "city.fire.elevator-119");
    }

    @Test
    void shouldHaveNoReaderForACameraThatNobodyHasAssigned() {
        List<Device> strays = seeds.devices().values().stream()
                .filter(d -> d.getSiteId() == null && d.getUnitId() == null)
                .toList();

        assertThat(strays).isNotEmpty().allSatisfy(d -> assertThat(
                        destinations.of(Realm.LIVE, Feeds.VIDEO_STATUS, d, null, NOW))
                .isEqualTo(new Destination(Outcome.UNROUTED, List.of("feed.unrouted"))));
    }

    @Test
    void shouldLeaveACopyInTheQueueWhenADepartmentReadsAndTheTownshipIsMissed() {
        Device stray = Device.newBuilder(seeds.devices().get("dc-006-1"))
                .setSiteId(null)
                .build();

        assertThat(destinations.of(Realm.DRILL, Feeds.DUST_SENSOR, stray, null, NOW))
                .isEqualTo(new Destination(
                        Outcome.ROUTED, List.of("drill.city.work-safety.dust-sensor", "drill.feed.unrouted")));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23T15:59:59Z,ROUTED", "2026-11-23T16:00:00Z,UNROUTED", "2026-11-21T15:59:59Z,UNROUTED"})
    void shouldHaveNoReaderOutsideTheDaysOfASite(Instant eventTime, Outcome outcome) {
        Device device = seeds.devices().get("dc-006-1");
        Map<String, Site> sites = new HashMap<>(seeds.sites());
        sites.put(
                device.getSiteId(),
                Site.newBuilder(sites.get(device.getSiteId()))
                        .setValidFrom(LocalDate.of(2026, 11, 22))
                        .setValidTo(LocalDate.of(2026, 11, 23))
                        .build());
        SeedSet brief = new SeedSet(
                seeds.city(),
                seeds.vendors(),
                seeds.units(),
                sites,
                seeds.devices(),
                seeds.routes(),
                seeds.parameters(),
                seeds.factors(),
                seeds.maintenance(),
                seeds.rules(),
                seeds.incidents(),
                seeds.duty(),
                seeds.unset(),
                seeds.warnings());

        assertThat(new Destinations(brief)
                        .of(Realm.LIVE, Feeds.DUST_SENSOR, device, null, eventTime)
                        .outcome())
                .isEqualTo(outcome);
    }

    private Device camera(String siteId) {
        return seeds.devices().values().stream()
                .filter(d -> siteId.equals(d.getSiteId()) && d.getType().equals("camera"))
                .findFirst()
                .orElseThrow();
    }
}
