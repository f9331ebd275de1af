package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.AlertFigure;
import io.fengsui.alerting.access.Act;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.PublishedRules;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.console.page.AlertPage.Change;
import io.fengsui.alerting.console.page.AlertPage.Fact;
import io.fengsui.alerting.console.page.AlertPage.FactGroup;
import io.fengsui.alerting.console.page.AlertPage.Form;
import io.fengsui.alerting.console.page.AlertPage.Link;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.readings.ReadingPlan;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes an alert's page. */
public final class AlertPages {
    /** As on the board: of those that it inhibits. */
    private static final int ROWS = 150;

    private final AlertBoard board;
    private final ReferenceNames names;
    private final PublishedRules rules;
    private final WithdrawalPart withdrawal;

    public AlertPages(AlertBoard board, ReferenceNames names, PublishedRules rules, WithdrawalPart withdrawal) {
        this.board = board;
        this.names = names;
        this.rules = rules;
        this.withdrawal = withdrawal;
    }

    /**
     * What one visit adds to the alert itself.
     *
     * @param seen revision that the viewer saw first; later changes are pointed out
     */
    public record Visit(
            Form form, int seen, Optional<String> notice, List<String> problems, Optional<Question> question) {}

    /** @param situation of the alert's realm */
    public AlertPage of(Frame frame, Situation situation, Alert alert, Visit visit) {
        Realm realm = situation.realm();
        Words words = frame.words();
        List<Change> history = history(alert, board.duty(), frame.times());
        boolean cut = alert.getHistory().size() > 1
                && alert.getHistory().get(1).getRevision()
                        > alert.getHistory().get(0).getRevision() + 1;
        Optional<String> inhibitor = board.inhibitedBy(alert, frame.times().now());
        return new AlertPage(
                frame,
                realm,
                AlertRow.of(alert, realm, names, board.duty(), frame.times(), inhibitor.isPresent()),
                words.of(alert.getExplanation()),
                words.of(alert.getRunbook()),
                values(alert, words),
                ReadingPlan.of(
                                realm,
                                alert,
                                rules.sheet(alert.getFeed()),
                                frame.times().now())
                        .map(plan -> ReadingsPage.address(realm, alert.getAlertId())),
                facts(alert, frame.times()),
                DutyPart.of(
                        alert,
                        board.duty(),
                        names,
                        RuleSteps.of(alert, rules, frame.times()),
                        frame.times(),
                        visit.form().typed()),
                history,
                cut,
                Tellings.of(board.deliveries().of(realm, alert.getAlertId()), frame.times()),
                withdrawal.of(realm, alert, frame.times()),
                inhibitor.map(id -> reason(alert, realm, id, frame)),
                Optional.ofNullable(alert.getIncidentId())
                        .flatMap(id -> board.incidents().get(realm, id))
                        .map(incident -> new Link(
                                Paths.incident(realm, incident.getIncidentId()),
                                words.of(incident.getTitle()) + " · " + incident.getIncidentId())),
                inhibited(alert, situation, frame.times()),
                situation.folded().getOrDefault(alert.getAlertId(), List.of()).size(),
                alert.getRevision(),
                Objects.requireNonNullElse(alert.getExercise(), ""),
                visit.notice(),
                visit.problems(),
                history.stream()
                        .filter(change -> change.revision() > visit.seen())
                        .toList(),
                visit.form(),
                visit.question(),
                acts(frame.viewer().visitor(), alert));
    }

    private static Set<Act> acts(Visitor visitor, Alert alert) {
        return Arrays.stream(Act.values())
                .filter(act -> visitor.may(act, alert))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Why an alert is suppressed, and where to read more. */
    private Link reason(Alert alert, Realm realm, String inhibitor, Frame frame) {
        Words words = frame.words();
        return board.get(realm, inhibitor)
                .map(other -> new Link(
                        Paths.alert(realm, other.getAlertId()),
                        words.of(other.getTitle()) + " · " + other.getSubject().getName()))
                .or(() -> board.workOf(inhibitor)
                        .map(work -> new Link(
                                Paths.alert(realm, alert.getAlertId()),
                                words.of(
                                        Word.MAINTENANCE,
                                        work.getReason(),
                                        frame.times().full(work.getTo())))))
                .orElseGet(() -> new Link(Paths.alert(realm, alert.getAlertId()), inhibitor));
    }

    private List<AlertRow> inhibited(Alert alert, Situation situation, Times times) {
        return situation.folded().getOrDefault(alert.getAlertId(), List.of()).stream()
                .limit(ROWS)
                .map(child -> AlertRow.of(child.alert(), situation.realm(), names, board.duty(), times, true))
                .toList();
    }

    private static List<Quantity> values(Alert alert, Words words) {
        List<Quantity> quantities = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (AlertFigure figure : alert.getFigures()) {
            String value = alert.getValues().get(withoutEvent(figure.getName()));
            quantities.add(Quantity.of(alert.getFeed(), figure, Objects.requireNonNullElse(value, ""), words));
            told.add(withoutEvent(figure.getName()));
        }
        new TreeMap<>(alert.getValues()).forEach((name, value) -> {
            if (!told.contains(name)) {
                quantities.add(Quantity.of(alert.getFeed(), name, value, words));
            }
        });
        return quantities;
    }

    private static String withoutEvent(String name) {
        return name.startsWith("event.") ? name.substring("event.".length()) : name;
    }

    private static List<Change> history(Alert alert, DutyPlan plan, Times times) {
        List<Change> changes = new ArrayList<>();
        for (AlertChange change : alert.getHistory()) {
            changes.add(0, change(alert, change, plan, times));
        }
        return changes;
    }

    private static Change change(Alert alert, AlertChange change, DutyPlan plan, Times times) {
        Words words = times.words();
        String actor = change.getActor().startsWith("rule:")
                ? words.of(Word.BY_RULE, change.getActor().substring("rule:".length()))
                : change.getActor();
        return new Change(
                change.getRevision(),
                times.full(change.getAt()),
                times.ago(change.getAt()),
                words.of(Word.valueOf("DID_" + change.getAction().name())),
                "did-" + change.getAction().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Level.of(change.getSeverity()),
                Stage.of(change.getState()),
                actor,
                detail(alert, change, plan, words),
                Objects.requireNonNullElse(change.getNote(), ""),
                Optional.ofNullable(change.getReferences()));
    }

    /** What only some kinds of change say. */
    private static String detail(Alert alert, AlertChange change, DutyPlan plan, Words words) {
        if (change.getLevel() != null) {
            return words.of(DutyWord.CHANGE_LEVEL, words.of(DutyWord.of(change.getLevel())));
        }
        if (change.getAssignee() != null) {
            return words.of(DutyWord.CHANGE_ASSIGNEE, change.getAssignee());
        }
        if (change.getReportId() != null) {
            String title = plan.report(change.getReportId())
                    .map(report -> words.of(report.title()))
                    .orElse(change.getReportId());
            return words.of(DutyWord.CHANGE_REPORT, title);
        }
        if (change.getFigures().isEmpty()) {
            return "";
        }
        String figures = words.join(new TreeMap<>(change.getFigures())
                .entrySet().stream()
                        .map(figure -> DutyPart.name(alert, plan, figure.getKey(), words) + " " + figure.getValue())
                        .toList());
        String former =
                words.join(change.getCorrects().stream().map(String::valueOf).toList());
        return words.of(DutyWord.CHANGE_FIGURES, figures, former);
    }

    private List<FactGroup> facts(Alert alert, Times times) {
        return List.of(
                new FactGroup(Word.WHERE, where(alert, times.words())),
                new FactGroup(Word.TIMES, times(alert, times)),
                new FactGroup(Word.REFERENCES, references(alert, times.words())));
    }

    private List<Fact> where(Alert alert, Words words) {
        Facts facts = new Facts();
        facts.add(Word.UNITS, AlertRow.names(alert.getSubject().getUnitIds(), names, words));
        facts.add(Word.DEPARTMENTS, AlertRow.names(alert.getSubject().getDepartmentIds(), names, words));
        Place place = alert.getSubject().getPlace();
        if (place != null) {
            facts.add(Word.SITE, place.getSiteName());
            facts.add(Word.DEVICE, place.getDeviceName());
            facts.addCode(Word.COORDINATES, coordinates(place.getPoint()));
        }
        facts.addCode(Word.GATEWAY, alert.getSubject().getGatewayId());
        facts.addCode(Word.VENDOR, alert.getSubject().getVendor());
        return facts.list;
    }

    private static @Nullable String coordinates(@Nullable GeoPoint point) {
        return point == null
                ? null
                : String.format(
                        Locale.ROOT, "%.5f, %.5f (%s)", point.getLongitude(), point.getLatitude(), point.getDatum());
    }

    private static List<Fact> times(Alert alert, Times times) {
        Facts facts = new Facts();
        facts.add(Word.EVENT_TIME, times.full(alert.getEventTime()));
        if (alert.getReceivedAt() != null) {
            facts.add(Word.RECEIVED_TIME, times.full(alert.getReceivedAt()));
        }
        facts.add(Word.STARTED, times.full(alert.getStartedAt()));
        if (alert.getAcknowledgedAt() != null) {
            facts.add(Word.ACKNOWLEDGED_TIME, times.full(alert.getAcknowledgedAt()));
        }
        facts.add(Word.CHANGED_TIME, times.full(alert.getChangedAt()));
        Instant ended = alert.getEndedAt();
        if (ended != null) {
            facts.add(Word.ENDED_TIME, times.full(ended));
            facts.add(Word.LASTED, times.span(Duration.between(alert.getStartedAt(), ended)));
        }
        return facts.list;
    }

    private static List<Fact> references(Alert alert, Words words) {
        Facts facts = new Facts();
        facts.add(
                Word.EVENT_STATUS,
                words.of(Word.valueOf("STATUS_" + alert.getStatus().name())));
        facts.add(Word.REVISION, Integer.toString(alert.getRevision()));
        facts.addCode(Word.ALERT_ID, alert.getAlertId());
        facts.addCode(Word.INCIDENT, alert.getIncidentId());
        facts.addCode(Word.RULE, alert.getRuleId());
        facts.addCode(Word.RULE_VERSION, alert.getRuleVersion());
        facts.addCode(Word.LAST_EVENT, alert.getLastEventId());
        return facts.list;
    }

    /** Leaves out what is not known. */
    private static final class Facts {
        private final List<Fact> list = new ArrayList<>();

        void add(Word label, @Nullable String value) {
            add(label, value, false);
        }

        void addCode(Word label, @Nullable String value) {
            add(label, value, true);
        }

        private void add(Word label, @Nullable String value, boolean code) {
            if (value != null && !value.isBlank()) {
                list.add(new Fact(label, value, code));
            }
        }
    }
}
