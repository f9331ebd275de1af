package io.fengsui.alerting.console;

import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Frame.Section;
import io.fengsui.alerting.console.page.MapFilter;
import io.fengsui.alerting.console.page.MapPages;
import io.fengsui.alerting.console.page.MapWord;
import io.fengsui.alerting.console.page.Situation;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Objects;

/** The maps, live and drill. */
final class MapResource {
    private final AlertBoard board;
    private final MapPages pages;
    private final LiveEvents events;
    private final Frames frames;
    private final Renderer renderer;
    private final InstantSource clock;

    MapResource(
            AlertBoard board,
            MapPages pages,
            LiveEvents events,
            Frames frames,
            Renderer renderer,
            InstantSource clock) {
        this.board = board;
        this.pages = pages;
        this.events = events;
        this.frames = frames;
        this.renderer = renderer;
        this.clock = clock;
    }

    void live(Context ctx) {
        show(ctx, Realm.LIVE, MapWord.MAP_TITLE);
    }

    void drill(Context ctx) {
        show(ctx, Realm.DRILL, MapWord.MAP_TITLE_DRILL);
    }

    private void show(Context ctx, Realm realm, MapWord title) {
        String connect = events.address(realm);
        Situation situation = Situation.of(board, realm, clock.instant());
        Frame frame = frames.of(ctx, realm, Section.MAP, frames.words(ctx).of(title), situation);
        MapFilter filter = MapFilter.of(parameter(ctx, "unit"), parameter(ctx, "severity"), parameter(ctx, "box"));
        // An open page asks for its alerts anew, and has the city already.
        boolean whole = ctx.header("HX-Request") == null;
        renderer.page(ctx, "map.jte", pages.of(frame, connect, situation, filter, whole));
    }

    private static String parameter(Context ctx, String name) {
        return Objects.requireNonNullElse(ctx.queryParam(name), "");
    }
}
