package io.fengsui.alerting.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in. In memory: a restart asks everybody to log in again. Safe for use by many threads.
 *
 * <p>A session that nobody has acted in for the idle time only looks: the board of a duty room must not go dark because nothing
 * happened, but who passes by must not act in the officer's name. After the absolute time it ends.
 */
public final class Sessions {
    /** Of one user; the oldest ends. */
    private static final int MOST_OF_A_USER = 20;

    private final Duration idle;
    private final Duration absolute;
    private final Map<String, Session> byId = new ConcurrentHashMap<>();

    /**
     * @param idle without an act, until a session only looks
     * @param absolute from the log-in, until it ends
     */
    public Sessions(Duration idle, Duration absolute) {
        this.idle = idle;
        this.absolute = absolute;
    }

    /**
     * Begins one under a new id, and ends the one that the browser had. Forms that this user has open stay good.
     *
     * @param former the browser's session until now
     */
    public Session begin(User user, String proof, boolean fromFile, @Nullable Session former, Instant now) {
        byId.values().removeIf(session -> hasEnded(session, now));
        String csrf = former != null && former.user().name().equals(user.name()) ? former.csrf() : Tokens.random();
        Session session = new Session(Tokens.random(), csrf, user, proof, fromFile, now, now);
        if (former != null) {
            byId.remove(former.id());
        }
        byId.put(session.id(), session);
        byId.values().stream()
                .filter(other -> other.user().name().equals(user.name()))
                .sorted(Comparator.comparing(Session::begun).reversed())
                .skip(MOST_OF_A_USER)
                .forEach(other -> byId.remove(other.id()));
        return session;
    }

    public Optional<Session> find(String id, Instant now) {
        return Optional.ofNullable(byId.get(id)).filter(session -> !hasEnded(session, now));
    }

    /** Whether it may act; else it only looks. */
    public boolean isActive(Session session, Instant now) {
        return now.isBefore(session.acted().plus(idle));
    }

    /** The person did something; of no effect when the session only looks already. */
    public void acted(Session session, Instant now) {
        byId.computeIfPresent(session.id(), (id, current) -> isActive(current, now) ? current.actedAt(now) : current);
    }

    public void end(Session session) {
        byId.remove(session.id());
    }

    private boolean hasEnded(Session session, Instant now) {
        return !now.isBefore(session.begun().plus(absolute));
    }

    public Duration absolute() {
        return absolute;
    }
}
