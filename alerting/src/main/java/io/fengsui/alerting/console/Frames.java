package io.fengsui.alerting.console;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Frame.Assets;
import io.fengsui.alerting.console.page.Frame.Blind;
import io.fengsui.alerting.console.page.Frame.Section;
import io.fengsui.alerting.console.page.Language;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.console.page.Phrase;
import io.fengsui.alerting.console.page.Situation;
import io.fengsui.alerting.console.page.Times;
import io.fengsui.alerting.console.page.Viewer;
import io.fengsui.alerting.console.page.Words;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Makes what stands around a page: who looks, in which language, and what must be said on every page. */
final class Frames {
    private static final String LANGUAGE = "lang";
    private static final String WALL = "wall";
    private static final String ACTOR = "actor";
    private static final String EXERCISE = "exercise";
    private static final Duration YEAR = Duration.ofDays(365);
    /** A shift; the next officer gives a name of his own. */
    private static final Duration SHIFT = Duration.ofHours(12);

    private final Situations situations;
    private final BooleanSupplier fresh;
    private final Assets assets;
    private final InstantSource clock;

    /** @param fresh whether new alerts reach the board; asked at each page, never blocks */
    Frames(Situations situations, BooleanSupplier fresh, Assets assets, InstantSource clock) {
        this.situations = situations;
        this.fresh = fresh;
        this.assets = assets;
        this.clock = clock;
    }

    /** The frame of a page that shows no realm's situation itself. */
    Frame of(Context ctx, Section section, Phrase title) {
        Situation live = situations.of(Realm.LIVE);
        return of(ctx, section, words(ctx).of(title), live, drillOpen(), false, List.of());
    }

    /** The frame of a board or of an alert of the realm. */
    Frame of(Context ctx, Realm realm, String title, Situation situation) {
        return of(ctx, realm, Section.BOARD, title, situation);
    }

    /**
     * The frame of a page of the realm.
     *
     * @param section of the live realm; an exercise has one alone
     */
    Frame of(Context ctx, Realm realm, Section section, String title, Situation situation) {
        boolean drill = realm == Realm.DRILL;
        Situation live = drill ? situations.of(Realm.LIVE) : situation;
        return of(
                ctx,
                drill ? Section.DRILL : section,
                title,
                live,
                drillOpen(),
                drill,
                drill ? exercises(situation) : List.of());
    }

    private Frame of(
            Context ctx,
            Section section,
            String title,
            Situation live,
            int drillOpen,
            boolean drill,
            List<String> exercises) {
        Times times = new Times(words(ctx), clock.instant());
        return new Frame(
                viewer(ctx),
                times,
                assets,
                section,
                title,
                here(ctx),
                query(ctx),
                live.counts().urgent(),
                live.counts().latestUrgent(),
                live.counts().blind().stream().map(alert -> blind(alert, times)).toList(),
                !fresh.getAsBoolean(),
                drillOpen,
                drill,
                exercises);
    }

    private int drillOpen() {
        Situation drill = situations.of(Realm.DRILL);
        return drill.open().size() + drill.foldedCount();
    }

    private static List<String> exercises(Situation situation) {
        return situation.open().stream()
                .map(entry -> entry.alert().getExercise())
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .limit(5)
                .toList();
    }

    private static Blind blind(Alert alert, Times times) {
        return new Blind(
                Paths.alert(Realm.LIVE, alert.getAlertId()),
                alert.getSubject().getName(),
                times.full(alert.getStartedAt()));
    }

    Words words(Context ctx) {
        return new Words(language(ctx));
    }

    private static Language language(Context ctx) {
        return chosen(ctx, LANGUAGE).flatMap(Language::byCode).orElse(Language.ZH);
    }

    private static Viewer viewer(Context ctx) {
        boolean wall = chosen(ctx, WALL).filter("1"::equals).isPresent();
        Visitor visitor = AccessGate.visitor(ctx);
        String name = visitor.user().map(User::displayName).orElseGet(() -> actor(ctx));
        return new Viewer(language(ctx), wall, name, visitor);
    }

    /** What the address says, else what the cookie remembers. */
    private static Optional<String> chosen(Context ctx, String name) {
        String asked = ctx.queryParam(name);
        return Optional.ofNullable(asked != null ? asked : ctx.cookie("fengsui-" + name));
    }

    private static String actor(Context ctx) {
        return decoded(ctx, ACTOR).orElse("");
    }

    private static Optional<String> decoded(Context ctx, String name) {
        String cookie = ctx.cookie("fengsui-" + name);
        if (cookie == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(cookie, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Remembers language and size where the address names them. */
    static void remember(Context ctx) {
        String language = ctx.queryParam(LANGUAGE);
        if (language != null && Language.byCode(language).isPresent()) {
            keep(ctx, LANGUAGE, language, YEAR);
        }
        String wall = ctx.queryParam(WALL);
        if (wall != null) {
            keep(ctx, WALL, wall.equals("1") ? "1" : "0", YEAR);
        }
    }

    /** The exercise whose name was typed last. */
    static Optional<String> exercise(Context ctx) {
        return decoded(ctx, EXERCISE);
    }

    /** For a shift: who acts on twenty alerts of an exercise has shown that he knows of it. */
    static void rememberExercise(Context ctx, String exercise) {
        keep(ctx, EXERCISE, Paths.encode(exercise), SHIFT);
    }

    static void rememberActor(Context ctx, String actor) {
        keep(ctx, ACTOR, Paths.encode(actor), SHIFT);
    }

    private static void keep(Context ctx, String name, String value, Duration age) {
        Cookie cookie = new Cookie("fengsui-" + name, value);
        cookie.setPath("/");
        cookie.setMaxAge((int) age.toSeconds());
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setSecure(ctx.scheme().equals("https"));
        ctx.cookie(cookie);
    }

    private static String here(Context ctx) {
        return ctx.req().getRequestURI();
    }

    /** The query without what the switches themselves set. */
    private static String query(Context ctx) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, List<String>> parameter : ctx.queryParamMap().entrySet()) {
            if (parameter.getKey().equals(LANGUAGE) || parameter.getKey().equals(WALL)) {
                continue;
            }
            parameter
                    .getValue()
                    .forEach(value -> parts.add(Paths.encode(parameter.getKey()) + "=" + Paths.encode(value)));
        }
        return String.join("&", parts);
    }
}
