package io.fengsui.alerting.console;

import io.fengsui.alerting.access.Tokens;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.console.page.AccessWord;
import io.fengsui.alerting.console.page.ForwardPage;
import io.fengsui.alerting.console.page.Words;
import io.fengsui.alerting.openid.OpenId;
import io.fengsui.alerting.openid.OpenId.Arrival;
import io.fengsui.alerting.openid.OpenIdException;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends browsers to the provider, and takes them back. */
final class OpenIdResource {
    private static final Logger logger = LoggerFactory.getLogger(OpenIdResource.class);
    private static final String BROWSER = "fengsui-openid";
    private static final int FLOW_SECONDS = 600;

    private final Access access;
    private final LoginResource logins;
    private final Audit audit;
    private final Frames frames;
    private final Renderer renderer;
    private final LoginMeters meters;
    private final InstantSource clock;

    OpenIdResource(
            Access access,
            LoginResource logins,
            Audit audit,
            Frames frames,
            Renderer renderer,
            LoginMeters meters,
            InstantSource clock) {
        this.access = access;
        this.logins = logins;
        this.audit = audit;
        this.frames = frames;
        this.renderer = renderer;
        this.meters = meters;
        this.clock = clock;
    }

    void begin(Context ctx) {
        OpenId openId = access.openId().orElseThrow(NotFoundResponse::new);
        String next = LoginResource.next(ctx.queryParam("next"));
        if (mustWait(ctx, next)) {
            return;
        }
        String browser = Tokens.random();
        try {
            ctx.redirect(openId.begin(browser, next).toString(), HttpStatus.SEE_OTHER);
            ctx.cookie(cookie(browser, FLOW_SECONDS));
        } catch (OpenIdException e) {
            fail(ctx, next, e);
        }
    }

    /**
     * The way back. It ends in a page that goes on by itself, since a browser that comes from the provider does not send a cookie
     * with SameSite=Strict along, wherever it is redirected to.
     */
    void end(Context ctx) {
        OpenId openId = access.openId().orElseThrow(NotFoundResponse::new);
        String browser = Objects.requireNonNullElse(ctx.cookie(BROWSER), "");
        if (mustWait(ctx, "/")) {
            return;
        }
        ctx.cookie(cookie("", 0));
        try {
            Arrival arrival = openId.end(Objects.requireNonNullElse(ctx.queryString(), ""), browser);
            access.throttle().succeededElsewhere(access.address(ctx), clock.instant());
            logins.begin(ctx, arrival.user(), "", Via.OPENID);
            renderer.page(ctx, "forward.jte", new ForwardPage(frames.words(ctx), arrival.next()));
        } catch (OpenIdException e) {
            fail(ctx, "/", e);
        }
    }

    /** Who comes again and again without a log-in must not fill the audit, nor keep the provider busy. */
    private boolean mustWait(Context ctx, String next) {
        Duration wait = access.throttle().attemptElsewhere(access.address(ctx), clock.instant());
        if (!wait.isZero()) {
            logins.makeWait(ctx, next, "", Via.OPENID, wait);
        }
        return !wait.isZero();
    }

    private void fail(Context ctx, String next, OpenIdException failure) {
        logger.warn("A log-in by OpenID Connect failed: {}, {}", failure.reason(), failure.getMessage());
        audit.failed(
                Optional.empty(),
                Via.OPENID,
                access.address(ctx),
                failure.reason().name());
        meters.count(Via.OPENID, LoginMeters.Outcome.DENIED);
        Words words = frames.words(ctx);
        ctx.status(HttpStatus.UNAUTHORIZED);
        logins.problem(
                ctx,
                next,
                switch (failure.reason()) {
                    case NO_ROLE -> words.of(AccessWord.OPENID_NO_ROLE);
                    case UNREACHABLE -> words.of(AccessWord.OPENID_FAILED, words.of(AccessWord.OPENID_UNREACHABLE));
                    case EXPIRED -> words.of(AccessWord.OPENID_FAILED, words.of(AccessWord.OPENID_EXPIRED));
                    case DENIED, UNTRUSTED -> words.of(AccessWord.OPENID_FAILED, words.of(AccessWord.OPENID_REFUSED));
                });
    }

    /** Lax: it must come along from the provider's page. */
    private Cookie cookie(String value, int seconds) {
        Cookie cookie = new Cookie(BROWSER, value);
        cookie.setPath("/openid");
        cookie.setMaxAge(seconds);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.LAX);
        cookie.setSecure(access.secure());
        return cookie;
    }
}
