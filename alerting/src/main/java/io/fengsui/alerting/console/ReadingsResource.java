package io.fengsui.alerting.console;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.PublishedRules;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.console.page.ReadingsPage;
import io.fengsui.alerting.console.page.Situation;
import io.fengsui.alerting.readings.ReadingPlan;
import io.fengsui.alerting.readings.Readings.Found;
import io.fengsui.alerting.readings.ReadingsUnavailableException;
import io.fengsui.alerting.readings.SharedReadings;
import io.fengsui.alerting.rulebook.RuleSheet;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a device reported around an alert. No thread of the server waits for Kafka. */
final class ReadingsResource {
    private static final Logger logger = LoggerFactory.getLogger(ReadingsResource.class);
    /** Less than a browser waits for an answer. */
    private static final long PATIENCE_SECONDS = 7;

    private final AlertBoard board;
    private final PublishedRules rules;
    private final SharedReadings readings;
    private final Frames frames;
    private final Renderer renderer;
    private final InstantSource clock;

    ReadingsResource(
            AlertBoard board,
            PublishedRules rules,
            SharedReadings readings,
            Frames frames,
            Renderer renderer,
            InstantSource clock) {
        this.board = board;
        this.rules = rules;
        this.readings = readings;
        this.frames = frames;
        this.renderer = renderer;
        this.clock = clock;
    }

    void show(Context ctx) {
        Realm realm = Paths.realm(ctx.pathParam("realm")).orElseThrow(NotFoundResponse::new);
        Alert alert = board.get(realm, ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
        Optional<RuleSheet> sheet = rules.sheet(alert.getFeed());
        ReadingPlan plan = ReadingPlan.of(realm, alert, sheet, clock.instant()).orElseThrow(NotFoundResponse::new);
        ctx.future(() -> readings.ask(plan.query())
                .copy()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((found, failure) -> {
                    renderer.page(ctx, "readings.jte", page(ctx, realm, alert, plan, sheet, found, failure));
                    return null;
                }));
    }

    private ReadingsPage page(
            Context ctx,
            Realm realm,
            Alert alert,
            ReadingPlan plan,
            Optional<RuleSheet> sheet,
            @Nullable Found found,
            @Nullable Throwable failure) {
        String title = frames.words(ctx).of(alert.getTitle()) + " · "
                + alert.getSubject().getName();
        Frame frame = frames.of(ctx, realm, title, Situation.of(board, realm, clock.instant()));
        if (found != null) {
            return ReadingsPage.of(frame, realm, alert, plan, sheet, found);
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof ReadingsUnavailableException) {
            logger.warn("Readings around {} cannot be read: {}", alert.getAlertId(), cause.getMessage());
        } else if (!(cause instanceof TimeoutException)) {
            logger.error("Readings around {} cannot be read", alert.getAlertId(), cause);
        }
        String why = cause instanceof TimeoutException ? PATIENCE_SECONDS + " s" : "Kafka";
        return ReadingsPage.unavailable(frame, realm, alert, why);
    }
}
