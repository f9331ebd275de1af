package io.fengsui.alerting.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;

/** Fills the templates of src/main/jte, which are compiled with the module; every text is escaped for where it stands. */
final class Renderer {
    private static final String TEMPLATES = "io.fengsui.alerting.console.template";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Renderer.class.getClassLoader(), TEMPLATES);

    /** Answers with a page. */
    void page(Context ctx, String template, Object model) {
        StringOutput html = new StringOutput(16 * 1024);
        engine.render(template, model, html);
        ctx.header("Cache-Control", "no-store").html(html.toString());
    }
}
