package io.fengsui.alerting.console;

import io.fengsui.alerting.access.LoginThrottle;
import io.fengsui.alerting.access.Sessions;
import io.fengsui.alerting.access.UserDirectory;
import io.fengsui.alerting.openid.OpenId;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who is let in, and how.
 *
 * @param users of the users file; none: only single sign-on, or nobody asks
 * @param openId single sign-on, if there is one
 * @param open whether nobody is asked who he is
 * @param secure whether browsers reach the console by https
 * @param proxies addresses whose word is taken for where a request came from
 */
public record Access(
        Optional<UserDirectory> users,
        Optional<OpenId> openId,
        boolean open,
        boolean secure,
        Set<String> proxies,
        Sessions sessions,
        LoginThrottle throttle) {

    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration SHIFT = Duration.ofHours(12);

    /** A console without log-in, on one's own machine. */
    public static Access withoutLogIn() {
        return new Access(
                Optional.empty(),
                Optional.empty(),
                true,
                false,
                Set.of(),
                new Sessions(IDLE, SHIFT),
                new LoginThrottle());
    }

    /** From where a request came; a proxy of ours appends what it saw to X-Forwarded-For. */
    String address(Context ctx) {
        String peer = ctx.req().getRemoteAddr();
        String forwarded = ctx.header("X-Forwarded-For");
        if (forwarded == null || !proxies.contains(peer)) {
            return peer;
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.matches("[0-9a-fA-F:.]{2,45}") ? last : peer;
    }
}
