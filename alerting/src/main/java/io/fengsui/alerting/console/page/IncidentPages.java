package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.Incident;
import io.fengsui.alert.IncidentState;
import io.fengsui.alert.IncidentStep;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.BoardEntry;
import io.fengsui.alerting.board.ReferenceNames;
import io.fengsui.alerting.console.page.AlertPage.Fact;
import io.fengsui.alerting.console.page.AlertPage.Link;
import io.fengsui.alerting.console.page.IncidentPage.Step;
import io.fengsui.schema.topic.Realm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes incidents' rows on the board, and their pages. */
public final class IncidentPages {
    /** As on the board. */
    private static final int ROWS = 150;

    private final AlertBoard board;
    private final ReferenceNames names;

    public IncidentPages(AlertBoard board, ReferenceNames names) {
        this.board = board;
        this.names = names;
    }

    public IncidentPage of(Frame frame, Realm realm, Incident incident) {
        Times times = frame.times();
        List<Alert> alerts = board.of(realm, incident.getIncidentId());
        List<Alert> open = alerts.stream()
                .filter(AlertBoard::isOpen)
                .map(BoardEntry::of)
                .sorted(BoardEntry.URGENCY)
                .map(BoardEntry::alert)
                .toList();
        List<Alert> ended = alerts.stream()
                .filter(alert -> !AlertBoard.isOpen(alert))
                .sorted(Situation.LATEST_END)
                .toList();
        List<AlertRow> openRows = rows(open, realm, times);
        List<AlertRow> endedRows = rows(ended, realm, times);
        return new IncidentPage(
                frame,
                realm,
                row(incident, open, List.of(), realm, times),
                state(incident, frame.words()),
                frame.words().of(incident.getRunbook()),
                facts(incident, times),
                openRows,
                endedRows,
                alerts.size() - openRows.size() - endedRows.size(),
                timeline(incident, times),
                Optional.ofNullable(incident.getMergedInto())
                        .map(id -> new Link(
                                Paths.incident(realm, id), frame.words().of(Word.INCIDENT_MERGED, id))));
    }

    /**
     * An incident in a list.
     *
     * @param open its open alerts that match what is looked for
     * @param rows the first of them as rows, folded under it
     */
    AlertRow row(Incident incident, List<Alert> open, List<AlertRow> rows, Realm realm, Times times) {
        Words words = times.words();
        boolean ended = incident.getState() != IncidentState.OPEN;
        boolean waiting =
                open.stream().anyMatch(alert -> Stage.of(alert.getState()).waiting());
        return new AlertRow(
                "i" + Integer.toHexString(incident.getIncidentId().hashCode()),
                Paths.incident(realm, incident.getIncidentId()),
                Level.of(incident.getSeverity()),
                ended ? Stage.RESOLVED : waiting ? Stage.FIRING : Stage.ACKNOWLEDGED,
                words.of(incident.getTitle()),
                incident.getPlaceName(),
                words.of(Word.INCIDENT_COUNTS, incident.getAlerts(), incident.getOpen()),
                AlertRow.names(incident.getUnitIds(), names, words),
                AlertRow.names(incident.getDepartmentIds(), names, words),
                "",
                words.join(incident.getFeeds().stream().map(words::feed).toList()),
                incident.getLifeSafety(),
                1,
                times.age(incident.getStartedAt()),
                times.full(incident.getStartedAt()),
                ended ? times.full(incident.getEndedAt()) : "",
                "",
                false,
                List.of(),
                words.of(Word.INCIDENT_TAG, incident.getIncidentId()),
                Word.INCIDENT_FOLD,
                rows,
                open.size());
    }

    private List<AlertRow> rows(List<Alert> alerts, Realm realm, Times times) {
        return alerts.stream()
                .limit(ROWS)
                .map(alert -> AlertRow.of(
                        alert,
                        realm,
                        names,
                        board.duty(),
                        times,
                        AlertBoard.isOpen(alert)
                                && board.inhibitedBy(alert, times.now()).isPresent()))
                .toList();
    }

    private static String state(Incident incident, Words words) {
        return switch (incident.getState()) {
            case OPEN, UNKNOWN -> "";
            case ENDED -> words.of(Word.INCIDENT_ENDED);
            case MERGED -> words.of(Word.INCIDENT_GONE);
        };
    }

    private static List<Fact> facts(Incident incident, Times times) {
        Words words = times.words();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Word.INCIDENT, incident.getIncidentId(), true));
        if (incident.getPatternId() != null) {
            facts.add(new Fact(Word.PATTERN, incident.getPatternId(), true));
        }
        facts.add(new Fact(Word.STARTED, times.full(incident.getStartedAt()), false));
        facts.add(new Fact(Word.CHANGED_TIME, times.full(incident.getChangedAt()), false));
        if (incident.getEndedAt() != null) {
            facts.add(new Fact(Word.ENDED_TIME, times.full(incident.getEndedAt()), false));
        }
        facts.add(new Fact(
                Word.EVENT_STATUS,
                words.of(Word.valueOf("STATUS_" + incident.getStatus().name())),
                false));
        facts.add(new Fact(Word.REVISION, Integer.toString(incident.getRevision()), false));
        return facts;
    }

    private List<Step> timeline(Incident incident, Times times) {
        List<Step> steps = new ArrayList<>();
        for (IncidentStep step : incident.getTimeline()) {
            steps.add(
                    0,
                    new Step(
                            times.full(step.getAt()),
                            times.ago(step.getAt()),
                            text(step, times.words()),
                            style(step),
                            Level.of(step.getSeverity()),
                            step.getOpen()));
        }
        return steps;
    }

    private static String text(IncidentStep step, Words words) {
        Word word = Word.valueOf("STEP_" + step.getKind().name());
        return switch (step.getKind()) {
            case BEGAN ->
                words.of(
                        word,
                        words.join(Arrays.stream(step.getAbout().split(","))
                                .map(words::feed)
                                .toList()));
            case FEED_JOINED -> words.of(word, words.feed(step.getAbout()));
            default -> words.of(word, step.getAbout());
        };
    }

    private static String style(IncidentStep step) {
        return switch (step.getKind()) {
            case BEGAN, WORSENED, PATTERN_MATCHED, REOPENED -> "did-raised";
            case ENDED, EASED, PATTERN_ENDED -> "did-cleared";
            case FEED_JOINED, MERGED, UNKNOWN -> "did-updated";
        };
    }
}
