package io.fengsui.alerting.console;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alerting.access.CommandAuthorities;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.AlertCommands;
import io.fengsui.alerting.board.AlertCommands.Outcome;
import io.fengsui.alerting.console.page.AccessWord;
import io.fengsui.alerting.console.page.AlertPage.Form;
import io.fengsui.alerting.console.page.AlertPage.Typed;
import io.fengsui.alerting.console.page.AlertPages;
import io.fengsui.alerting.console.page.AlertPages.Visit;
import io.fengsui.alerting.console.page.DutyWord;
import io.fengsui.alerting.console.page.ExerciseWord;
import io.fengsui.alerting.console.page.Frame;
import io.fengsui.alerting.console.page.Language;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.console.page.Question;
import io.fengsui.alerting.console.page.Word;
import io.fengsui.alerting.console.page.Words;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Decision;
import io.fengsui.alerting.lifecycle.Refusal;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An alert's page and what people do there. Nothing is decided here: the command goes to the lifecycle through Kafka. */
final class AlertResource {
    private static final Logger logger = LoggerFactory.getLogger(AlertResource.class);

    private final AlertBoard board;
    private final AlertCommands commands;
    private final Audit audit;
    private final AlertPages pages;
    private final Frames frames;
    private final Situations situations;
    private final Renderer renderer;
    private final InstantSource clock;

    AlertResource(
            AlertBoard board,
            AlertCommands commands,
            Audit audit,
            AlertPages pages,
            Frames frames,
            Situations situations,
            Renderer renderer,
            InstantSource clock) {
        this.board = board;
        this.commands = commands;
        this.audit = audit;
        this.pages = pages;
        this.frames = frames;
        this.situations = situations;
        this.renderer = renderer;
        this.clock = clock;
    }

    private record Place(Realm realm, Alert alert) {
        /** Whether whoever gives this name knows of which exercise the alert is; nobody is asked of what is real. */
        boolean isOf(String exercise) {
            return realm == Realm.LIVE
                    || alert.getExercise() == null
                    || Submission.name(alert.getExercise()).equals(exercise);
        }
    }

    private Place place(Context ctx) {
        Realm realm = Paths.realm(ctx.pathParam("realm")).orElseThrow(NotFoundResponse::new);
        Alert alert = board.get(realm, ctx.pathParam("id")).orElseThrow(NotFoundResponse::new);
        return new Place(realm, alert);
    }

    void show(Context ctx) {
        Place place = place(ctx);
        Frame frame = frame(ctx, place);
        String exercise = Frames.exercise(ctx).filter(place::isOf).orElse("");
        Form form = new Form(frame.viewer().actor(), "", UUID.randomUUID().toString(), exercise, Typed.NOTHING);
        int seen = seen(ctx, place.alert());
        render(ctx, place, new Visit(form, seen, notice(ctx, frame.words()), List.of(), Optional.empty()));
    }

    private static int seen(Context ctx, Alert alert) {
        String seen = ctx.queryParam("seen");
        return seen != null && seen.matches("\\d{1,9}") ? Integer.parseInt(seen) : alert.getRevision();
    }

    private static Optional<String> notice(Context ctx, Words words) {
        return switch (Objects.requireNonNullElse(ctx.queryParam("done"), "")) {
            case "acknowledge" -> Optional.of(words.of(Word.DONE_ACKNOWLEDGE));
            case "resolve" -> Optional.of(words.of(Word.DONE_RESOLVE));
            case "cancel" -> Optional.of(words.of(Word.DONE_CANCEL));
            case "comment" -> Optional.of(words.of(Word.DONE_COMMENT));
            case "assign" -> Optional.of(words.of(DutyWord.DONE_ASSIGN));
            case "return" -> Optional.of(words.of(DutyWord.DONE_RETURN));
            case "escalate" -> Optional.of(words.of(DutyWord.DONE_ESCALATE));
            case "report" -> Optional.of(words.of(DutyWord.DONE_REPORT));
            case "revise" -> Optional.of(words.of(DutyWord.DONE_REVISE));
            case "pending" -> Optional.of(words.of(Word.DONE_PENDING));
            case "overtaken" -> Optional.of(words.of(Word.DONE_OVERTAKEN));
            default -> Optional.empty();
        };
    }

    /** Takes a command from the form, and answers when its effect is seen or the patience for it is over. */
    void act(Context ctx) {
        Place place = place(ctx);
        Visitor visitor = AccessGate.visitor(ctx);
        Submission submission = Submission.of(ctx, visitor);
        Instant now = clock.instant();
        AlertCommand command =
                submission.command(place.alert().getAlertId(), CommandAuthorities.of(visitor, place.realm()), now);
        Optional<Refusal> forbidden =
                CommandAuthorities.refusal(command, place.realm(), place.alert(), visitor.via() == Via.OPEN);
        if (forbidden.isPresent()) {
            audit.refused(
                    visitor,
                    place.realm(),
                    command,
                    AuditOutcome.REFUSED,
                    forbidden.get().name());
            throw AccessGate.forbidden(ctx, AccessWord.REFUSED_ROLE);
        }
        Words words = frames.words(ctx);
        List<String> problems = new ArrayList<>(submission.problems(words));
        Optional<String> reason = submission.problems().stream().map(Enum::name).findFirst();
        if (place.isOf(submission.exercise())) {
            if (place.realm() == Realm.DRILL) {
                Frames.rememberExercise(ctx, submission.exercise());
            }
        } else {
            problems.add(words.of(ExerciseWord.NAME_WRONG, place.alert().getExercise()));
            reason = reason.or(() -> Optional.of("EXERCISE_NAME"));
        }
        if (!visitor.active()) {
            audit.refused(visitor, place.realm(), command, AuditOutcome.REFUSED, "IDLE");
            again(ctx, place, submission, HttpStatus.UNAUTHORIZED, List.of(words.of(AccessWord.LOOKS_ONLY)));
            return;
        }
        if (reason.isPresent()) {
            audit.refused(visitor, place.realm(), command, AuditOutcome.REFUSED, reason.get());
            again(ctx, place, submission, HttpStatus.UNPROCESSABLE_CONTENT, problems);
            return;
        }
        Decision likely = AlertLifecycle.apply(place.alert(), command, board.duty(), now);
        if (likely instanceof Decision.Refused refused) {
            audit.refused(
                    visitor,
                    place.realm(),
                    command,
                    AuditOutcome.REFUSED,
                    refused.refusal().name());
            again(ctx, place, submission, HttpStatus.CONFLICT, List.of(say(refused.refusal(), words)));
        } else if (!submission.confirmed()
                && Question.about(submission.action(), place.alert()).isPresent()) {
            Optional<Question> question = Question.about(submission.action(), place.alert());
            render(
                    ctx,
                    place,
                    new Visit(form(submission), submission.revision(), Optional.empty(), List.of(), question));
        } else {
            ctx.future(() -> audit.allowed(visitor, place.realm(), command)
                    .thenCompose(written -> commands.request(place.realm(), command))
                    .whenComplete((outcome, failure) -> {
                        if (failure != null) {
                            audit.refused(visitor, place.realm(), command, AuditOutcome.FAILED, "NOT_STORED");
                        }
                    })
                    .handle((outcome, failure) -> answer(ctx, place, submission, outcome, failure)));
        }
    }

    private @Nullable Void answer(
            Context ctx, Place place, Submission submission, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            logger.error("A command for {} could not be stored", place.alert().getAlertId(), failure);
            String words = frames.words(ctx).of(Word.NOT_STORED);
            again(ctx, place, submission, HttpStatus.SERVICE_UNAVAILABLE, List.of(words));
            return null;
        }
        String done =
                switch (outcome) {
                    case DONE -> submission.action().name().toLowerCase(Locale.ROOT);
                    case PENDING -> "pending";
                    case OVERTAKEN -> "overtaken";
                };
        if (AccessGate.visitor(ctx).via() == Via.OPEN) {
            Frames.rememberActor(ctx, submission.actor());
        }
        String alert = Paths.alert(place.realm(), place.alert().getAlertId());
        ctx.redirect(alert + "?done=" + done, HttpStatus.SEE_OTHER);
        return null;
    }

    private static String say(Refusal refusal, Words words) {
        return words.language() == Language.ZH ? refusal.zh() : refusal.en();
    }

    /** The page as it was filled in, with what is wrong and what has changed; nothing that was typed is lost. */
    private void again(Context ctx, Place place, Submission submission, HttpStatus status, List<String> problems) {
        ctx.status(status);
        Visit visit = new Visit(form(submission), submission.revision(), Optional.empty(), problems, Optional.empty());
        render(ctx, place, visit);
    }

    private static Form form(Submission submission) {
        return new Form(
                submission.actor(),
                submission.note(),
                submission.commandId(),
                submission.exercise(),
                submission.typed());
    }

    private void render(Context ctx, Place place, Visit visit) {
        renderer.page(
                ctx, "alert.jte", pages.of(frame(ctx, place), situations.of(place.realm()), place.alert(), visit));
    }

    private Frame frame(Context ctx, Place place) {
        Words words = frames.words(ctx);
        String title = words.of(place.alert().getTitle()) + " · "
                + place.alert().getSubject().getName();
        return frames.of(ctx, place.realm(), title, situations.of(place.realm()));
    }
}
