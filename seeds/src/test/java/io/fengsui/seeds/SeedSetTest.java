package io.fengsui.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fengsui.event.Datum;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.SiteKind;
import io.fengsui.reference.Bounds;
import io.fengsui.reference.Device;
import io.fengsui.reference.Factor;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.UnitKind;
import io.fengsui.reference.VendorFactors;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Topics;
import io.fengsui.streams.rule.RuleBook;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedSetTest {

    @Test
    void shouldLoadTheShippedSetWithNoMoreThanTheTwoStrayCamerasToWarnOf() {
        SeedSet set = SeedSet.load(KunshanFiles.DIRECTORY);

        assertThat(set.warnings()).hasSize(2).allMatch(line -> line.contains("neither site nor unit"));
        assertThat(set.units().values())
                .filteredOn(u -> u.getKind() == UnitKind.TOWNSHIP || u.getKind() == UnitKind.ZONE)
                .hasSize(12);
        assertThat(set.devices()).hasSizeBetween(300, 600);
        assertThat(set.rules())
                .containsOnlyKeys(Feeds.all().stream().map(f -> f.id()).toList());
        assertThat(set.sites().values())
                .filteredOn(s -> s.getUnitIds().size() == 2)
                .isNotEmpty();
        assertThat(Topics.all(set.units().values(), set.routes().values()))
                .extracting(t -> t.name())
                .contains("township.zhangpu.video-status", "city.work-safety.dust-sensor", "drill.city.fire.alert");
    }

    @Test
    void shouldMapTheMergedTownsToTheirOwnUnitsUntilTheMerger() {
        SeedSet set = SeedSet.load(KunshanFiles.DIRECTORY);

        assertThat(set.units().get("dianshanhu").getCodes())
                .allSatisfy(code -> assertThat(code.getValidTo()).hasToString("2022-12-31"));
        assertThat(set.units().get("luyou-dujiaqu").getCodes())
                .extracting(code -> code.getCode())
                .containsExactly("320583401", "320583401000");
    }

    @Test
    void shouldGiveTheCityAloneItsBox() {
        SeedSet set = SeedSet.load(KunshanFiles.DIRECTORY);

        assertThat(set.units().values())
                .filteredOn(u -> u.getBounds() != null)
                .singleElement()
                .satisfies(city -> {
                    assertThat(city.getUnitId()).isEqualTo("kunshan");
                    assertThat(city.getBounds()).isEqualTo(new Bounds(120.8058, 31.1094, 121.1511, 31.5433));
                });
    }

    @Test
    void shouldHaveVideoIdsOfTwentyDigitsAndCamerasOnEveryKindOfSite() {
        SeedSet set = SeedSet.load(KunshanFiles.DIRECTORY);

        assertThat(set.devices().values())
                .filteredOn(d -> d.getFeed().equals("video-status"))
                .allSatisfy(d -> assertThat(d.getDeviceId()).matches("[0-9]{10}(118|131|132)0[0-9]{6}"));
        assertThat(set.devices().values())
                .filteredOn(d -> d.getFeed().equals("video-status") && d.getSiteId() != null)
                .extracting(d -> set.sites().get(d.getSiteId()).getKind())
                .contains(SiteKind.MAJOR_HAZARD, SiteKind.DUST_EXPLOSION);
    }

    @Test
    void shouldHaveAPointForEverySampleDeviceAndEveryDatumAmongThem() {
        SeedSet set = SeedSet.load(KunshanFiles.DIRECTORY);

        assertThat(set.devices().values())
                .filteredOn(d -> d.getName().startsWith("样例"))
                .extracting(Device::getPoint)
                .doesNotContainNull()
                .extracting(GeoPoint::getDatum)
                .containsOnly(Datum.WGS84, Datum.GCJ02, Datum.BD09);
        assertThat(set.devices().values())
                .filteredOn(d -> d.getSiteId() != null && d.getPoint() != null)
                .allSatisfy(d -> assertThat(degreesApart(
                                d.getPoint(), set.sites().get(d.getSiteId()).getPoint()))
                        .as(d.getDeviceId())
                        .isLessThan(0.013));
        assertThat(set.devices().values())
                .filteredOn(d -> d.getFeed().equals("beidou-report"))
                .hasSize(28)
                .allSatisfy(d -> assertThat(degreesApart(
                                d.getPoint(), set.units().get(d.getUnitId()).getPoint()))
                        .isLessThan(0.015));
    }

    /** Of whatever datums: they differ by about 0.0108 at most here. */
    private static double degreesApart(GeoPoint a, GeoPoint b) {
        return Math.max(Math.abs(a.getLongitude() - b.getLongitude()), Math.abs(a.getLatitude() - b.getLatitude()));
    }

    @Test
    void shouldTellEveryMistakeOfAFileAtOnce(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        int first = KunshanFiles.append(
                directory,
                "devices.csv",
                "no spaces,dust-one,dust-sensor,dry-collector,a,dust-001,,,60,,,,,",
                "x1,nobody,dust-sensor,dry-collector,a,dust-001,,,60,,,,,",
                "x2,dust-one,dust-senor,dry-collector,a,dust-001,,,60,,,,,",
                "x3,dust-one,dust-sensor,,a,dust-001,,,60,,,,,",
                "x4,dust-one,dust-sensor,dry-collector,a,dust-0001,,,60,,,,,",
                "x5,dust-one,dust-sensor,dry-collector,a,,zhangpuu,,60,,,,,",
                "x6,dust-one,dust-sensor,dry-collector,a,,work-safety,,60,,,,,",
                "x7,dust-one,dust-sensor,dry-collector,a,dust-001,zhangpu,,60,,,,,",
                "x8,dust-one,dust-sensor,dry-collector,a,dust-001,,gw-nowhere,60,,,,,",
                "x9,dust-one,dust-sensor,dry-collector,a,dust-001,,gw-dust-two-1,60,,,,,",
                "x10,dust-one,dust-sensor,dry-collector,a,dust-001,,dc-001-1,60,,,,,",
                "x11,dust-one,dust-sensor,dry-collector,a,dust-001,,,often,,,,,",
                "x12,dust-one,dust-sensor,dry-collector,a,dust-001,,,60,31.3,120.9,WGS84,,",
                "x13,dust-one,dust-sensor,dry-collector,a,dust-001,,,60,120.9,31.3,WGS,,",
                "x14,dust-one,dust-sensor,dry-collector,a,dust-001,,,60,,,,2026-02-30,",
                "x15,dust-one,dust-sensor,dry-collector,a,dust-001,,,60,,,,2026-02-03,2026-01-01",
                "x11,dust-one,dust-sensor,dry-collector,a,dust-001,,,60,,,,,",
                "x16,dust-one,dust-sensor");

        List<String> problems = problemsOf(directory);

        assertThat(problems)
                .containsExactly(
                        at(
                                first,
                                "deviceId: found 'no spaces', expected an id of letters, digits, '-', '_' and '.', at most 64"),
                        at(first + 1, "vendor: found 'nobody', expected an id of vendors.csv"),
                        at(
                                first + 2,
                                "feed: found 'dust-senor', expected one of "
                                        + Feeds.all().stream().map(Feed::id).collect(Collectors.joining(", "))
                                        + "; did you mean 'dust-sensor'?"),
                        at(first + 3, "type: the cell is empty, expected a value"),
                        at(
                                first + 4,
                                "siteId: found 'dust-0001', expected an id of sites.csv; did you mean 'dust-001'?"),
                        at(first + 5, "unitId: found 'zhangpuu', expected an id of units.csv; did you mean 'zhangpu'?"),
                        at(
                                first + 6,
                                "unitId: found 'work-safety' of kind DEPARTMENT, expected a TOWNSHIP, ZONE, OFFICE or AREA"),
                        at(
                                first + 7,
                                "unitId: found a unit beside a site, expected one of the two: the site's units are in charge"),
                        at(first + 8, "gatewayId: found 'gw-nowhere', expected an id of devices.csv"),
                        at(
                                first + 9,
                                "gatewayId: found a gateway of vendor dust-two, expected one of the device's own"),
                        at(
                                first + 10,
                                "gatewayId: found 'dc-001-1' of feed dust-sensor, expected a device of feed gateway"),
                        at(first + 11, "heartbeatSeconds: found 'often', expected a number from 1 to 86400"),
                        at(
                                first + 12,
                                "longitude: found 31.3,120.9 outside the city, expected longitude 120.8058 to 121.1511 "
                                        + "and latitude 31.1094 to 31.5433; longitude and latitude are swapped"),
                        at(first + 13, "datum: found 'WGS', expected one of WGS84, GCJ02, BD09"),
                        at(first + 14, "validFrom: found '2026-02-30', expected a day such as 2026-11-23"),
                        at(
                                first + 15,
                                "validTo: found 2026-01-01, expected a day not before validFrom 2026-02-03: a row that"
                                        + " holds on one day has the same day in both"),
                        at(
                                first + 16,
                                "deviceId: found 'x11' again, expected it once: it stands in line " + (first + 11)
                                        + " already; rows of other days have validFrom or validTo"),
                        at(first + 17, "found 3 cells, expected 14 as in the header"));
    }

    private static String at(int line, String message) {
        return "devices.csv:" + line + ": " + message;
    }

    @Test
    void shouldTellMistakesOfAllFilesInOneRun(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        int unit = KunshanFiles.append(directory, "units.csv", "Zhang Pu,TOWN,张浦,Zhangpu,nowhere,,,,,x");
        int code = KunshanFiles.append(directory, "unit-codes.csv", "320583105,qiandeng,2022-06-01,,x", "12,jinxi,,,x");
        int site = KunshanFiles.append(directory, "sites.csv", "s-1,a,MAJOR_HAZARD,5,a;b;c,,,,,");
        int route =
                KunshanFiles.append(directory, "routes.csv", "gateway,LIFT,false,,x", "gateway,BARN,true,zhangpu,x");
        int vendor = KunshanFiles.append(directory, "vendors.csv", "fengsui-bridge,a,b,c");

        assertThat(problemsOf(directory))
                .anyMatch(line -> line.startsWith("units.csv:" + unit + ": unitId: found 'Zhang Pu'"))
                .anyMatch(line -> line.startsWith("units.csv:" + unit + ": kind: found 'TOWN', expected one of CITY"))
                .anyMatch(line -> line.startsWith("units.csv:" + unit + ": parent: found 'nowhere'"))
                .anyMatch(line -> line.startsWith("units.csv:" + unit + ": aliases: found the name '张浦'"))
                .anyMatch(line -> line.startsWith(
                        "unit-codes.csv:" + code + ": validFrom: code 320583105 is valid here and in line"))
                .anyMatch(line ->
                        line.equals("unit-codes.csv:" + (code + 1) + ": code: found '12', expected 9 or 12 digits"))
                .anyMatch(line -> line.startsWith("sites.csv:" + site + ": grade: found '5'"))
                .anyMatch(line -> line.startsWith("sites.csv:" + site + ": unitIds: found 3 units"))
                .anyMatch(line -> line.startsWith("routes.csv:" + route + ": toUnits: nobody reads this"))
                .anyMatch(line -> line.startsWith("routes.csv:" + (route + 1) + ": siteKind: found 'BARN'"))
                .anyMatch(line -> line.startsWith("routes.csv:" + (route + 1) + ": departmentIds: found 'zhangpu'"))
                .anyMatch(line -> line.startsWith("vendors.csv:" + vendor + ": vendor: found the bridge's own user"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CITY,*,hopperWarmCelsius,5,x | name: found 'hopperWarmCelsius', expected a parameter that a file in rules/"
                        + " declares; did you mean 'hopperWarnCelsius'?",
                "CITY,*,hopperAlarmCelsius,55,x | value: found hopperAlarmCelsius 55.0, expected it not below"
                        + " hopperWarnCelsius, which is 60.0 here",
                "UNIT,zhoushi,hopperWarnCelsius,75,x | value: found hopperAlarmCelsius 70.0, expected it not below"
                        + " hopperWarnCelsius, which is 75.0 here",
                "DEVICE,dc-003-1,hopperAlarmCelsius,54,x | value: found hopperAlarmCelsius 54.0, expected it not below"
                        + " hopperWarnCelsius, which is 55.0 here",
                "CITY,*,hopperWarnCelsius,5000,x | value: found '5000', expected a number from 20 to 300",
                "CITY,zhangpu,dustHysteresisGrams,1,x | id: found 'zhangpu', expected * for scope CITY",
                "SITE,dust-999,dustHysteresisGrams,1,x | id: found 'dust-999', expected an id of sites.csv",
                "TOWN,zhangpu,dustHysteresisGrams,1,x | scope: found 'TOWN', expected one of CITY, UNIT, SITE, DEVICE",
                "CITY,*,dustHysteresisGrams,1, | source: the cell is empty, expected a value"
            })
    void shouldRefuseAParameter(String row, String problem, @TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        int line = KunshanFiles.append(directory, "parameters.csv", row);

        assertThat(problemsOf(directory)).first().asString().startsWith("parameters.csv:" + line + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dust-tow,x1,fanRunning,,,,,,x | vendor: found 'dust-tow', expected an id of vendors.csv; did you mean"
                        + " 'dust-two'?",
                "dust-one,x1-Rtd,fanRunning,,,,,,x | code: found 'x1-Rtd', expected a factor code of letters, digits and"
                        + " '_', at most 32, without -Rtd",
                "dust-one,x1,fanSpeed,,,,,,x | field: found 'fanSpeed', expected a number or a true and false of"
                        + " dust-sensor: fanRunning",
                "dust-one,x1,collector,,,,,,x | field: found 'collector', expected a number",
                "dust-one,x1,header,,,,,,x | field: found 'header', expected a number",
                "dust-one,x1,hopperTemperatureCelsius,,,,,,x | unit: the cell is empty, expected a value",
                "dust-one,x1,hopperTemperatureCelsius,0,,K,,,x | scale: found 0, by which",
                "dust-one,x1,hopperTemperatureCelsius,one,,K,,,x | scale: found 'one', expected a number",
                "dust-one,x1,hopperTemperatureCelsius,,NaN,K,,,x | offset: found 'NaN', expected a number",
                "dust-one,x1,fanRunning,,,,2026-02-01,2026-01-01,x | validTo: found 2026-01-01, expected a day not"
                        + " before validFrom 2026-02-01",
                "dust-one,x1,fanRunning,,,,,, | source: the cell is empty, expected a value",
                "dust-two,a01012,inletTemperatureCelsius,,,°C,,,x | code: found 'a01012' again, expected it once a day",
                "dust-two,x1,hopperTemperatureCelsius,,,°C,,,x | field: found 'hopperTemperatureCelsius' again",
                "dust-one,MN,device,,,,,,x | field: found 'device', expected gateway",
                "dust-one,MN,gateway,2,,,,,x | scale: found '2', expected nothing beside MN"
            })
    void shouldRefuseAFactorCode(String row, String problem, @TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        int line = KunshanFiles.append(directory, "factors.csv", row);

        assertThat(problemsOf(directory)).first().asString().startsWith("factors.csv:" + line + ": " + problem);
    }

    @Test
    void shouldKeepTheCodesOfAVendorTogether(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        KunshanFiles.append(
                directory,
                "factors.csv",
                "dust-one,MN,gateway,,,,,,x",
                "dust-one,x1,fanRunning,,,,,2026-01-31,x",
                "dust-one,x1,sparkDetected,-1,1,,2026-02-01,,x");

        VendorFactors factors = SeedSet.load(directory).factors().get("dust-one");

        assertThat(factors.getGatewayNumber()).isTrue();
        assertThat(factors.getFactors())
                .containsExactly(
                        new Factor("x1", "fanRunning", 1.0, 0.0, "", null, LocalDate.parse("2026-01-31")),
                        new Factor("x1", "sparkDetected", -1.0, 1.0, "", LocalDate.parse("2026-02-01"), null));
        assertThat(SeedSet.load(directory).factors()).containsOnlyKeys("dust-two", "dust-one");
    }

    @Test
    void shouldTellForHowManyDevicesAParameterHasNoValue(@TempDir Path directory) {
        // What water a wet collector needs, its maker says; no source gives a figure for all.
        assertThat(SeedSet.load(KunshanFiles.DIRECTORY).unset())
                .filteredOn(line -> line.contains("dust-sensor"))
                .hasSize(3)
                .allMatch(line -> line.startsWith("param.waterFlow") || line.startsWith("param.waterLevelAlarm"));

        withoutDefaults(directory);
        SeedSet set = SeedSet.load(directory);
        long collectors = set.devices().values().stream()
                .filter(device -> device.getFeed().equals("dust-sensor"))
                .count();

        assertThat(set.unset())
                .contains("param.waterLevelMinMetres has no value for " + (collectors - 1) + " of " + collectors
                        + " devices of dust-sensor: what needs it says nothing about them");
    }

    @Test
    void shouldCompareLevelsOnlyWhereBothHaveAValue(@TempDir Path directory) {
        withoutDefaults(directory);
        KunshanFiles.append(directory, "parameters.csv", "DEVICE,dc-003-1,hydrogenAlarmPercentLel,5,x");
        assertThat(problemsOf(directory)).isEmpty();

        KunshanFiles.append(directory, "parameters.csv", "CITY,*,hydrogenWarnPercentLel,6,x");
        assertThat(problemsOf(directory))
                .singleElement()
                .asString()
                .endsWith("value: found hydrogenAlarmPercentLel 5.0, expected it not below hydrogenWarnPercentLel,"
                        + " which is 6.0 here");
    }

    private static void withoutDefaults(Path directory) {
        KunshanFiles.copyTo(directory);
        KunshanFiles.write(
                directory,
                "rules/dust-sensor.yaml",
                KunshanFiles.read(directory, "rules/dust-sensor.yaml")
                        .replace("en: Lowest water level, default: 0,", "en: Lowest water level,")
                        .replace("en: Hydrogen warning level, default: 25,", "en: Hydrogen warning level,"));
    }

    @Test
    void shouldPassOnWhatTheRuleCompilerSaysAndRefuseAFileOfNoFeed(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        KunshanFiles.write(directory, "rules/gateway.yaml", "feed: gateway\nrules:\n  - id: x\n");
        KunshanFiles.write(directory, "rules/weather.yaml", "feed: weather\n");

        assertThat(problemsOf(directory))
                .anyMatch(line -> line.matches("rules/gateway\\.yaml:[0-9]+: .*"))
                .anyMatch(line -> line.startsWith("rules/weather.yaml:1: found a file of no feed"));
    }

    @Test
    void shouldRefuseRuleFilesThatTheStreamsAppWouldRefuse(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        String gateway = KunshanFiles.read(directory, "rules/gateway.yaml");
        String elevator = KunshanFiles.read(directory, "rules/elevator-119.yaml");
        KunshanFiles.write(
                directory, "rules/gateway.yaml", gateway.replace("id: gateway-down", "id: elevator-entrapment"));
        KunshanFiles.write(directory, "rules/elevator-119.yml", elevator);
        KunshanFiles.write(
                directory,
                "rules/video-status.yaml",
                KunshanFiles.read(directory, "rules/video-status.yaml")
                        .replace("videoMissedHeartbeats", "dustMissedHeartbeats"));
        KunshanFiles.write(directory, "rules/beidou-report.yaml", elevator);

        List<String> problems = problemsOf(directory);

        assertThat(problems)
                .anyMatch(line -> line.equals("rules/gateway.yaml:" + lineOf(gateway, "id: gateway-down")
                        + ": found rule 'elevator-entrapment', expected a name that rules/beidou-report.yaml has not"))
                .anyMatch(line -> line.startsWith("rules/elevator-119.yml:1: found a file of no feed"))
                .anyMatch(line -> line.matches("rules/video-status.yaml:[0-9]+: found parameter 'dustMissedHeartbeats',"
                        + " expected a name that rules/dust-sensor.yaml has not"))
                .anyMatch(line -> line.equals("rules/beidou-report.yaml:" + lineOf(elevator, "feed: ")
                        + ": feed: found elevator-119, expected beidou-report"));
        assertThat(refusedByTheStreamsApp(directory)).isNotEmpty();
    }

    @Test
    void shouldTakeNoRuleFileThatTheStreamsAppRefuses() {
        assertThat(refusedByTheStreamsApp(KunshanFiles.DIRECTORY)).isEmpty();
    }

    private static int lineOf(String text, String part) {
        return 1
                + (int) text.substring(0, text.indexOf(part))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** Feeds whose file it does not put in force. */
    private static List<String> refusedByTheStreamsApp(Path directory) {
        List<String> refused = new ArrayList<>();
        RuleBook book = new RuleBook(refused::add);
        for (Feed<?> feed : Feeds.all()) {
            String yaml = KunshanFiles.read(directory, "rules/" + feed.id() + ".yaml");
            book.accept(feed.id(), new RuleFile(feed.id(), feed.id() + ".yaml", "", yaml, null));
        }
        return refused;
    }

    @Test
    void shouldBlameNoRowForWhatAnotherFileFailedToSay(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        String units = KunshanFiles.read(directory, "units.csv");
        KunshanFiles.write(directory, "units.csv", units.replace("unitId,kind", "unitId,sort"));
        KunshanFiles.write(directory, "rules/dust-sensor.yaml", "feed: dust-sensor\nrules:\n  - id: x\n");

        assertThat(problemsOf(directory))
                .contains("units.csv:1: kind: the column is missing, expected it in the header")
                .allMatch(line -> line.startsWith("units.csv:1: ") || line.startsWith("rules/dust-sensor.yaml:"));
    }

    @Test
    void shouldTellOnceThatAValueIsNoNumber(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        int line = KunshanFiles.append(directory, "parameters.csv", "DEVICE,dc-003-1,hopperAlarmCelsius,warm,x");

        assertThat(problemsOf(directory))
                .containsExactly("parameters.csv:" + line + ": value: found 'warm', expected a number from 20 to 300");
    }

    @Test
    void shouldRefuseACityThatIsNoUnit(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        String city = KunshanFiles.read(directory, "city.csv");
        KunshanFiles.write(directory, "city.csv", city.replace("\nkunshan,", "\nkunshann,"));

        assertThat(problemsOf(directory))
                .containsExactly("city.csv:2: unitId: found 'kunshann', expected an id of units.csv;"
                        + " did you mean 'kunshan'?");
    }

    @Test
    void shouldReadWhatASpreadsheetWritesAndWarnOfIt(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        String text = KunshanFiles.read(directory, "vendors.csv");
        KunshanFiles.write(directory, "vendors.csv", "\uFEFF" + text.replace("\n", "\r\n"));

        assertThat(SeedSet.load(directory).warnings())
                .anyMatch(line -> line.startsWith("vendors.csv:1: found a byte order mark"))
                .anyMatch(line -> line.startsWith("vendors.csv:1: found lines that end in CRLF"));
    }

    @Test
    void shouldNameTheLineThatIsNoUtf8(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        String text = "vendor,nameZh,nameEn,note\nok,ok,ok,\nv2,厂商,vendor,\n";
        KunshanFiles.write(directory, "vendors.csv", text.getBytes(Charset.forName("GB18030")));

        assertThat(problemsOf(directory))
                .anyMatch(line -> line.startsWith("vendors.csv:3: found byte 0xB3, expected UTF-8"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vendor,nameZh,name,note | vendors.csv:1: name: found a column of that name, expected only"
                        + " vendor,nameZh,nameEn,note; did you mean 'nameZh'?",
                "vendor,nameZh,note | vendors.csv:1: nameEn: the column is missing, expected it in the header",
                "vendor,nameZh,nameEn,note,note | vendors.csv:1: note: found the column twice, expected it once"
            })
    void shouldRefuseAHeader(String header, String problem, @TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        KunshanFiles.write(directory, "vendors.csv", header + "\n");

        assertThat(problemsOf(directory)).anyMatch(line -> line.startsWith(problem.split(";")[0]));
    }

    @Test
    void shouldTellAnOpenQuoteAndAMissingAndAnEmptyFile(@TempDir Path directory) throws Exception {
        KunshanFiles.copyTo(directory);
        KunshanFiles.append(directory, "routes.csv", "gateway,LIFT,true,,\"never closed");
        KunshanFiles.write(directory, "city.csv", "");
        java.nio.file.Files.delete(directory.resolve("vendors.csv"));

        assertThat(problemsOf(directory))
                .anyMatch(line -> line.matches("routes.csv:[0-9]+: found a quote that is never closed.*"))
                .anyMatch(line -> line.startsWith("city.csv:1: the file is empty"))
                .anyMatch(line -> line.startsWith("vendors.csv:1: there is no such file"));
    }

    @Test
    void shouldWarnOfADeviceThatIsValidBeyondItsSite(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        KunshanFiles.append(directory, "sites.csv", "brief,a,OTHER,,zhoushi,,,,2026-02-01,2026-03-31");
        int line = KunshanFiles.append(
                directory,
                "devices.csv",
                "b1,dust-one,dust-sensor,dry-collector,a,brief,,,60,,,,2026-02-01,2026-03-31",
                "b2,dust-one,dust-sensor,dry-collector,a,brief,,,60,,,,2026-02-01,2026-04-01",
                "b3,dust-one,dust-sensor,dry-collector,a,brief,,,60,,,,,2026-03-01");

        assertThat(SeedSet.load(directory).warnings())
                .filteredOn(warning -> warning.contains("valid beyond"))
                .containsExactly(
                        at(
                                line + 1,
                                "validTo: found a device that is valid beyond its site, which is from 2026-02-01 to"
                                        + " 2026-03-31: outside these days nobody reads its events"),
                        at(
                                line + 2,
                                "validFrom: found a device that is valid beyond its site, which is from 2026-02-01 to"
                                        + " 2026-03-31: outside these days nobody reads its events"));
    }

    @Test
    void shouldWarnOfAPointJustOutsideTheCity(@TempDir Path directory) {
        KunshanFiles.copyTo(directory);
        int line = KunshanFiles.append(
                directory, "sites.csv", "edge,a,OTHER,,zhoushi,121.0,31.6,WGS84,,", "edge2,a,OTHER,,zhoushi,,,,,");

        assertThat(SeedSet.load(directory).warnings())
                .anyMatch(w -> w.startsWith("sites.csv:" + line + ": longitude: found 121.0,31.6 outside the city"));
    }

    private static List<String> problemsOf(Path directory) {
        return Stream.ofNullable(catchThrowableOfType(SeedException.class, () -> SeedSet.load(directory)))
                .flatMap(e -> e.problems().stream())
                .toList();
    }
}
