package io.fengsui.schema.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Site;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {
    /** The first moment of 1 July in Kunshan. */
    private static final Instant JULY = Instant.parse("2026-06-30T16:00:00Z");

    @Test
    void shouldFindTheRowOfATimeByDaysOfTheCity() {
        Timeline<Site> sites = timeline(site("a", null, "2026-06-30"), site("b", "2026-07-01", "2026-07-31"));

        assertThat(name(sites, JULY.minusMillis(1))).isEqualTo("a");
        assertThat(name(sites, JULY)).isEqualTo("b");
        assertThat(name(sites, Instant.parse("2026-07-31T15:59:59.999Z"))).isEqualTo("b");
        assertThat(sites.at(Instant.parse("2026-07-31T16:00:00Z"))).isNull();
        assertThat(sites.on(LocalDate.parse("2026-06-30"))).isEqualTo(site("a", null, "2026-06-30"));
        assertThat(sites.last().getName()).isEqualTo("b");
    }

    @Test
    void shouldHoldForEverWithoutDays() {
        Timeline<Site> always = timeline(site("a", null, null));

        assertThat(always.at(Instant.ofEpochMilli(0))).isNotNull();
        assertThat(always.at(Instant.parse("9999-01-01T00:00:00Z"))).isNotNull();
        assertThat(always.nextChange(JULY)).isEqualTo(Long.MAX_VALUE);
        assertThat(always.since(JULY)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldTakeAMoveForNoNewBeginningAndAGapForOne() {
        Timeline<Site> sites = timeline(
                site("c", "2026-09-01", null),
                site("a", "2026-06-01", "2026-06-30"),
                site("b", "2026-07-01", "2026-07-31"));

        assertThat(sites.since(JULY))
                .isEqualTo(Instant.parse("2026-05-31T16:00:00Z").toEpochMilli());
        assertThat(sites.since(Instant.parse("2026-08-10T00:00:00Z")))
                .as("in the gap: when it is there again")
                .isEqualTo(Instant.parse("2026-08-31T16:00:00Z").toEpochMilli());
        assertThat(sites.since(Instant.parse("2026-09-10T00:00:00Z")))
                .isEqualTo(Instant.parse("2026-08-31T16:00:00Z").toEpochMilli());
        assertThat(sites.nextChange(Instant.EPOCH))
                .isEqualTo(Instant.parse("2026-05-31T16:00:00Z").toEpochMilli());
        assertThat(sites.nextChange(JULY.minusMillis(1))).isEqualTo(JULY.toEpochMilli());
        assertThat(timeline(site("a", null, "2026-06-30")).since(JULY)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldHoldAllRowsOfAKeyInOneRecord() {
        Site record = Dated.SITE.record(List.of(site("b", "2026-07-01", null), site("a", null, "2026-06-30")));

        assertThat(record.getName()).isEqualTo("b");
        assertThat(record.getOtherTimes()).containsExactly(site("a", null, "2026-06-30"));
        assertThat(Dated.SITE.timeline(record).rows()).extracting(Site::getName).containsExactly("a", "b");
        assertThat(Dated.SITE.always(record)).isFalse();
        assertThat(Dated.SITE.always(site("a", null, null))).isTrue();
    }

    private static Timeline<Site> timeline(Site... rows) {
        return Dated.SITE.timeline(Dated.SITE.record(List.of(rows)));
    }

    private static String name(Timeline<Site> sites, Instant at) {
        Site site = sites.at(at);
        return site == null ? "" : site.getName();
    }

    private static Site site(String name, @Nullable String from, @Nullable String to) {
        return Site.newBuilder()
                .setSiteId("s")
                .setName(name)
                .setKind(SiteKind.OTHER)
                .setUnitIds(List.of("zhangpu"))
                .setValidFrom(from == null ? null : LocalDate.parse(from))
                .setValidTo(to == null ? null : LocalDate.parse(to))
                .build();
    }
}
