package io.fengsui.seeds.fleet;

import io.fengsui.event.SiteKind;
import io.fengsui.reference.Device;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.reference.Dated;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an event must arrive by the reference data alone. Reckoned apart from the streams app on purpose: what it does is
 * checked against this.
 */
public final class Destinations {
    private static final int TOWN_DIGITS = 9;
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    private final SeedSet seeds;

    public Destinations(SeedSet seeds) {
        this.seeds = seeds;
    }

    /**
     * Where events of a device must be.
     *
     * @param outcome ROUTED if anybody reads them, else UNROUTED
     * @param topics names of the reader topics; that of unrouted events as well where a reader is missed, or alone where there is none
     */
    public record Destination(Outcome outcome, List<String> topics) {}

    /**
     * @param divisionCode that the event names; null if it is where its device is
     * @param eventTime of the device's clock: what is valid on that day counts
     */
    public Destination of(Realm realm, Feed<?> feed, Device device, @Nullable String divisionCode, Instant eventTime) {
        LocalDate day = LocalDate.ofInstant(eventTime, CITY);
        List<String> topics = new ArrayList<>();
        Device then = Validity.on(Dated.DEVICE, device, day);
        boolean missed = then == null || missesReader(realm, feed, then, divisionCode, day, topics);
        Outcome outcome = topics.isEmpty() ? Outcome.UNROUTED : Outcome.ROUTED;
        if (missed) {
            topics.add(Topics.unrouted(realm, feed).name());
        }
        return new Destination(outcome, List.copyOf(topics));
    }

    /** Collects the reader topics; true if one that there should be is not. */
    private boolean missesReader(
            Realm realm,
            Feed<?> feed,
            Device device,
            @Nullable String divisionCode,
            LocalDate day,
            List<String> topics) {
        String siteId = device.getSiteId();
        Site site = siteId == null ? null : on(Dated.SITE, seeds.sites(), siteId, day);
        if (siteId != null && site == null) {
            return true;
        }
        Route route = route(feed, site == null ? SiteKind.NONE : site.getKind(), day);
        if (route == null) {
            return true;
        }
        List<String> units = divisionCode == null ? units(device, site) : unitsOf(divisionCode, day);
        boolean missed = route.getToUnits() && units.isEmpty();
        for (String unit : route.getToUnits() ? units : List.<String>of()) {
            missed |= !addIfThere(unit, day, Topics.township(realm, unit, feed), topics);
        }
        for (String department : route.getDepartmentIds()) {
            missed |= !addIfThere(department, day, Topics.city(realm, department, feed), topics);
        }
        return missed;
    }

    private boolean addIfThere(String unitId, LocalDate day, Topic<?> topic, List<String> topics) {
        return on(Dated.UNIT, seeds.units(), unitId, day) != null && topics.add(topic.name());
    }

    private @Nullable Route route(Feed<?> feed, SiteKind kind, LocalDate day) {
        Route ofKind = on(Dated.ROUTE, seeds.routes(), feed.id() + "|" + kind, day);
        return ofKind != null ? ofKind : on(Dated.ROUTE, seeds.routes(), feed.id() + "|" + SeedSet.ANY, day);
    }

    private static <T> @Nullable T on(Dated<T> dated, Map<String, T> records, String key, LocalDate day) {
        T record = records.get(key);
        return record == null ? null : Validity.on(dated, record, day);
    }

    /** A village's code begins with its town's. */
    private List<String> unitsOf(String divisionCode, LocalDate day) {
        String town = divisionCode.substring(0, TOWN_DIGITS);
        return seeds.units().values().stream()
                .filter(unit -> unit.getCodes().stream()
                        .filter(code -> Validity.includes(code.getValidFrom(), code.getValidTo(), day))
                        .anyMatch(code -> code.getCode().equals(town)))
                .map(Unit::getUnitId)
                .toList();
    }

    private static List<String> units(Device device, @Nullable Site site) {
        if (site != null) {
            return site.getUnitIds();
        }
        return device.getUnitId() == null ? List.of() : List.of(device.getUnitId());
    }
}
