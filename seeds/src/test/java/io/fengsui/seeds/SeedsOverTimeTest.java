package io.fengsui.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.fleet.Destinations;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of one key for several times, as city staff write them. */
class SeedsOverTimeTest {
    private static final LocalDate LAST = LocalDate.parse("2026-06-30");
    private static final LocalDate FIRST = LocalDate.parse("2026-07-01");

    @TempDir
    private Path directory;

    @BeforeEach
    void copy() {
        KunshanFiles.copyTo(directory);
    }

    @Test
    void shouldHoldTheRowsOfAKeyInOneRecord() {
        KunshanFiles.append(
                directory,
                "sites.csv",
                "moving,a,OTHER,,zhangpu,,,,2026-07-01,",
                "moving,a,OTHER,,jinxi;zhangpu,,,,,2026-06-30");
        KunshanFiles.append(
                directory,
                "devices.csv",
                "moving-1,dust-one,dust-sensor,dry-collector,a,dust-001,,,60,,,,,2026-06-30",
                "moving-1,dust-one,dust-sensor,dry-collector,a,dust-002,,,60,,,,2026-07-01,");
        KunshanFiles.write(directory, "routes-later.csv", """
                feed,siteKind,toUnits,departmentIds,note,validFrom,validTo
                dust-sensor,OTHER,true,,a,,2026-06-30
                dust-sensor,OTHER,false,fire,b,2026-07-01,
                """);
        KunshanFiles.write(directory, "parameters-later.csv", """
                scope,id,name,value,source,validFrom,validTo
                SITE,dust-001,dustWarnGrams,4,a,,2026-06-30
                SITE,dust-001,dustWarnGrams,3,a,2026-07-01,
                """);

        SeedSet set = SeedSet.load(directory);

        Site site = set.sites().get("moving");
        assertThat(site.getUnitIds()).containsExactly("zhangpu");
        assertThat(site.getValidFrom()).isEqualTo(FIRST);
        assertThat(site.getOtherTimes()).singleElement().satisfies(former -> {
            assertThat(former.getUnitIds()).containsExactly("jinxi", "zhangpu");
            assertThat(former.getValidTo()).isEqualTo(LAST);
            assertThat(former.getOtherTimes()).isEmpty();
        });
        Device device = set.devices().get("moving-1");
        assertThat(device.getSiteId()).isEqualTo("dust-002");
        assertThat(device.getOtherTimes()).extracting(Device::getSiteId).containsExactly("dust-001");
        Route route = set.routes().get("dust-sensor|" + SiteKind.OTHER);
        assertThat(Dated.ROUTE.rows(route)).extracting(Route::getNote).containsExactly("b", "a");
        Parameter parameter = set.parameters().get("SITE|dust-001|dustWarnGrams");
        assertThat(Dated.PARAMETER.rows(parameter))
                .extracting(Parameter::getValue)
                .containsExactly(3.0, 4.0);
        assertThat(Topics.all(set.units().values(), List.of(route)))
                .as("who read once still has a topic")
                .extracting(topic -> topic.name())
                .contains("township.zhangpu.dust-sensor", "city.fire.dust-sensor");
        assertThat(reachedAt(set, device, "2026-06-30T12:00:00Z"))
                .isNotEqualTo(reachedAt(set, device, "2026-06-30T16:00:00Z"));
    }

    private static List<String> reachedAt(SeedSet set, Device device, String time) {
        return new Destinations(set)
                .of(Realm.LIVE, Feeds.DUST_SENSOR, device, null, Instant.parse(time))
                .topics();
    }

    @Test
    void shouldRefuseRowsThatOverlap() {
        int line = KunshanFiles.append(
                directory,
                "sites.csv",
                "moving,a,OTHER,,zhangpu,,,,2026-06-30,",
                "moving,a,OTHER,,jinxi,,,,,2026-06-30");

        assertThat(problems())
                .containsExactly(
                        "sites.csv:" + (line + 1) + ": validFrom: 'moving' is valid here from ever to 2026-06-30"
                                + " and in line " + line
                                + " from 2026-06-30 to ever, expected days that do not overlap: end the"
                                + " earlier row on the day before the later one begins");
    }

    @Test
    void shouldRefuseAUnitThatIsNotThereThen() {
        String units =
                KunshanFiles.read(directory, "units.csv").lines().findFirst().orElseThrow();
        KunshanFiles.write(
                directory,
                "units-new.csv",
                units + ",validFrom,validTo\nold-town,TOWNSHIP,旧镇,Old Town,kunshan,,,,,x,,2026-06-30\n"
                        + "old-office,DEPARTMENT,旧局,Old Office,kunshan,,,,,x,,2026-06-30\n");
        String only =
                " from ever to ever, but there is such a unit from ever to 2026-06-30 only; expected validFrom and"
                        + " validTo within these days, and a row with the unit in charge for the others";
        int site = KunshanFiles.append(
                directory, "sites.csv", "s-1,a,OTHER,,old-town;zhangpu,,,,,", "s-2,a,OTHER,,old-town,,,,,2026-06-30");
        int device = KunshanFiles.append(
                directory, "devices.csv", "d-1,dust-one,dust-sensor,dry-collector,a,,old-town,,60,,,,,");
        int code = KunshanFiles.append(directory, "unit-codes.csv", "320583999,old-town,,,x");
        int route = KunshanFiles.append(directory, "routes.csv", "gateway,LIFT,false,old-office,x");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "sites.csv:" + site + ": unitIds: found 'old-town'" + only,
                        "devices.csv:" + device + ": unitId: found 'old-town'" + only,
                        "unit-codes.csv:" + code + ": unitId: found 'old-town'" + only,
                        "routes.csv:" + route + ": departmentIds: found 'old-office'" + only);
    }

    @Test
    void shouldRefuseADeviceThatChangesItsFeed() {
        int line = KunshanFiles.append(
                directory,
                "devices.csv",
                "d-1,dust-one,dust-sensor,dry-collector,a,dust-001,,,60,,,,,2026-06-30",
                "d-1,dust-one,video-status,camera,a,dust-001,,,60,,,,2026-07-01,");

        assertThat(problems())
                .containsExactly("devices.csv:" + (line + 1)
                        + ": feed: found 'video-status', expected dust-sensor as in" + " line " + line
                        + ": a device has one feed on all its days; what becomes another has another id");
    }

    @Test
    void shouldRefuseAnAlarmLevelThatIsWrongOnSomeDaysAlone() {
        KunshanFiles.write(directory, "parameters-later.csv", """
                scope,id,name,value,source,validFrom,validTo
                SITE,dust-001,dustWarnGrams,4,a,,2026-06-30
                SITE,dust-001,dustWarnGrams,6,a,2026-07-01,
                SITE,dust-001,dustAlarmGrams,5,a,,
                """);

        assertThat(problems())
                .containsExactly("parameters-later.csv:4: value: found dustAlarmGrams 5.0, expected it not below"
                        + " dustWarnGrams, which is 6.0 here");
    }

    @Test
    void shouldWarnOfADeviceThatIsThereBetweenTheDaysOfItsSite() {
        KunshanFiles.append(
                directory, "sites.csv", "gap,a,OTHER,,zhangpu,,,,,2026-06-29", "gap,a,OTHER,,jinxi,,,,2026-07-01,");
        int line = KunshanFiles.append(
                directory,
                "devices.csv",
                "d-1,dust-one,dust-sensor,dry-collector,a,gap,,,60,,,,,",
                "d-2,dust-one,dust-sensor,dry-collector,a,gap,,,60,,,,2026-07-01,");

        assertThat(SeedSet.load(directory).warnings())
                .filteredOn(warning -> warning.startsWith("devices.csv"))
                .filteredOn(warning -> warning.contains("beyond"))
                .singleElement()
                .asString()
                .startsWith("devices.csv:" + line + ": validFrom: ");
    }

    private List<String> problems() {
        SeedException refused = catchThrowableOfType(SeedException.class, () -> SeedSet.load(directory));
        assertThat(refused).as("the set is refused").isNotNull();
        return refused.problems();
    }
}
