package io.fengsui.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.seeds.sample.SampleCity;
import org.junit.jupiter.api.Test;

class SampleSeedsTest {

    @Test
    void shouldGenerateExactlyWhatIsCommitted() {
        SampleCity city = SampleSeeds.of(KunshanFiles.DIRECTORY, SampleSeeds.SEED);

        assertThat(city.sitesCsv()).isEqualTo(KunshanFiles.read(KunshanFiles.DIRECTORY, "sites.csv"));
        assertThat(city.devicesCsv()).isEqualTo(KunshanFiles.read(KunshanFiles.DIRECTORY, "devices.csv"));
    }

    @Test
    void shouldGenerateAnotherCityFromAnotherSeed() {
        assertThat(SampleSeeds.of(KunshanFiles.DIRECTORY, 7)).isNotEqualTo(SampleSeeds.of(KunshanFiles.DIRECTORY, 8));
    }

    @Test
    void shouldNameEverySiteAsASample() {
        String[] rows = SampleSeeds.of(KunshanFiles.DIRECTORY, 3).sitesCsv().split("\n");

        assertThat(rows).hasSizeGreaterThan(80);
        assertThat(rows).filteredOn(row -> !row.startsWith("siteId")).allMatch(row -> row.contains("样例"));
    }
}
