package io.fengsui.alerting.console;

import io.fengsui.alerting.console.page.BoardFilter;
import io.fengsui.alerting.console.page.BoardPages;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Situation;
import io.fengsui.alerting.console.page.Word;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.Context;
import java.util.Objects;

/** The boards, live and drill. */
final class BoardResource {
    private final Situations situations;
    private final BoardPages pages;
    private final LiveEvents events;
    private final Frames frames;
    private final Renderer renderer;

    BoardResource(Situations situations, BoardPages pages, LiveEvents events, Frames frames, Renderer renderer) {
        this.situations = situations;
        this.pages = pages;
        this.events = events;
        this.frames = frames;
        this.renderer = renderer;
    }

    void live(Context ctx) {
        show(ctx, Realm.LIVE, Word.NAV_BOARD);
    }

    void drill(Context ctx) {
        show(ctx, Realm.DRILL, Word.NAV_DRILL);
    }

    private void show(Context ctx, Realm realm, Word title) {
        String connect = events.address(realm);
        Situation situation = situations.of(realm);
        Frame frame = frames.of(ctx, realm, frames.words(ctx).of(title), situation);
        renderer.page(ctx, "board.jte", pages.of(frame, connect, situation, filter(ctx)));
    }

    static BoardFilter filter(Context ctx) {
        return new BoardFilter(
                parameter(ctx, "unit"),
                parameter(ctx, "severity"),
                parameter(ctx, "state"),
                parameter(ctx, "feed"),
                parameter(ctx, "all").equals("1"));
    }

    private static String parameter(Context ctx, String name) {
        return Objects.requireNonNullElse(ctx.queryParam(name), "");
    }
}
