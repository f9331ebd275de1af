package io.fengsui.streams.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.Routing.Shortfall;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event goes where it belonged at its own time, whatever has changed since. */
class RoutingOverTimeTest {
    private static final Instant BEFORE = Instant.parse("2026-06-30T15:59:59Z");
    private static final Instant AFTER = Instant.parse("2026-06-30T16:00:00Z");
    private static final LocalDate LAST = LocalDate.parse("2026-06-30");
    private static final LocalDate FIRST = LocalDate.parse("2026-07-01");

    private final ReferenceView reference = ReferenceView.of(
            List.of(unit("bacheng", null), unit("jinxi", null), unit("zhouzhuang", LAST)),
            List.of(site("fixed", null, null, "bacheng"), site("old-town", null, null, "zhouzhuang")),
            List.of(device("fixed", null, null)),
            List.of(route(true, null, null)),
            List.of());
    private final UnitRouter router = new UnitRouter(reference, topic -> true);

    @Test
    void shouldFollowASiteThatChangedItsUnit() {
        reference.putSite(
                "fixed",
                Dated.SITE.record(List.of(site("fixed", FIRST, null, "jinxi"), site("fixed", null, LAST, "bacheng"))));

        assertThat(topics(BEFORE)).containsExactly("township.bacheng.dust-sensor");
        assertThat(topics(AFTER)).containsExactly("township.jinxi.dust-sensor");
    }

    @Test
    void shouldReachBothUnitsOfASite() {
        reference.putSite("fixed", site("fixed", null, null, "bacheng", "jinxi"));

        assertThat(topics(AFTER)).containsExactly("township.bacheng.dust-sensor", "township.jinxi.dust-sensor");
    }

    @Test
    void shouldFollowADeviceThatMoved() {
        reference.putSite("new", site("new", null, null, "jinxi"));
        reference.putDevice("d", Dated.DEVICE.record(List.of(device("fixed", null, LAST), device("new", FIRST, null))));

        assertThat(topics(BEFORE)).containsExactly("township.bacheng.dust-sensor");
        assertThat(topics(AFTER)).containsExactly("township.jinxi.dust-sensor");
        assertThat(reference.registeredSince("d", AFTER))
                .as("a move is no new registration")
                .isZero();
    }

    @Test
    void shouldTakeTheRouteOfTheTime() {
        reference.putRoute(
                "dust-sensor|*", Dated.ROUTE.record(List.of(route(false, null, LAST), route(true, FIRST, null))));

        assertThat(topics(BEFORE)).isEmpty();
        assertThat(topics(AFTER)).containsExactly("township.bacheng.dust-sensor");
    }

    @Test
    void shouldMissAUnitThatIsNoMore() {
        reference.putDevice("d", device("old-town", null, null));

        assertThat(topics(BEFORE)).containsExactly("township.zhouzhuang.dust-sensor");
        assertThat(route(AFTER).shortfalls()).containsExactly(new Shortfall(UnroutedReason.UNKNOWN_UNIT, "zhouzhuang"));
    }

    @Test
    void shouldResolveAParameterAsOfTheTime() {
        reference.putParameter(
                "SITE|fixed|warn", Dated.PARAMETER.record(List.of(warn(3, null, LAST), warn(4, FIRST, null))));

        assertThat(warn(BEFORE)).isEqualTo(3);
        assertThat(warn(AFTER)).isEqualTo(4);
        reference.putParameter("SITE|fixed|warn", warn(5, null, LAST));
        assertThat(warn(AFTER)).isNull();
        reference.putParameter("SITE|fixed|warn", null);
        assertThat(warn(BEFORE)).isNull();
    }

    private Double warn(Instant at) {
        return reference.parameter("warn", value -> true, "d", "fixed", List.of("bacheng"), at);
    }

    private List<String> topics(Instant eventTime) {
        return route(eventTime).topics();
    }

    private Routing route(Instant eventTime) {
        return router.route(Feeds.DUST_SENSOR, Realm.LIVE, "d", null, eventTime);
    }

    private static Unit unit(String id, LocalDate to) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(UnitKind.TOWNSHIP)
                .setNameZh(id)
                .setNameEn(id)
                .setValidTo(to)
                .build();
    }

    private static Site site(String id, LocalDate from, LocalDate to, String... unitIds) {
        return Site.newBuilder()
                .setSiteId(id)
                .setName(id)
                .setKind(SiteKind.DUST_EXPLOSION)
                .setUnitIds(List.of(unitIds))
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }

    private static Device device(String siteId, LocalDate from, LocalDate to) {
        return Device.newBuilder()
                .setDeviceId("d")
                .setVendor("acme")
                .setFeed("dust-sensor")
                .setType("sample")
                .setName("d")
                .setSiteId(siteId)
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }

    private static Route route(boolean toUnits, LocalDate from, LocalDate to) {
        return Route.newBuilder()
                .setFeed("dust-sensor")
                .setSiteKind("*")
                .setToUnits(toUnits)
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }

    private static Parameter warn(double value, LocalDate from, LocalDate to) {
        return Parameter.newBuilder()
                .setScope(ParameterScope.SITE)
                .setId("fixed")
                .setName("warn")
                .setValue(value)
                .setValidFrom(from)
                .setValidTo(to)
                .build();
    }
}
