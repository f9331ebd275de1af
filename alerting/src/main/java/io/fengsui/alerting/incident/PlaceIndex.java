package io.fengsui.alerting.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds which clusters an alert belongs to, without looking at all that is open: by place, and by square of a grid, feed and
 * time. Of each cluster one alert that fits is enough, so the cost grows with the clusters around and not with their alerts.
 */
final class PlaceIndex {
    /** Of a degree of longitude at 60° north, so that a square is nowhere in the country narrower than it is high. */
    private static final double NARROWEST = 0.5;

    private static final double METRES_A_DEGREE = 111_320;

    /** @param t span of time, as long as two alerts may begin after one another */
    private record Square(long x, long y, long t) {}

    private record Begun(Instant at, String id) {
        static final Comparator<Begun> ORDER = Comparator.comparing(Begun::at).thenComparing(Begun::id);

        static Begun of(Tracked alert) {
            return new Begun(alert.start(), alert.id());
        }
    }

    private final CorrelationRules rules;
    private final double side;
    private final Duration span;
    private final Map<String, Map<Cluster, NavigableMap<Begun, Tracked>>> byPlace = new HashMap<>();
    private final Map<Square, Map<String, Map<Cluster, NavigableMap<Begun, Tracked>>>> bySquare = new HashMap<>();

    PlaceIndex(CorrelationRules rules) {
        this.rules = rules;
        this.side = rules.reachMetres() / METRES_A_DEGREE;
        this.span = rules.reachTime();
    }

    void add(Cluster cluster, Tracked alert) {
        at(byPlace.computeIfAbsent(alert.place(), place -> new HashMap<>()), cluster)
                .put(Begun.of(alert), alert);
        Position position = alert.position();
        if (position != null) {
            at(
                            bySquare.computeIfAbsent(square(position, alert.start()), square -> new HashMap<>())
                                    .computeIfAbsent(alert.alert().getFeed(), feed -> new HashMap<>()),
                            cluster)
                    .put(Begun.of(alert), alert);
        }
    }

    void remove(Cluster cluster, Tracked alert) {
        byPlace.computeIfPresent(alert.place(), (place, clusters) -> without(clusters, cluster, alert));
        Position position = alert.position();
        if (position != null) {
            bySquare.computeIfPresent(square(position, alert.start()), (square, feeds) -> {
                feeds.computeIfPresent(alert.alert().getFeed(), (feed, clusters) -> without(clusters, cluster, alert));
                return feeds.isEmpty() ? null : feeds;
            });
        }
    }

    /** Clusters with at least one alert that belongs together with this one. */
    Set<Cluster> around(Tracked alert) {
        Set<Cluster> found = new LinkedHashSet<>();
        byPlace.getOrDefault(alert.place(), Map.of()).forEach((cluster, alerts) -> {
            if (alerts.descendingMap().values().stream()
                    .anyMatch(other -> other.overlaps(alert, rules.joining().reopen()))) {
                found.add(cluster);
            }
        });
        Position position = alert.position();
        if (position != null) {
            Square middle = square(position, alert.start());
            for (long x = middle.x - 1; x <= middle.x + 1; x++) {
                for (long y = middle.y - 1; y <= middle.y + 1; y++) {
                    for (long t = middle.t - 1; t <= middle.t + 1; t++) {
                        Map<String, Map<Cluster, NavigableMap<Begun, Tracked>>> there =
                                bySquare.get(new Square(x, y, t));
                        if (there != null) {
                            addNear(alert, there, found);
                        }
                    }
                }
            }
        }
        return found;
    }

    private void addNear(
            Tracked alert, Map<String, Map<Cluster, NavigableMap<Begun, Tracked>>> square, Set<Cluster> found) {
        Begun from = new Begun(alert.start().minus(span), "");
        Begun to = new Begun(alert.start().plus(span).plusMillis(1), "");
        square.forEach((feed, clusters) -> {
            if (feed.equals(alert.alert().getFeed())) {
                return;
            }
            clusters.forEach((cluster, alerts) -> {
                if (!found.contains(cluster)
                        && alerts.subMap(from, true, to, false).descendingMap().values().stream()
                                .anyMatch(other -> belongTogether(alert, other))) {
                    found.add(cluster);
                }
            });
        });
    }

    /** Of two alerts of different feeds and places. */
    private boolean belongTogether(Tracked one, Tracked other) {
        return one.isNear(other, rules.joining().metres(), rules.joining().within())
                || rules.patterns().stream()
                        .anyMatch(pattern -> one.isNear(other, pattern.metres(), pattern.within())
                                && pattern.groupOf(one.alert()).isPresent()
                                && pattern.groupOf(other.alert()).isPresent()
                                && !pattern.groupOf(one.alert()).equals(pattern.groupOf(other.alert())));
    }

    private Square square(Position at, Instant start) {
        return new Square(
                (long) Math.floor(at.longitude() * NARROWEST / side),
                (long) Math.floor(at.latitude() / side),
                Math.floorDiv(start.toEpochMilli(), span.toMillis()));
    }

    private static NavigableMap<Begun, Tracked> at(
            Map<Cluster, NavigableMap<Begun, Tracked>> clusters, Cluster cluster) {
        return clusters.computeIfAbsent(cluster, of -> new TreeMap<>(Begun.ORDER));
    }

    /** Null if nothing is left. */
    @SuppressWarnings("NullAway")
    private static Map<Cluster, NavigableMap<Begun, Tracked>> without(
            Map<Cluster, NavigableMap<Begun, Tracked>> clusters, Cluster cluster, Tracked alert) {
        clusters.computeIfPresent(cluster, (of, alerts) -> {
            alerts.remove(Begun.of(alert));
            return alerts.isEmpty() ? null : alerts;
        });
        return clusters.isEmpty() ? null : clusters;
    }
}
