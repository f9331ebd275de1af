package io.fengsui.alerting.console;

import io.fengsui.alert.Incident;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.IncidentPages;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;

/** An incident's page. It acts on nothing: each of its alerts is acknowledged and ended by itself. */
final class IncidentResource {
    private final AlertBoard board;
    private final IncidentPages pages;
    private final Frames frames;
    private final Renderer renderer;
    private final Situations situations;

    IncidentResource(AlertBoard board, IncidentPages pages, Frames frames, Renderer renderer, Situations situations) {
        this.board = board;
        this.pages = pages;
        this.frames = frames;
        this.renderer = renderer;
        this.situations = situations;
    }

    void show(Context ctx) {
        Realm realm = Paths.realm(ctx.pathParam("realm")).orElseThrow(NotFoundResponse::new);
        Incident incident = board.incidents().get(realm, ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
        String title = frames.words(ctx).of(incident.getTitle()) + " · " + incident.getPlaceName();
        Frame frame = frames.of(ctx, realm, title, situations.of(realm));
        renderer.page(ctx, "incident.jte", pages.of(frame, realm, incident));
    }
}
