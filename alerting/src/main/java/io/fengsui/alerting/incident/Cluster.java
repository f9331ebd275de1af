package io.fengsui.alerting.incident;

import io.fengsui.alert.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts that belong together; an incident once they are of several feeds. */
final class Cluster {
    final String id;
    final Map<String, Tracked> members = new LinkedHashMap<>();
    /** Incidents that turned out to be this one, since it was told last. */
    final List<String> absorbed = new ArrayList<>();

    private final Instant born;
    /** How many of its alerts are of each feed. */
    private final Map<String, Integer> feeds = new HashMap<>();

    private double west = Double.POSITIVE_INFINITY;
    private double south = Double.POSITIVE_INFINITY;
    private double east = Double.NEGATIVE_INFINITY;
    private double north = Double.NEGATIVE_INFINITY;
    /** As told last; null while it is none. */
    private @Nullable Incident told;

    private boolean incident;
    /** Summing up takes a while for each of its alerts. */
    private Instant restsUntil = Instant.MIN;

    Cluster(String id, Instant born) {
        this.id = id;
        this.born = born;
    }

    Instant born() {
        return born;
    }

    boolean isIncident() {
        return incident;
    }

    void becomeIncident() {
        incident = true;
    }

    @Nullable
    Incident told() {
        return told;
    }

    void told(Incident as) {
        incident = true;
        told = as;
    }

    boolean rests(Instant now) {
        return now.isBefore(restsUntil);
    }

    void restUntil(Instant time) {
        restsUntil = time;
    }

    void put(Tracked member) {
        Tracked former = members.put(member.id(), member);
        if (former != null) {
            uncount(former);
        }
        feeds.merge(member.alert().getFeed(), 1, Integer::sum);
        Position at = member.position();
        if (at != null) {
            west = Math.min(west, at.longitude());
            east = Math.max(east, at.longitude());
            south = Math.min(south, at.latitude());
            north = Math.max(north, at.latitude());
        }
    }

    void remove(String id) {
        Tracked gone = members.remove(id);
        if (gone != null) {
            uncount(gone);
        }
    }

    @SuppressWarnings("NullAway")
    private void uncount(Tracked gone) {
        feeds.computeIfPresent(gone.alert().getFeed(), (feed, count) -> count == 1 ? null : count - 1);
    }

    boolean hasSeveralFeeds() {
        return feeds.size() > 1;
    }

    /** Metres across if all of another were in it. */
    double extentWith(Cluster other) {
        return extent(
                Math.min(west, other.west),
                Math.min(south, other.south),
                Math.max(east, other.east),
                Math.max(north, other.north));
    }

    double extentWith(@Nullable Position at) {
        return at == null
                ? 0
                : extent(
                        Math.min(west, at.longitude()),
                        Math.min(south, at.latitude()),
                        Math.max(east, at.longitude()),
                        Math.max(north, at.latitude()));
    }

    private static double extent(double west, double south, double east, double north) {
        return west > east ? 0 : new Position(west, south).metresTo(new Position(east, north));
    }
}
