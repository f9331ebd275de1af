package io.fengsui.alerting.console;

import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.Session;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UserEntry;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.console.page.AccessWord;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.console.page.Phrase;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpStatus;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who is logged in or has a bearer token, and an act only from a form of the console. Log-in, assets, health and meters
 * are open to all; CAP asks its readers for tokens of their own.
 */
final class AccessGate {
    private static final String VISITOR = "visitor";
    private static final String REFUSAL = "refusal";
    private static final String BEARER = "Bearer ";
    /** Wrong tokens are counted for themselves: a script with an old one must keep no officer beside it from logging in. */
    private static final String TOKENS = "token ";

    private static final Pattern OPEN =
            Pattern.compile("/(login|openid(/.*)?|assets/.*|favicon\\.ico|health/.*|metrics|cap(/.*)?)");
    private static final Pattern FOR_PROGRAMS = Pattern.compile("/(api|events)(/.*)?");

    private static final Visitor NOBODY = new Visitor(Optional.empty(), Via.PASSWORD, "", null, false);

    private final Access access;
    private final Audit audit;
    private final LoginMeters meters;
    private final InstantSource clock;

    AccessGate(Access access, Audit audit, LoginMeters meters, InstantSource clock) {
        this.access = access;
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
    }

    void check(Context ctx) {
        boolean open = OPEN.matcher(ctx.path()).matches();
        Visitor visitor = open ? null : find(ctx).orElse(null);
        ctx.attribute(VISITOR, visitor);
        boolean acting = RequestGuard.isActing(ctx);
        if (acting && (visitor == null || visitor.via() != Via.TOKEN) && !RequestGuard.isFromHere(ctx)) {
            refuse(ctx, visitor, "CROSS_SITE", null);
        }
        if (open) {
            return;
        }
        if (visitor == null) {
            turnAway(ctx);
            return;
        }
        Session session = visitor.session();
        if (session != null) {
            if (acting && !session.sent(Objects.requireNonNullElse(ctx.formParam("csrf"), ""))) {
                refuse(ctx, visitor, "CSRF", AccessWord.REFUSED_CSRF);
            }
            if (isByPerson(ctx)) {
                access.sessions().acted(session, clock.instant());
            }
        }
    }

    private void refuse(Context ctx, @Nullable Visitor visitor, String reason, @Nullable Phrase words) {
        if (visitor != null) {
            audit.refused(visitor, act(ctx), reason);
        }
        throw forbidden(ctx, words);
    }

    private static Act act(Context ctx) {
        String name = Objects.requireNonNullElse(ctx.formParam("action"), "");
        if (name.equals("take")) {
            return Act.ASSIGN;
        }
        for (Act act : Act.values()) {
            if (act.code().equals(name)) {
                return act;
            }
        }
        return ctx.path().equals("/logout") ? Act.LOG_OUT : Act.LOOK;
    }

    /** What a page asks for by itself is no sign that somebody sits there. */
    private static boolean isByPerson(Context ctx) {
        return ctx.header("HX-Request") == null
                && !FOR_PROGRAMS.matcher(ctx.path()).matches();
    }

    private static void turnAway(Context ctx) {
        boolean page = ctx.header("HX-Request") == null
                && !FOR_PROGRAMS.matcher(ctx.path()).matches();
        if (!page) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"fengsui\"");
            throw new UnauthorizedResponse("Log in, or send a bearer token ('fengsui users token')");
        }
        String query = ctx.queryString();
        String here = ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
        ctx.redirect("/login?next=" + Paths.encode(here), HttpStatus.SEE_OTHER);
        ctx.skipRemainingHandlers();
    }

    private Optional<Visitor> find(Context ctx) {
        String address = access.address(ctx);
        if (access.open()) {
            return Optional.of(Visitor.open(address));
        }
        String authorization = ctx.header("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(
                    bearer(ctx, authorization.substring(BEARER.length()).strip(), address));
        }
        Instant now = clock.instant();
        return SessionCookie.read(ctx, access)
                .flatMap(id -> access.sessions().find(id, now))
                .flatMap(session -> current(session, now).map(user -> {
                    boolean active = access.sessions().isActive(session, now);
                    Via via = session.fromFile() ? Via.PASSWORD : Via.OPENID;
                    return new Visitor(Optional.of(user), via, address, session, active);
                }));
    }

    /** Somebody with a token that is none, and a flood of them, gets the answer that a log-in page gives. */
    private Visitor bearer(Context ctx, String token, String address) {
        Instant now = clock.instant();
        Optional<User> user =
                access.users().flatMap(users -> users.ownerOf(token, now)).map(UserEntry::user);
        if (user.isPresent()) {
            return new Visitor(user, Via.TOKEN, address, null, true);
        }
        Duration wait = access.throttle().attempt(TOKENS, TOKENS + address, now);
        if (!wait.isZero()) {
            meters.count(Via.TOKEN, LoginMeters.Outcome.THROTTLED);
            ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1));
            throw new TooManyRequestsResponse("Too many wrong tokens from this address");
        }
        audit.failed(Optional.empty(), Via.TOKEN, address, "WRONG_TOKEN");
        meters.count(Via.TOKEN, LoginMeters.Outcome.DENIED);
        ctx.header("WWW-Authenticate", "Bearer realm=\"fengsui\", error=\"invalid_token\"");
        throw new UnauthorizedResponse("The bearer token is nobody's");
    }

    /** The user as the file has him now: a changed password, or a name that is gone, ends the session. */
    private Optional<User> current(Session session, Instant now) {
        if (!session.fromFile()) {
            return Optional.of(session.user());
        }
        Optional<User> user = access.users()
                .map(users -> users.current(now))
                .flatMap(file -> file.find(session.user().name()))
                .filter(entry -> entry.passwordHash().equals(session.proof()))
                .map(UserEntry::user);
        if (user.isEmpty()) {
            access.sessions().end(session);
        }
        return user;
    }

    static ForbiddenResponse forbidden(Context ctx, @Nullable Phrase words) {
        ctx.attribute(REFUSAL, words);
        return new ForbiddenResponse("Refused");
    }

    /** Why a request was refused, in words for people, if that is known. */
    static Optional<Phrase> refusal(Context ctx) {
        return Optional.ofNullable(ctx.attribute(REFUSAL));
    }

    /** Who makes the request; nobody on pages that are open to all. */
    static Visitor visitor(Context ctx) {
        return Objects.requireNonNullElse(ctx.attribute(VISITOR), NOBODY);
    }

    /** Whether the request is of somebody who may see what pages show. */
    static boolean isIn(Context ctx) {
        return ctx.attribute(VISITOR) != null;
    }
}
