package io.fengsui.alerting.console;

import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.Passwords;
import io.fengsui.alerting.access.Session;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.UserEntry;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.console.page.AccessWord;
import io.fengsui.alerting.console.page.Frame.Assets;
import io.fengsui.alerting.console.page.LoginPage;
import io.fengsui.alerting.console.page.Words;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Log-in with a password, and log-out. */
final class LoginResource {
    /** A path of ours: of what begins with two slashes, or holds a backslash, browsers make another host. */
    private static final Pattern OURS = Pattern.compile("/(?![/\\\\])[^\\\\\\p{Cntrl}]*");

    /** Passwords looked at at the same time: who floods the page must not take the processor from the alerts. */
    private static final int AT_ONCE = 2;

    private static final long PATIENCE_SECONDS = 3;

    private final Access access;
    private final Audit audit;
    private final Frames frames;
    private final Assets assets;
    private final Renderer renderer;
    private final LoginMeters meters;
    private final InstantSource clock;
    private final Semaphore looks = new Semaphore(AT_ONCE, true);

    LoginResource(
            Access access,
            Audit audit,
            Frames frames,
            Assets assets,
            Renderer renderer,
            LoginMeters meters,
            InstantSource clock) {
        this.access = access;
        this.audit = audit;
        this.frames = frames;
        this.assets = assets;
        this.renderer = renderer;
        this.meters = meters;
        this.clock = clock;
    }

    void show(Context ctx) {
        if (access.open()) {
            ctx.redirect("/", HttpStatus.SEE_OTHER);
            return;
        }
        String next = next(ctx.queryParam("next"));
        String name = Objects.requireNonNullElse(ctx.queryParam("name"), "");
        Optional<String> notice = "1".equals(ctx.queryParam("out"))
                ? Optional.of(frames.words(ctx).of(AccessWord.LOGGED_OUT))
                : Optional.empty();
        page(ctx, next, name, notice, Optional.empty());
    }

    void logIn(Context ctx) {
        String name =
                Objects.requireNonNullElse(ctx.formParam("name"), "").strip().toLowerCase(Locale.ROOT);
        String password = Objects.requireNonNullElse(ctx.formParam("password"), "");
        String next = next(ctx.formParam("next"));
        String address = access.address(ctx);
        Instant now = clock.instant();
        Words words = frames.words(ctx);
        Duration wait = access.throttle().attempt(name, address, now);
        if (!wait.isZero()) {
            makeWait(ctx, next, name, Via.PASSWORD, wait);
            return;
        }
        Optional<UserEntry> entry =
                access.users().map(users -> users.current(now)).flatMap(file -> file.find(name));
        Optional<Boolean> right = match(entry.map(UserEntry::passwordHash).orElse(""), password);
        if (right.isEmpty()) {
            access.throttle().withdraw(name, address, now);
            meters.count(Via.PASSWORD, LoginMeters.Outcome.THROTTLED);
            ctx.status(HttpStatus.SERVICE_UNAVAILABLE);
            page(ctx, next, name, Optional.empty(), Optional.of(words.of(AccessWord.BUSY)));
        } else if (!right.get() || entry.isEmpty()) {
            audit.failed(entry.map(UserEntry::user), Via.PASSWORD, address, "WRONG_PASSWORD");
            meters.count(Via.PASSWORD, LoginMeters.Outcome.DENIED);
            ctx.status(HttpStatus.UNAUTHORIZED);
            page(ctx, next, name, Optional.empty(), Optional.of(words.of(AccessWord.WRONG)));
        } else {
            access.throttle().succeeded(name, address, now);
            begin(ctx, entry.get().user(), entry.get().passwordHash(), Via.PASSWORD);
            ctx.redirect(next, HttpStatus.SEE_OTHER);
        }
    }

    /** Says how long to wait before another attempt. */
    void makeWait(Context ctx, String next, String name, Via via, Duration wait) {
        meters.count(via, LoginMeters.Outcome.THROTTLED);
        long seconds = wait.toSeconds() + 1;
        ctx.header("Retry-After", Long.toString(seconds)).status(HttpStatus.TOO_MANY_REQUESTS);
        page(ctx, next, name, Optional.empty(), Optional.of(frames.words(ctx).of(AccessWord.WAIT, seconds)));
    }

    /** Begins a session under a new id, and ends the one that the browser had. */
    void begin(Context ctx, User user, String proof, Via via) {
        Instant now = clock.instant();
        Session former = SessionCookie.read(ctx, access)
                .flatMap(id -> access.sessions().find(id, now))
                .orElse(null);
        Session session = access.sessions().begin(user, proof, via == Via.PASSWORD, former, now);
        SessionCookie.give(ctx, access, session);
        meters.count(via, LoginMeters.Outcome.SUCCEEDED);
        audit.done(new Visitor(Optional.of(user), via, access.address(ctx), session, true), Act.LOG_IN);
    }

    void logOut(Context ctx) {
        Visitor visitor = AccessGate.visitor(ctx);
        Session session = visitor.session();
        if (session != null) {
            access.sessions().end(session);
            audit.done(visitor, Act.LOG_OUT);
        }
        SessionCookie.take(ctx, access);
        ctx.redirect("/login?out=1", HttpStatus.SEE_OTHER);
    }

    /** Nothing when too many wait for an answer. */
    private Optional<Boolean> match(String hash, String password) {
        try {
            if (!looks.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(Passwords.match(hash.isEmpty() ? null : hash, password));
        } finally {
            looks.release();
        }
    }

    /** A log-in page with what went wrong. */
    void problem(Context ctx, String next, String problem) {
        page(ctx, next, "", Optional.empty(), Optional.of(problem));
    }

    private void page(Context ctx, String next, String name, Optional<String> notice, Optional<String> problem) {
        Words words = frames.words(ctx);
        renderer.page(
                ctx,
                "login.jte",
                new LoginPage(
                        words,
                        assets,
                        next,
                        name,
                        notice,
                        problem,
                        access.users().isPresent(),
                        access.openId().isPresent()));
    }

    /** Where to go after the log-in; never out of the console. */
    static String next(@Nullable String asked) {
        return asked != null && OURS.matcher(asked).matches() && !asked.startsWith("/login") ? asked : "/";
    }
}
