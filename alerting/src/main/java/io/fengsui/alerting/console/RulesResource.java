package io.fengsui.alerting.console;

import io.fengsui.alerting.console.page.Frame.Section;
import io.fengsui.alerting.console.page.RuleWord;
import io.fengsui.alerting.console.page.RulesPages;
import io.javalin.http.Context;

/** The published rules. */
final class RulesResource {
    private final RulesPages pages;
    private final Frames frames;
    private final Renderer renderer;

    RulesResource(RulesPages pages, Frames frames, Renderer renderer) {
        this.pages = pages;
        this.frames = frames;
        this.renderer = renderer;
    }

    void show(Context ctx) {
        renderer.page(ctx, "rules.jte", pages.of(frames.of(ctx, Section.RULES, RuleWord.NAV_RULES)));
    }
}
