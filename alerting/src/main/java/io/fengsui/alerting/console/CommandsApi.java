package io.fengsui.alerting.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alerting.access.CommandAuthorities;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.AlertCommands;
import io.fengsui.alerting.board.AlertCommands.Outcome;
import io.fengsui.alerting.console.page.Language;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.console.page.Phrase;
import io.fengsui.alerting.console.page.Question;
import io.fengsui.alerting.console.page.ReportWord;
import io.fengsui.alerting.console.page.Word;
import io.fengsui.alerting.console.page.Words;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.lifecycle.Decision;
import io.fengsui.alerting.lifecycle.Refusal;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/alerts/<realm>/<id>/commands}: acts on an alert for programs, who have a bearer token. What a form of the
 * console would be refused is refused here, by name, as {@code application/problem+json}; both are in the audit. The fields of the
 * JSON object stand in {@code alerting/docs/command-api.md}.
 */
final class CommandsApi {
    private static final Logger logger = LoggerFactory.getLogger(CommandsApi.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Words ZH = new Words(Language.ZH);
    private static final Words EN = new Words(Language.EN);

    private final AlertBoard board;
    private final AlertCommands commands;
    private final Audit audit;
    private final InstantSource clock;

    CommandsApi(AlertBoard board, AlertCommands commands, Audit audit, InstantSource clock) {
        this.board = board;
        this.commands = commands;
        this.audit = audit;
        this.clock = clock;
    }

    void act(Context ctx) {
        Optional<Realm> realm = Paths.realm(ctx.pathParam("realm"));
        Optional<Alert> alert = realm.flatMap(side -> board.get(side, ctx.pathParam("id")));
        if (alert.isEmpty()) {
            answer(ctx, HttpStatus.NOT_FOUND, Refusal.NO_SUCH_ALERT);
            return;
        }
        JsonNode body;
        Submission submission;
        try {
            body = body(ctx);
            submission = Submission.of(name -> field(body, name), AccessGate.visitor(ctx));
        } catch (BadRequestResponse e) {
            new Problem(
                            HttpStatus.BAD_REQUEST,
                            "BAD_REQUEST",
                            ZH.of(Word.BAD_REQUEST_TEXT),
                            String.valueOf(e.getMessage()))
                    .answer(ctx);
            return;
        }
        act(ctx, realm.orElseThrow(), alert.get(), submission, field(body, "exercise"));
    }

    private void act(Context ctx, Realm realm, Alert alert, Submission submission, String exercise) {
        Visitor visitor = AccessGate.visitor(ctx);
        Instant now = clock.instant();
        AlertCommand command = submission.command(alert.getAlertId(), CommandAuthorities.of(visitor, realm), now);
        Optional<Refusal> forbidden = CommandAuthorities.refusal(command, realm, alert, visitor.via() == Via.OPEN);
        Optional<Problem> wrong = wrong(alert, submission, exercise);
        if (forbidden.isPresent()) {
            audit.refused(
                    visitor,
                    realm,
                    command,
                    AuditOutcome.REFUSED,
                    forbidden.get().name());
            answer(ctx, HttpStatus.FORBIDDEN, forbidden.get());
        } else if (wrong.isPresent()) {
            audit.refused(
                    visitor, realm, command, AuditOutcome.REFUSED, wrong.get().reason());
            wrong.get().answer(ctx);
        } else if (AlertLifecycle.apply(alert, command, board.duty(), now) instanceof Decision.Refused refused) {
            audit.refused(
                    visitor,
                    realm,
                    command,
                    AuditOutcome.REFUSED,
                    refused.refusal().name());
            answer(ctx, HttpStatus.CONFLICT, refused.refusal());
        } else {
            ctx.future(() -> audit.allowed(visitor, realm, command)
                    .thenCompose(written -> commands.request(realm, command))
                    .whenComplete((outcome, failure) -> {
                        if (failure != null) {
                            audit.refused(visitor, realm, command, AuditOutcome.FAILED, "NOT_STORED");
                        }
                    })
                    .handle((outcome, failure) -> done(ctx, realm, command, outcome, failure)));
        }
    }

    /** What the program must mend. An exercise is named, as is nothing else: who means the one must not meet the other. */
    private static Optional<Problem> wrong(Alert alert, Submission submission, String exercise) {
        for (Word problem : submission.problems()) {
            String zh = ZH.of(problem).replace("%s", "");
            return Optional.of(new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    problem.name(),
                    zh,
                    EN.of(problem).replace("%s", "")));
        }
        if (!exercise.equals(Objects.requireNonNullElse(alert.getExercise(), ""))) {
            return Optional.of(problem(HttpStatus.UNPROCESSABLE_CONTENT, "EXERCISE_NAME", ReportWord.API_EXERCISE));
        }
        boolean asks = Question.about(submission.action(), alert).isPresent() && !submission.confirmed();
        return asks
                ? Optional.of(problem(HttpStatus.CONFLICT, "CONFIRMATION_NEEDED", ReportWord.API_CONFIRM))
                : Optional.empty();
    }

    private @Nullable Void done(
            Context ctx, Realm realm, AlertCommand command, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            logger.error("A command for {} could not be stored", command.getAlertId(), failure);
            problem(HttpStatus.SERVICE_UNAVAILABLE, "NOT_STORED", Word.NOT_STORED)
                    .answer(ctx);
            return null;
        }
        if (outcome == Outcome.OVERTAKEN) {
            problem(HttpStatus.CONFLICT, "OVERTAKEN", Word.DONE_OVERTAKEN).answer(ctx);
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("outcome", outcome.name());
        members.put("commandId", command.getCommandId());
        members.put("alertId", command.getAlertId());
        members.put("realm", Paths.code(realm));
        board.get(realm, command.getAlertId()).ifPresent(alert -> {
            members.put("revision", alert.getRevision());
            members.put("state", alert.getState().name());
        });
        try {
            ctx.status(outcome == Outcome.DONE ? HttpStatus.OK : HttpStatus.ACCEPTED)
                    .contentType("application/json")
                    .result(JSON.writeValueAsBytes(members));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
        return null;
    }

    private static void answer(Context ctx, HttpStatus status, Refusal refusal) {
        new Problem(status, refusal.name(), refusal.zh(), refusal.en()).answer(ctx);
    }

    private static Problem problem(HttpStatus status, String reason, Phrase words) {
        return new Problem(status, reason, ZH.of(words), EN.of(words));
    }

    private static JsonNode body(Context ctx) {
        try {
            JsonNode body = JSON.readTree(ctx.bodyAsBytes());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            logger.debug("A command is no JSON: {}", e.getMessage());
        }
        throw new BadRequestResponse("The body is no JSON object");
    }

    /** A command without an id gets one: whoever may send it twice gives it one. */
    private static String field(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (name.equals("commandId") && value.isMissingNode()) {
            return UUID.randomUUID().toString();
        }
        if (name.equals("confirmed")) {
            return value.asBoolean(false) ? "yes" : "";
        }
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
