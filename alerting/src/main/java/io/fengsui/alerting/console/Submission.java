package io.fengsui.alerting.console;

import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.CommandAction;
import io.fengsui.alert.CommandAuthority;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.console.page.AlertPage.Typed;
import io.fengsui.alerting.console.page.Word;
import io.fengsui.alerting.console.page.Words;
import io.fengsui.event.Severity;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a person sent with the form of an alert.
 *
 * @param actor the user's name; without log-in, the one that was given
 * @param revision revision the person saw
 * @param confirmed whether the end of an alert, or its escalation, was confirmed
 * @param exercise name of the exercise as typed, empty if none was asked for
 * @param typed what stood in the fields of this and other actions
 */
record Submission(
        CommandAction action,
        String actor,
        String note,
        String commandId,
        int revision,
        boolean confirmed,
        String exercise,
        Typed typed) {
    private static final int LONGEST_ACTOR = 50;
    private static final int LONGEST_NOTE = 1_000;
    /** How the history marks what a rule did; no person may look like one. */
    private static final String RULE = "rule:";

    /** @throws BadRequestResponse for what the form itself can never send */
    static Submission of(Context ctx, Visitor visitor) {
        return of(name -> Objects.requireNonNullElse(ctx.formParam(name), ""), visitor);
    }

    /**
     * The same of a program.
     *
     * @param fields what stands in a field, by its name; empty: nothing
     */
    static Submission of(UnaryOperator<String> fields, Visitor visitor) {
        String actor = visitor.user().map(User::displayName).orElseGet(() -> name(fields.apply("actor")));
        boolean takes = fields.apply("action").equals("take");
        return new Submission(
                action(fields.apply("action")),
                actor,
                fields.apply("note").replace("\r\n", "\n").strip(),
                commandId(fields.apply("commandId")),
                revision(fields.apply("revision")),
                fields.apply("confirmed").equals("yes"),
                name(fields.apply("exercise")),
                new Typed(
                        takes ? actor : name(fields.apply("assignee")),
                        fields.apply("report").strip(),
                        fields.apply("figure").strip(),
                        fields.apply("value").strip(),
                        severity(fields.apply("severity"))));
    }

    /** A name as it is compared: without what only moves the cursor. */
    static String name(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** What the person must mend, in words; empty if nothing. */
    List<String> problems(Words words) {
        return problems().stream()
                .map(problem -> problem == Word.NOTE_TOO_LONG ? words.of(problem, length(note)) : words.of(problem))
                .toList();
    }

    /** The same by name. */
    List<Word> problems() {
        List<Word> problems = new ArrayList<>();
        if (actor.isEmpty()) {
            problems.add(Word.ACTOR_MISSING);
        } else if (length(actor) > LONGEST_ACTOR) {
            problems.add(Word.ACTOR_TOO_LONG);
        } else if (actor.toLowerCase(Locale.ROOT).startsWith(RULE)) {
            problems.add(Word.ACTOR_RESERVED);
        }
        boolean noteNeeded =
                action == CommandAction.COMMENT || action == CommandAction.CANCEL || action == CommandAction.REVISE;
        if (note.isEmpty() && noteNeeded) {
            problems.add(Word.NOTE_MISSING);
        } else if (length(note) > LONGEST_NOTE) {
            problems.add(Word.NOTE_TOO_LONG);
        }
        return problems;
    }

    AlertCommand command(String alertId, CommandAuthority authority, Instant now) {
        return AlertCommand.newBuilder()
                .setAlertId(alertId)
                .setCommandId(commandId)
                .setAction(action)
                .setActor(actor)
                .setNote(note.isEmpty() ? null : note)
                .setRevision(revision)
                .setAssignee(action == CommandAction.ASSIGN ? typed.assignee() : null)
                .setReportId(action == CommandAction.REPORT ? typed.reportId() : null)
                .setFigures(action == CommandAction.REVISE ? Map.of(typed.figure(), typed.value()) : Map.of())
                .setSeverity(
                        action == CommandAction.REVISE && !typed.severity().isEmpty()
                                ? Severity.valueOf(typed.severity())
                                : null)
                .setAuthority(authority)
                .setRequestedAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static CommandAction action(String name) {
        return switch (name) {
            case "acknowledge" -> CommandAction.ACKNOWLEDGE;
            case "resolve" -> CommandAction.RESOLVE;
            case "cancel" -> CommandAction.CANCEL;
            case "comment" -> CommandAction.COMMENT;
            case "take", "assign" -> CommandAction.ASSIGN;
            case "return" -> CommandAction.RETURN;
            case "escalate" -> CommandAction.ESCALATE;
            case "report" -> CommandAction.REPORT;
            case "revise" -> CommandAction.REVISE;
            default -> throw new BadRequestResponse("no such action");
        };
    }

    /** As a severity is called; empty: as it is. */
    private static String severity(String name) {
        boolean known = Arrays.stream(Severity.values())
                .anyMatch(severity ->
                        severity != Severity.UNKNOWN && severity.name().equals(name));
        if (!known && !name.isEmpty()) {
            throw new BadRequestResponse("no such severity");
        }
        return name;
    }

    private static String commandId(String id) {
        try {
            return UUID.fromString(id).toString();
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("commandId is no UUID");
        }
    }

    private static int revision(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new BadRequestResponse("revision is no number");
        }
    }
}
