package io.fengsui.alerting.access;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.access.Permissions.Reach;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, and how that is known.
 *
 * @param user nobody when the console is without log-in
 * @param address from where
 * @param session of a browser; none for a bearer token or without log-in
 * @param active whether he may act: false when the session has been idle
 */
public record Visitor(
        Optional<User> user,
        Via via,
        String address,
        @Nullable Session session,
        boolean active) {

    /** How somebody is known. */
    public enum Via {
        /** Logged in with the password of the users file. */
        PASSWORD,
        /** Logged in at the city's single sign-on. */
        OPENID,
        /** By a bearer token of the users file. */
        TOKEN,
        /** The console is without log-in, on one's own machine: whoever asks is taken for a city duty officer. */
        OPEN
    }

    public static Visitor open(String address) {
        return new Visitor(Optional.empty(), Via.OPEN, address, null, true);
    }

    /** What forms bring back; empty where none is needed. */
    public String csrf() {
        return session == null ? "" : session.csrf();
    }

    /** Whether the role allows it, on this alert as it stands. */
    public boolean may(Act act, Alert alert) {
        return user.map(who -> Permissions.allow(who, act, alert)).orElse(via == Via.OPEN);
    }

    /** How far the role allows it. */
    public Reach reach(Act act) {
        return user.map(who -> Permissions.of(who.role(), act)).orElse(via == Via.OPEN ? Reach.ALL : Reach.NONE);
    }

    /** Whether the role allows what concerns no single alert. */
    public boolean may(Act act) {
        return user.map(who -> Permissions.allow(who, act)).orElse(via == Via.OPEN);
    }
}
