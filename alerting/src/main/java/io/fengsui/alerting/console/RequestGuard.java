package io.fengsui.alerting.console;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.MisdirectedRequestResponse;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes: headers that keep a page from being abused, and no name
 * that another site may have pointed here (DNS rebinding). An address in digits cannot be such a name. Health and meters are
 * asked by orchestrators under any name, and show nobody's data.
 */
final class RequestGuard {
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private static final Pattern DIGITS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final Pattern ANY_NAME = Pattern.compile("/(health/.*|metrics)");

    private final Set<String> names;
    private final boolean secure;

    RequestGuard(ConsoleSettings settings) {
        this.secure = settings.access().secure();
        this.names = Stream.concat(
                        Stream.of("localhost", settings.host()), settings.publicUrl().map(URI::getHost).stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    void check(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
        if (secure) {
            ctx.header("Strict-Transport-Security", "max-age=31536000");
        }
        if (!ANY_NAME.matcher(ctx.path()).matches() && !isOurs(ctx.header("Host"))) {
            throw new MisdirectedRequestResponse("Not a name of this console; set alerting.public.url");
        }
    }

    /** Whether a request may change something. */
    static boolean isActing(Context ctx) {
        return !READING.contains(ctx.method());
    }

    private boolean isOurs(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return DIGITS.matcher(name).matches() || names.contains(name);
    }

    /** A browser tells at least one of the two; whoever tells neither is refused too. */
    static boolean isFromHere(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        return isOrigin(ctx.header("Origin"), ctx.header("Host"));
    }

    private static boolean isOrigin(@Nullable String origin, @Nullable String host) {
        if (origin == null || host == null) {
            return false;
        }
        try {
            return host.equals(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
