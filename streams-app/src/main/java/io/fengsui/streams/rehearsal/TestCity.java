package io.fengsui.streams.rehearsal;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Parameter;
import io.fengsui.reference.ParameterScope;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.reference.UnitKind;
import io.fengsui.schema.feed.Feed;
import io.fengsui.streams.reference.ReferenceView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The world of a test: one site and devices that are all alike. Nothing of it comes from the city's reference data, so that a
 * threshold may be changed there without a test failing.
 *
 * @param heartbeatSeconds null: silence is normal
 * @param siteKind null: the devices have no site
 * @param params values for the whole city; the others have their default
 */
public record TestCity(
        @Nullable Integer heartbeatSeconds,
        String type,
        @Nullable SiteKind siteKind,
        @Nullable String grade,
        Map<String, Double> params) {
    public static final String VENDOR = "test-vendor";

    /** Division code of the only unit. */
    static final String DIVISION = "320583000";

    private static final String UNIT = "test-unit";
    private static final String SITE = "test-site";
    private static final String ANY = "*";

    /** A view with these devices. */
    ReferenceView view(Feed<?> feed, Collection<String> deviceIds) {
        ReferenceView view = new ReferenceView();
        view.putUnit(
                UNIT,
                Unit.newBuilder()
                        .setUnitId(UNIT)
                        .setNameZh("测试镇")
                        .setNameEn("Testing")
                        .setKind(UnitKind.TOWNSHIP)
                        .setCodes(List.of(new DivisionCode(DIVISION, null, null)))
                        .build());
        view.putRoute(
                feed.id() + "|" + ANY,
                Route.newBuilder()
                        .setFeed(feed.id())
                        .setSiteKind(ANY)
                        .setToUnits(true)
                        .build());
        deviceIds.forEach(id -> view.putDevice(id, device(feed, id)));
        params.forEach((name, value) -> putParameter(view, name, value));
        if (siteKind != null) {
            view.putSite(SITE, site(siteKind));
        }
        return view;
    }

    /** Makes a view of another world be of this one. */
    void change(ReferenceView view, Feed<?> feed, Collection<String> deviceIds) {
        params.forEach((name, value) -> putParameter(view, name, value));
        view.putSite(SITE, siteKind == null ? null : site(siteKind));
        deviceIds.forEach(id -> view.putDevice(id, device(feed, id)));
    }

    private static void putParameter(ReferenceView view, String name, double value) {
        view.putParameter(
                ParameterScope.CITY + "|" + ANY + "|" + name,
                Parameter.newBuilder()
                        .setScope(ParameterScope.CITY)
                        .setId(ANY)
                        .setName(name)
                        .setValue(value)
                        .build());
    }

    private Device device(Feed<?> feed, String id) {
        return Device.newBuilder()
                .setDeviceId(id)
                .setVendor(VENDOR)
                .setFeed(feed.id())
                .setType(type)
                .setName(id)
                .setSiteId(siteKind == null ? null : SITE)
                .setUnitId(UNIT)
                .setHeartbeatSeconds(heartbeatSeconds)
                .build();
    }

    private Site site(SiteKind kind) {
        return Site.newBuilder()
                .setSiteId(SITE)
                .setName(SITE)
                .setKind(kind)
                .setGrade(grade)
                .setUnitIds(List.of(UNIT))
                .build();
    }
}
