package io.fengsui.alerting.console;

import io.fengsui.alerting.console.page.ErrorPage;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Frame.Section;
import io.fengsui.alerting.console.page.Phrase;
import io.fengsui.alerting.console.page.Word;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors in words, for those who are logged in; others learn nothing of what pages show. The stack trace stays in the log, under the number that the page shows. */
final class ErrorPages {
    private static final Logger logger = LoggerFactory.getLogger(ErrorPages.class);

    private final Frames frames;
    private final Renderer renderer;

    ErrorPages(Frames frames, Renderer renderer) {
        this.frames = frames;
        this.renderer = renderer;
    }

    void route(RoutesConfig routes) {
        routes.error(HttpStatus.BAD_REQUEST, ctx -> show(ctx, Word.BAD_REQUEST_TITLE, Word.BAD_REQUEST_TEXT));
        routes.error(
                HttpStatus.FORBIDDEN,
                ctx -> show(ctx, Word.FORBIDDEN_TITLE, AccessGate.refusal(ctx).orElse(Word.FORBIDDEN_TEXT)));
        routes.error(HttpStatus.NOT_FOUND, ctx -> show(ctx, Word.NOT_FOUND_TITLE, Word.NOT_FOUND_TEXT));
        routes.error(HttpStatus.CONTENT_TOO_LARGE, ctx -> show(ctx, Word.TOO_LARGE_TITLE, Word.TOO_LARGE_TEXT));
        routes.exception(RuntimeException.class, this::fail);
    }

    private void fail(RuntimeException failure, Context ctx) {
        String number = UUID.randomUUID().toString().substring(0, 8);
        logger.error("{} {} failed, number {}", ctx.method(), ctx.path(), number, failure);
        ctx.status(HttpStatus.INTERNAL_SERVER_ERROR);
        if (isForPeople(ctx)) {
            show(ctx, Word.ERROR_TITLE, frames.words(ctx).of(Word.ERROR_TEXT, number));
        } else {
            ctx.contentType("text/plain").result("Internal error " + number);
        }
    }

    private void show(Context ctx, Word title, Phrase text) {
        if (isForPeople(ctx)) {
            show(ctx, title, frames.words(ctx).of(text));
        }
    }

    private void show(Context ctx, Word title, String text) {
        Frame frame = frames.of(ctx, Section.NOWHERE, title);
        renderer.page(
                ctx,
                "error.jte",
                new ErrorPage(frame, ctx.statusCode(), frame.words().of(title), text));
    }

    private static boolean isForPeople(Context ctx) {
        return AccessGate.isIn(ctx) && !ctx.path().matches("/(api|cap|health|metrics|events|assets)(/.*)?");
    }
}
