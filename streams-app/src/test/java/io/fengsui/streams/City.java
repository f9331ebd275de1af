package io.fengsui.streams;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Bounds;
import io.fengsui.reference.Device;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Route;
import io.fengsui.reference.RuleFile;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A small city for tests, with the routes of the design and the shipped rules. */
final class City {
    private static final RuleBook SHIPPED = compileShipped();

    private City() {}

    static final List<Unit> UNITS = List.of(
            Unit.newBuilder(unit("zhangpu", UnitKind.TOWNSHIP))
                    .setCodes(List.of(new DivisionCode("320583106", null, null)))
                    .build(),
            Unit.newBuilder(unit("bacheng", UnitKind.TOWNSHIP))
                    .setCodes(List.of(new DivisionCode("320583101", null, null)))
                    .build(),
            unit("sample-area-north", UnitKind.AREA),
            unit("work-safety", UnitKind.DEPARTMENT),
            unit("civil-affairs", UnitKind.DEPARTMENT),
            unit("market-regulation", UnitKind.DEPARTMENT),
            unit("fire", UnitKind.DEPARTMENT),
            Unit.newBuilder(unit("kunshan", UnitKind.CITY))
                    .setBounds(new Bounds(120.8058, 31.1094, 121.1511, 31.5433))
                    .build());

    static final List<Site> SITES = List.of(
            site("tank-farm", SiteKind.MAJOR_HAZARD, List.of("zhangpu")),
            site("polishing", SiteKind.DUST_EXPLOSION, List.of("bacheng")),
            site("tower", SiteKind.LIFT, List.of("zhangpu", "bacheng")),
            Site.newBuilder(site("closed", SiteKind.OTHER, List.of("zhangpu")))
                    .setValidTo(LocalDate.parse("2020-01-01"))
                    .build());

    /** Feeds that no test names a route of go to the unit and the fire brigade. */
    static final List<Route> ROUTES = withOthers(
            feed -> route(feed, "*", true, "fire"),
            Route::getFeed,
            List.of(
                    route(Feeds.VIDEO_STATUS, "MAJOR_HAZARD", true),
                    route(Feeds.VIDEO_STATUS, "DUST_EXPLOSION", true, "work-safety"),
                    route(Feeds.DUST_SENSOR, "*", true, "work-safety"),
                    route(Feeds.BEIDOU_REPORT, "*", true, "civil-affairs"),
                    route(Feeds.ELEVATOR_119, "*", true, "market-regulation", "fire"),
                    route(Feeds.GATEWAY, "*", false)));

    /** Of every other feed there is one device, ‹feed›-1 in zhangpu, whose silence is normal. */
    static final List<Device> DEVICES = withOthers(
            feed -> device(feed.id() + "-1", feed, null, "zhangpu", null),
            Device::getFeed,
            List.of(
                    device("cam-1", Feeds.VIDEO_STATUS, "tank-farm", null, 60),
                    device("cam-2", Feeds.VIDEO_STATUS, "polishing", null, 60),
                    device("cam-3", Feeds.VIDEO_STATUS, "closed", null, null),
                    device("cam-4", Feeds.VIDEO_STATUS, "nowhere", null, null),
                    device("cam-5", Feeds.VIDEO_STATUS, null, "zhangpu", null),
                    device("dust-1", Feeds.DUST_SENSOR, "polishing", null, 60),
                    device("dust-2", Feeds.DUST_SENSOR, null, null, null),
                    device("bd-1", Feeds.BEIDOU_REPORT, null, "sample-area-north", null),
                    device("lift-1", Feeds.ELEVATOR_119, "tower", null, null),
                    device("gw-1", Feeds.GATEWAY, null, "zhangpu", null)));

    private static <R> List<R> withOthers(Function<Feed<?>, R> other, Function<R, String> feedOf, List<R> rows) {
        List<R> all = new ArrayList<>(rows);
        for (Feed<?> feed : Feeds.all()) {
            if (all.stream().noneMatch(row -> feedOf.apply(row).equals(feed.id()))) {
                all.add(other.apply(feed));
            }
        }
        return List.copyOf(all);
    }

    static ReferenceView reference(Parameter... parameters) {
        return ReferenceView.of(UNITS, SITES, DEVICES, ROUTES, List.of(parameters));
    }

    static Parameter parameter(ParameterScope scope, String id, String name, double value) {
        return Parameter.newBuilder()
                .setScope(scope)
                .setId(id)
                .setName(name)
                .setValue(value)
                .build();
    }

    /** Compiled once; not to be changed. */
    static RuleBook shippedRules() {
        return SHIPPED;
    }

    private static RuleBook compileShipped() {
        RuleBook book = new RuleBook(feed -> {});
        Feeds.all().forEach(feed -> book.accept(feed.id(), shipped(feed)));
        return book;
    }

    static RuleFile shipped(Feed<?> feed) {
        try {
            String yaml = Files.readString(Path.of("../seeds/data/kunshan/rules", feed.id() + ".yaml"));
            return ruleFile(feed, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RuleFile ruleFile(Feed<?> feed, String yaml) {
        return new RuleFile(feed.id(), feed.id() + ".yaml", RuleCompiler.version(yaml), yaml, null);
    }

    static Device device(String id, Feed<?> feed, String siteId, String unitId, Integer heartbeatSeconds) {
        return Device.newBuilder()
                .setDeviceId(id)
                .setVendor("acme")
                .setFeed(feed.id())
                .setType("sample")
                .setName("设备 " + id)
                .setSiteId(siteId)
                .setUnitId(unitId)
                .setGatewayId(feed.equals(Feeds.GATEWAY) ? null : "gw-1")
                .setHeartbeatSeconds(heartbeatSeconds)
                .build();
    }

    private static Unit unit(String id, UnitKind kind) {
        return Unit.newBuilder()
                .setUnitId(id)
                .setKind(kind)
                .setNameZh(id)
                .setNameEn(id)
                .build();
    }

    private static Site site(String id, SiteKind kind, List<String> unitIds) {
        return Site.newBuilder()
                .setSiteId(id)
                .setName("场所 " + id)
                .setKind(kind)
                .setUnitIds(unitIds)
                .build();
    }

    private static Route route(Feed<?> feed, String siteKind, boolean toUnits, String... departmentIds) {
        return Route.newBuilder()
                .setFeed(feed.id())
                .setSiteKind(siteKind)
                .setToUnits(toUnits)
                .setDepartmentIds(List.of(departmentIds))
                .build();
    }
}
