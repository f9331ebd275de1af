package io.fengsui.alerting.console;

import io.fengsui.alerting.access.Session;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/** The cookie that holds a session's id. With https a browser takes it from this very host alone, by the prefix of its name. */
final class SessionCookie {
    private static final String PLAIN = "fengsui-session";
    private static final String OF_THIS_HOST = "__Host-fengsui-session";

    private SessionCookie() {}

    static Optional<String> read(Context ctx, Access access) {
        return Optional.ofNullable(ctx.cookie(name(access))).filter(id -> !id.isEmpty());
    }

    /** The browser forgets it when it is closed, the server after the absolute time. */
    static void give(Context ctx, Access access, Session session) {
        ctx.cookie(cookie(access, session.id(), -1));
    }

    static void take(Context ctx, Access access) {
        ctx.cookie(cookie(access, "", 0));
    }

    private static Cookie cookie(Access access, String value, int seconds) {
        Cookie cookie = new Cookie(name(access), value);
        cookie.setPath("/");
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setSecure(access.secure());
        return cookie;
    }

    private static String name(Access access) {
        return access.secure() ? OF_THIS_HOST : PLAIN;
    }
}
