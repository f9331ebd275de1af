package io.fengsui.alerting.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.ReportMade;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.BoardEntry;
import io.fengsui.alerting.console.page.BoardFilter;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.alerting.console.page.Stage;
import io.fengsui.alerting.console.page.Times;
import io.fengsui.alerting.lifecycle.Escalation;
import io.fengsui.alerting.lifecycle.Reporting;
import io.fengsui.alerting.lifecycle.Reporting.Owed;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/alerts}: the alerts as a JSON array, the most urgent first. Parameters, all optional:
 *
 * <ul>
 *   <li>{@code realm}: {@code live} (default) or {@code drill}
 *   <li>{@code state}: {@code open} (default), {@code firing}, {@code acknowledged}, {@code ended} or {@code all}
 *   <li>{@code unit}: id of a township or department
 *   <li>{@code severity}: I, II, III or IV
 *   <li>{@code feed}: feed id
 * </ul>
 *
 * Times are ISO 8601 of Asia/Shanghai. Fields may be added; none is taken away or changed. A parameter with a wrong value is
 * answered with 400.
 */
final class AlertsApi {
    private final AlertBoard board;
    private final InstantSource clock;
    private final ObjectMapper json = new ObjectMapper();

    AlertsApi(AlertBoard board, InstantSource clock) {
        this.board = board;
        this.clock = clock;
    }

    /** One alert for scripts. */
    record Item(
            String alertId,
            String realm,
            int revision,
            String state,
            String severity,
            boolean lifeSafety,
            String feed,
            String ruleId,
            Map<String, String> title,
            Map<String, String> explanation,
            String subjectKind,
            String subjectId,
            String subjectName,
            List<String> unitIds,
            List<String> departmentIds,
            @Nullable String gatewayId,
            @Nullable String inhibitedBy,
            @Nullable String incidentId,
            @Nullable Integer silentDevices,
            Map<String, String> values,
            String status,
            @Nullable String exercise,
            int occurrences,
            String startedAt,
            String eventTime,
            @Nullable String receivedAt,
            String changedAt,
            @Nullable String acknowledgedAt,
            @Nullable String acknowledgedBy,
            @Nullable String endedAt,
            List<Told> deliveries,
            String level,
            List<String> escalatedTo,
            @Nullable String waitingSince,
            @Nullable String escalatesTo,
            @Nullable String escalatesAt,
            @Nullable String assignee,
            @Nullable String assignedAt,
            int flaps,
            List<ReportItem> reports,
            Map<String, String> revised,
            String url) {}

    /** What became of its last change at a receiver outside of Kafka. */
    record Told(
            String receiver,
            int revision,
            String outcome,
            String at,
            int attempts,
            @Nullable String reason,
            @Nullable String reference) {
        static Told of(AlertDelivery delivery) {
            return new Told(
                    delivery.getReceiver(),
                    delivery.getRevision(),
                    delivery.getOutcome().name(),
                    Times.iso(delivery.getAt()),
                    delivery.getAttempts(),
                    delivery.getReason(),
                    delivery.getReference());
        }
    }

    /** A report upwards that is owed or was made. */
    record ReportItem(
            String id,
            Map<String, String> title,
            String by,
            String stage,
            String standing,
            @Nullable String dueAt,
            @Nullable String madeAt,
            @Nullable String madeBy) {}

    void list(Context ctx) {
        Realm realm = Paths.realm(Objects.requireNonNullElse(ctx.queryParam("realm"), "live"))
                .orElseThrow(() -> new BadRequestResponse("realm: expected live or drill"));
        Predicate<Alert> state = state(Objects.requireNonNullElse(ctx.queryParam("state"), "open"));
        BoardFilter asked = BoardResource.filter(ctx);
        if (!asked.severity().matches("|I|II|III|IV|UNKNOWN")) {
            throw new BadRequestResponse("severity: expected I, II, III or IV");
        }
        BoardFilter filter = new BoardFilter(asked.unit(), asked.severity(), "", asked.feed(), true);
        List<Item> items = board.alerts(realm).stream()
                .filter(state)
                .filter(filter::matches)
                .map(BoardEntry::of)
                .sorted(BoardEntry.URGENCY)
                .map(entry -> item(realm, entry.alert()))
                .toList();
        try {
            ctx.contentType("application/json").result(json.writeValueAsBytes(items));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of strings are always JSON", e);
        }
    }

    private static Predicate<Alert> state(String name) {
        return switch (name) {
            case "open" -> AlertBoard::isOpen;
            case "firing" -> alert -> Stage.of(alert.getState()).waiting();
            case "acknowledged" -> alert -> Stage.of(alert.getState()) == Stage.ACKNOWLEDGED;
            case "ended" -> alert -> !AlertBoard.isOpen(alert);
            case "all" -> alert -> true;
            default -> throw new BadRequestResponse("state: expected open, firing, acknowledged, ended or all");
        };
    }

    private Item item(Realm realm, Alert alert) {
        Optional<Escalation.Due> rise = Escalation.byClock(alert, board.duty());
        return new Item(
                alert.getAlertId(),
                Paths.code(realm),
                alert.getRevision(),
                alert.getState().name(),
                alert.getSeverity().name(),
                alert.getLifeSafety(),
                alert.getFeed(),
                alert.getRuleId(),
                both(alert.getTitle()),
                both(alert.getExplanation()),
                alert.getSubject().getKind().name(),
                alert.getSubject().getId(),
                alert.getSubject().getName(),
                alert.getSubject().getUnitIds(),
                alert.getSubject().getDepartmentIds(),
                alert.getSubject().getGatewayId(),
                AlertBoard.isOpen(alert)
                        ? board.inhibitedBy(alert, clock.instant()).orElse(null)
                        : null,
                alert.getIncidentId(),
                alert.getSilentDevices(),
                alert.getValues(),
                alert.getStatus().name(),
                alert.getExercise(),
                alert.getOccurrences(),
                Times.iso(alert.getStartedAt()),
                Times.iso(alert.getEventTime()),
                iso(alert.getReceivedAt()),
                Times.iso(alert.getChangedAt()),
                iso(alert.getAcknowledgedAt()),
                alert.getAcknowledgedBy(),
                iso(alert.getEndedAt()),
                board.deliveries().of(realm, alert.getAlertId()).stream()
                        .map(Told::of)
                        .toList(),
                alert.getLevel().name(),
                alert.getEscalatedTo(),
                iso(alert.getWaitingSince()),
                rise.map(due -> due.to().name()).orElse(null),
                rise.map(due -> Times.iso(due.at())).orElse(null),
                alert.getAssignee(),
                iso(alert.getAssignedAt()),
                alert.getFlaps(),
                Reporting.of(alert, board.duty(), clock.instant()).stream()
                        .map(AlertsApi::report)
                        .toList(),
                alert.getRevised().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, figure -> figure.getValue().getValue())),
                Paths.alert(realm, alert.getAlertId()));
    }

    private static ReportItem report(Owed owed) {
        return new ReportItem(
                owed.report().id(),
                both(owed.report().title()),
                owed.report().by().name(),
                owed.report().stage().name(),
                owed.standing().name(),
                owed.due().map(Times::iso).orElse(null),
                owed.made().map(made -> Times.iso(made.getAt())).orElse(null),
                owed.made().map(ReportMade::getBy).orElse(null));
    }

    private static Map<String, String> both(AlertText text) {
        return Map.of("zh", text.getZh(), "en", text.getEn());
    }

    private static @Nullable String iso(@Nullable Instant time) {
        return time == null ? null : Times.iso(time);
    }
}
