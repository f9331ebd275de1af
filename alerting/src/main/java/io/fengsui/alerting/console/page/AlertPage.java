package io.fengsui.alerting.console.page;

import io.fengsui.alerting.access.Act;
import io.fengsui.schema.topic.Realm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One alert with everything that is known of it.
 *
 * @param row what lists show of it
 * @param values figures as the rule words them, with what it compared them with
 * @param readings where what the device reported around it is drawn; empty if there is nothing to draw
 * @param facts labelled facts about place, times and references, in groups
 * @param duty who must act, and by when
 * @param history changes, the newest first
 * @param cut whether older changes were dropped from the history
 * @param deliveries what became of it at receivers outside of Kafka, the newest first
 * @param withdrawal of a false alarm, who has applied that; else empty
 * @param inhibitor the gateway's alert that inhibits this one
 * @param incident the incident it belongs to
 * @param inhibited alerts that this one inhibits: the first of them
 * @param inhibitedCount how many these are, listed or not
 * @param notice what became of the last action
 * @param changedSince changes made after the revision that the viewer saw first
 * @param question what the viewer is asked to confirm
 * @param acts what the viewer's role lets him do to this alert
 */
public record AlertPage(
        Frame frame,
        Realm realm,
        AlertRow row,
        String explanation,
        String runbook,
        List<Quantity> values,
        Optional<String> readings,
        List<FactGroup> facts,
        DutyPart duty,
        List<Change> history,
        boolean cut,
        List<Told> deliveries,
        List<WithdrawalPart.Line> withdrawal,
        Optional<Link> inhibitor,
        Optional<Link> incident,
        List<AlertRow> inhibited,
        int inhibitedCount,
        int revision,
        String exercise,
        Optional<String> notice,
        List<String> problems,
        List<Change> changedSince,
        Form form,
        Optional<Question> question,
        Set<Act> acts) {

    public record FactGroup(Word title, List<Fact> facts) {}

    /** @param code whether the value is an id, to be shown in a fixed-width face */
    public record Fact(Word label, String value, boolean code) {}

    public record Link(String url, String text) {}

    /**
     * One step of the history.
     *
     * @param style CSS class of the kind of change
     * @param detail what only some kinds of change say; empty: nothing
     * @param follows revision it follows; empty for the first
     */
    public record Change(
            int revision,
            String at,
            String ago,
            String action,
            String style,
            Level level,
            Stage stage,
            String actor,
            String detail,
            String note,
            Optional<Integer> follows) {}

    /**
     * What became of a revision at a receiver.
     *
     * @param style CSS class of the outcome
     * @param tries how often it was tried, in words; empty for once
     * @param detail what the receiver answered, or the name it knows the message by
     */
    public record Told(
            String receiver,
            int revision,
            String at,
            String ago,
            String outcome,
            String style,
            String tries,
            String detail) {}

    /**
     * What stands in the form.
     *
     * @param commandId id of the command to be sent: sending the form twice acts once
     * @param exercise name of the exercise as it was typed or is remembered
     */
    public record Form(String actor, String note, String commandId, String exercise, Typed typed) {}

    /** What stands in the fields of those actions that need more than a note. */
    public record Typed(String assignee, String reportId, String figure, String value, String severity) {
        public static final Typed NOTHING = new Typed("", "", "", "", "");
    }

    /** Whether the viewer's role lets him do anything here. */
    public boolean mayAct() {
        return acts.contains(Act.COMMENT);
    }

    public boolean may(Act act) {
        return acts.contains(act);
    }

    public Words words() {
        return frame.words();
    }

    /** Address of this alert. */
    public String address() {
        return row.url();
    }

    /** Address that shows what has changed since this page was opened. */
    public String refresh() {
        return row.url() + "?seen=" + revision;
    }

    public Realm home() {
        return realm;
    }

    public String back() {
        return Paths.board(realm);
    }
}
