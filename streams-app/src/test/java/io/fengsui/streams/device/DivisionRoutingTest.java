package io.fengsui.streams.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.Datum;
import io.fengsui.event.EventHeader;
import io.fengsui.event.EventSource;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.reference.Device;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Route;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.Routing;
import io.fengsui.streams.route.Routing.Shortfall;
import io.fengsui.streams.route.UnitRouter;
import io.fengsui.streams.route.UnroutedReason;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleEngine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event that names its own division goes to that unit, whatever unit its device is of. */
class DivisionRoutingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final LocalDate LAST_DAY = LocalDate.parse("2022-12-31");

    private final ReferenceView reference = ReferenceView.of(
            List.of(
                    unit("bacheng", UnitKind.TOWNSHIP, "巴城镇", code("320583101", null), code("320583101000", null)),
                    unit("dianshanhu", UnitKind.TOWNSHIP, "淀山湖镇", code("320583105", LAST_DAY)),
                    unit("huaqiao", UnitKind.ZONE, "花桥经济开发区", code("320583104", null)),
                    unit("kunshan", UnitKind.CITY, "昆山市", code("320583000000", null)),
                    unit("police", UnitKind.DEPARTMENT, "市公安局")),
            List.of(),
            List.of(Device.newBuilder()
                    .setDeviceId("platform")
                    .setVendor("acme")
                    .setFeed("gateway")
                    .setType("platform")
                    .setName("平台")
                    .setUnitId("huaqiao")
                    .setPoint(new GeoPoint(121.09, 31.3, Datum.WGS84))
                    .build()),
            List.of(Route.newBuilder()
                    .setFeed("gateway")
                    .setSiteKind("*")
                    .setToUnits(true)
                    .setDepartmentIds(List.of("police"))
                    .build()),
            List.of());

    private final EventJudge judge = new EventJudge(
            reference, new UnitRouter(reference, topic -> true), new RuleBook(feed -> {}), new RuleEngine(() -> {}));
    private int messages;

    @Test
    void shouldGoByTheCodeOfATownOrOfAVillageInIt() {
        for (String code : List.of("320583101", "320583101000", "320583101207")) {
            Judged judgement = judge(code, null, NOW);

            assertThat(judgement.routing().topics()).containsExactly("township.bacheng.gateway", "city.police.gateway");
            assertThat(judgement.routing().unitIds()).containsExactly("bacheng");
            assertThat(judgement.routing().place().getUnitIds()).containsExactly("bacheng");
            assertThat(judgement.routing().place().getPoint())
                    .as("where the platform stands says nothing of the event")
                    .isNull();
            assertThat(judgement.routing().shortfalls()).isEmpty();
            assertThat(judgement.flags()).isEmpty();
        }
    }

    @Test
    void shouldGoToDepartmentsAloneWhenNoUnitEverHadTheCode() {
        for (String code : List.of("320583999", "320583999001", "310114", "x")) {
            Judged judgement = judge(code, "巴城镇", NOW);

            assertThat(judgement.routing().topics()).containsExactly("city.police.gateway");
            assertThat(judgement.routing().unitIds()).isEmpty();
            assertThat(judgement.routing().shortfalls())
                    .containsExactly(new Shortfall(UnroutedReason.UNKNOWN_DIVISION, code));
        }
    }

    @Test
    void shouldMissAUnitWhenTheCodeIsTheCitysOwn() {
        assertThat(judge("320583000000", null, NOW).routing().shortfalls())
                .containsExactly(new Shortfall(UnroutedReason.UNKNOWN_UNIT, "kunshan"));
    }

    @Test
    void shouldGoToTheUnitThatAnEndedCodeNamedLastAndSaySo() {
        for (String code : List.of("320583105", "320583105001")) {
            Judged judgement = judge(code, null, NOW);

            assertThat(judgement.routing().unitIds()).containsExactly("dianshanhu");
            assertThat(judgement.routing().shortfalls()).isEmpty();
            assertThat(judgement.flags()).containsExactly("DIVISION_ENDED");
        }
        assertThat(judge("320583105", null, Instant.parse("2022-12-31T15:59:59Z"))
                        .flags())
                .isEmpty();
        assertThat(judge("320583105", null, Instant.parse("2022-12-31T16:00:00Z"))
                        .flags())
                .containsExactly("DIVISION_ENDED");
    }

    @Test
    void shouldGoToTheSuccessorFromTheDayItHasTheCode() {
        reference.putUnit(
                "zone",
                Unit.newBuilder(unit("zone", UnitKind.ZONE, "旅游度假区"))
                        .setCodes(List.of(new DivisionCode("320583105", LocalDate.parse("2026-11-01"), null)))
                        .build());

        assertThat(judge("320583105", null, NOW).routing().unitIds()).containsExactly("zone");
        Judged between = judge("320583105", null, Instant.parse("2026-10-01T00:00:00Z"));
        assertThat(between.routing().unitIds()).containsExactly("dianshanhu");
        assertThat(between.flags()).containsExactly("DIVISION_ENDED");
    }

    @Test
    void shouldNotKnowACodeThatIsNotInUseYet() {
        reference.putUnit(
                "zone",
                Unit.newBuilder(unit("zone", UnitKind.ZONE, "旅游度假区"))
                        .setCodes(List.of(new DivisionCode("320583402", LocalDate.parse("2027-01-01"), null)))
                        .build());

        assertThat(judge("320583402", null, NOW).routing().shortfalls())
                .containsExactly(new Shortfall(UnroutedReason.UNKNOWN_DIVISION, "320583402"));
    }

    @Test
    void shouldMarkANameThatIsNotTheCodesAndGoByTheCode() {
        assertThat(judge("320583101", "巴城镇", NOW).flags()).isEmpty();
        assertThat(judge("320583101", " 巴城镇简称 ", NOW).flags()).isEmpty();
        Judged mismatch = judge("320583101", "花桥经济开发区", NOW);
        assertThat(mismatch.flags()).containsExactly("DIVISION_MISMATCH");
        assertThat(mismatch.routing().unitIds()).containsExactly("bacheng");
        assertThat(judge("320583101", "巴城鎮", NOW).flags()).containsExactly("DIVISION_MISMATCH");
    }

    @Test
    void shouldTakeAnyNameForAVillagesUnlessItIsAnotherUnits() {
        assertThat(judge("320583101207", "武神潭村", NOW).flags()).isEmpty();
        assertThat(judge("320583101207", "巴城镇", NOW).flags()).isEmpty();
        assertThat(judge("320583101207", "淀山湖镇", NOW).flags()).containsExactly("DIVISION_MISMATCH");
    }

    private record Judged(Routing routing, List<String> flags) {}

    private Judged judge(String code, String name, Instant eventTime) {
        messages++;
        EventHeader header = EventHeader.newBuilder()
                .setEventId("acme/platform/" + messages)
                .setVendor("acme")
                .setDeviceId("platform")
                .setEventTime(eventTime)
                .setReceivedAt(NOW)
                .setStatus(EventStatus.ACTUAL)
                .setSource(EventSource.newBuilder()
                        .setMqttTopic("fengsui/v1/acme/gateway/platform")
                        .setFormat("json")
                        .setBridge("bridge")
                        .build())
                .build();
        TestEvent event = new TestEvent().with("divisionCode", code).with("divisionName", name);
        Routing routing = judge.judge(Feeds.GATEWAY, event, header, new DeviceState("gateway"), NOW)
                .routing();
        return new Judged(routing, header.getFlags());
    }

    private static Unit unit(String id, UnitKind kind, String name, DivisionCode... codes) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(kind)
                .setNameZh(name)
                .setNameEn(id)
                .setAliases(List.of(name + "简称"))
                .setCodes(List.of(codes))
                .build();
    }

    private static DivisionCode code(String code, LocalDate validTo) {
        return new DivisionCode(code, null, validTo);
    }
}
