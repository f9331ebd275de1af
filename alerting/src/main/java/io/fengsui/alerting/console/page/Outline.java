package io.fengsui.alerting.console.page;

import io.fengsui.alerting.incident.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The convex hull of positions, by Andrew's monotone chain; within a city a degree is flat enough. */
final class Outline {
    private Outline() {}

    /** Counter-clockwise from the westernmost; with fewer than three corners there is none. */
    static List<Position> around(Collection<Position> positions) {
        List<Position> sorted = positions.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Position::longitude).thenComparingDouble(Position::latitude))
                .toList();
        if (sorted.size() < 3) {
            return List.of();
        }
        List<Position> hull = new ArrayList<>(half(sorted));
        List<Position> back = new ArrayList<>(sorted);
        Collections.reverse(back);
        hull.addAll(half(back));
        return hull.size() < 3 ? List.of() : hull;
    }

    /** One side, without its last corner, which is the first of the other. */
    private static List<Position> half(List<Position> sorted) {
        List<Position> side = new ArrayList<>();
        for (Position next : sorted) {
            while (side.size() >= 2 && turn(side.get(side.size() - 2), side.get(side.size() - 1), next) <= 0) {
                side.remove(side.size() - 1);
            }
            side.add(next);
        }
        return side.subList(0, side.size() - 1);
    }

    /** Above 0 for a turn to the left. */
    private static double turn(Position a, Position b, Position c) {
        return (b.longitude() - a.longitude()) * (c.latitude() - a.latitude())
                - (b.latitude() - a.latitude()) * (c.longitude() - a.longitude());
    }
}
