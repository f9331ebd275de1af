package io.fengsui.alerting.board;

import io.fengsui.alert.Alert;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.lifecycle.Silence;
import io.fengsui.event.Place;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The alerts of a realm, and what they are looked up by. One thread writes, any may read. */
final class AlertIndex {
    private final ConcurrentMap<String, Alert> alerts = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, BoardEntry> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Alert> ended = new ConcurrentHashMap<>();

    /** Lists of unit ids, each held once: a city has few. */
    private final ConcurrentMap<List<String>, List<String>> unitIds = new ConcurrentHashMap<>();

    /** About gateways and vendors, open or ended, by kind and id of the subject and id. */
    private final ConcurrentMap<String, Map<String, Alert>> outages = new ConcurrentHashMap<>();

    /** Open ones by site and id. */
    private final ConcurrentMap<String, Map<String, Alert>> sites = new ConcurrentHashMap<>();

    private final AtomicLong version = new AtomicLong();

    /** Another number after each change. */
    long version() {
        return version.get();
    }

    /** Something else has changed that alerts are looked at with. */
    void touch() {
        version.incrementAndGet();
    }

    Collection<Alert> all() {
        return alerts.values();
    }

    Collection<BoardEntry> open() {
        return open.values();
    }

    Collection<Alert> ended() {
        return ended.values();
    }

    @Nullable
    Alert get(String alertId) {
        return alerts.get(alertId);
    }

    /**
     * Takes the new state of an alert.
     *
     * @param alert null for one that is gone
     * @return the former state
     */
    @Nullable
    Alert put(String alertId, @Nullable Alert alert) {
        Alert former = replace(alertId, alert);
        touch();
        return former;
    }

    private @Nullable Alert replace(String alertId, @Nullable Alert alert) {
        Alert former = alert == null ? alerts.remove(alertId) : alerts.put(alertId, alert);
        if (former != null) {
            remove(sites, siteOf(former), former);
        }
        if (alert == null) {
            open.remove(alertId);
            ended.remove(alertId);
            if (former != null && Silence.isAboutSupplier(former)) {
                remove(outages, outageKey(former), former);
            }
            return former;
        }
        if (AlertBoard.isOpen(alert)) {
            open.put(alertId, BoardEntry.of(alert, ids -> unitIds.computeIfAbsent(ids, List::copyOf)));
            ended.remove(alertId);
            add(sites, siteOf(alert), alert);
        } else {
            ended.put(alertId, alert);
            open.remove(alertId);
        }
        if (Silence.isAboutSupplier(alert)) {
            add(outages, outageKey(alert), alert);
        }
        return former;
    }

    Stream<Alert> outagesOf(SubjectKind kind, @Nullable String id) {
        return outages.getOrDefault(kind + "|" + id, Map.of()).values().stream();
    }

    Stream<Alert> atSiteOf(Alert alert) {
        String siteId = siteOf(alert);
        return siteId == null ? Stream.empty() : sites.getOrDefault(siteId, Map.of()).values().stream();
    }

    private static void add(ConcurrentMap<String, Map<String, Alert>> by, @Nullable String key, Alert alert) {
        if (key != null) {
            by.computeIfAbsent(key, id -> new ConcurrentSkipListMap<>()).put(alert.getAlertId(), alert);
        }
    }

    private static void remove(ConcurrentMap<String, Map<String, Alert>> by, @Nullable String key, Alert alert) {
        if (key != null) {
            by.computeIfPresent(key, (id, of) -> {
                of.remove(alert.getAlertId());
                return of.isEmpty() ? null : of;
            });
        }
    }

    private static @Nullable String siteOf(Alert alert) {
        Place place = alert.getSubject().getPlace();
        return place == null ? null : place.getSiteId();
    }

    private static String outageKey(Alert outage) {
        return outage.getSubject().getKind() + "|" + outage.getSubject().getId();
    }
}
