package io.fengsui.alerting.incident;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.event.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An alert with the place it counts for. */
final class Tracked {
    private final Alert alert;
    private final String place;
    private final @Nullable Position position;

    private Tracked(Alert alert, String place, @Nullable Position position) {
        this.alert = alert;
        this.place = place;
        this.position = position;
    }

    /** Empty for an alert that is nowhere: one about ourselves, or of a platform that masks where it happened. */
    static Optional<Tracked> of(Alert alert) {
        Place told = alert.getSubject().getPlace();
        if (told == null) {
            return Optional.empty();
        }
        Position position = Position.of(told.getPoint()).orElse(null);
        String siteId = told.getSiteId();
        if (siteId != null) {
            return Optional.of(new Tracked(alert, siteId, position));
        }
        return Optional.ofNullable(position).map(at -> new Tracked(alert, spot(at), at));
    }

    /** To about a metre. */
    private static String spot(Position at) {
        return "@" + Math.round(at.longitude() * 1e5) + "," + Math.round(at.latitude() * 1e5);
    }

    Alert alert() {
        return alert;
    }

    String id() {
        return alert.getAlertId();
    }

    /** Site, else the spot. */
    String place() {
        return place;
    }

    @Nullable
    Position position() {
        return position;
    }

    Instant start() {
        return alert.getStartedAt();
    }

    boolean open() {
        return Transition.isOpen(alert.getState());
    }

    /** Far in the future while it is open. */
    Instant end() {
        return open() ? Instant.MAX : Objects.requireNonNullElse(alert.getEndedAt(), alert.getChangedAt());
    }

    /** Whether it is the same occurrence at the same place. */
    boolean isSameCaseAs(Tracked other) {
        return place.equals(other.place) && start().equals(other.start());
    }

    /** Whether there was a time at which both were open, give or take. */
    boolean overlaps(Tracked other, Duration slack) {
        return !start().isAfter(later(other.end(), slack)) && !other.start().isAfter(later(end(), slack));
    }

    boolean isNear(Tracked other, double metres, Duration within) {
        return position != null
                && other.position != null
                && Duration.between(start(), other.start()).abs().compareTo(within) <= 0
                && position.metresTo(other.position) <= metres;
    }

    private static Instant later(Instant time, Duration by) {
        return time.equals(Instant.MAX) ? time : time.plus(by);
    }
}
