package io.fengsui.streams.rule;

import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a rule says about a device, or about an incident that it tells of.
 *
 * @param values what it looked at, by field name with its unit
 * @param at device clock of the event, or the deadline that passed
 * @param occasion the new thing it tells of; empty if it tells how something known goes on, or ends
 * @param incident number of the incident it is about; empty if it is about the device or gateway
 * @param outOfOrder whether its event is older than the newest of the device
 * @param source the rule as it stood
 */
public record Verdict(
        String ruleId,
        SubjectKind subject,
        SignalAction action,
        Severity severity,
        Words title,
        Words explanation,
        Words runbook,
        Map<String, String> values,
        Instant at,
        String occasion,
        String incident,
        boolean outOfOrder,
        Source source) {

    /**
     * What a signal says of the rule itself.
     *
     * @param version of the rule's file
     * @param figures the values in words, by name
     * @param suppressions what suppresses the alert, see {@link Suppression}
     */
    public record Source(String version, Map<String, Words> figures, List<String> suppressions) {

        /** Of a rule that no file has. */
        public static final Source BUILT_IN = new Source("built-in", Map.of(), List.of());
    }

    /** What a rule says of the facts. */
    public static Verdict of(Rule rule, SignalAction action, Severity severity, Facts facts, Instant at) {
        return new Verdict(
                rule.id(),
                subject(rule),
                action,
                severity,
                rule.title(),
                new Words(rule.explanationZh().fill(facts), rule.explanationEn().fill(facts)),
                rule.runbook(),
                rule.values(facts),
                at,
                "",
                "",
                false,
                new Source(rule.version(), rule.figures(facts), rule.scope().suppressions()));
    }

    private static SubjectKind subject(Rule rule) {
        if (rule.trigger() instanceof Trigger.Group group) {
            return group.across().kind();
        }
        return rule.subject() == SubjectKind.INCIDENT ? SubjectKind.DEVICE : rule.subject();
    }

    /** The same, as news of something that began. */
    public Verdict ofNew(String newOccasion) {
        return with(subject, explanation, newOccasion, incident, outOfOrder);
    }

    /** The same, about an incident: its alert is about nothing else, so that what is told while it is open is never news. */
    Verdict ofIncident(String number) {
        return with(SubjectKind.INCIDENT, explanation, "", number, outOfOrder);
    }

    /** The same, of an event that is older than the newest of its device. */
    Verdict ofOlder() {
        return with(subject, explanation, occasion, incident, true);
    }

    /** The same, of a case that ended while others go on. */
    Verdict whileGoingOn(List<String> others) {
        Words told = new Words(
                "仍未结束：" + String.join("、", others) + "。已结束：" + explanation.zh(),
                "Still going on: " + String.join(", ", others) + ". Ended: " + explanation.en());
        return with(subject, told, occasion, incident, outOfOrder);
    }

    private Verdict with(SubjectKind kind, Words told, String news, String number, boolean older) {
        return new Verdict(
                ruleId, kind, action, severity, title, told, runbook, values, at, news, number, older, source);
    }

    /** Ends the alert of a rule that is no longer there. */
    static Verdict withdrawn(String ruleId, String version, Severity severity, Instant at) {
        Words title = new Words("规则已撤销", "Rule withdrawn");
        Words explanation = new Words("规则 " + ruleId + " 已被撤销。", "The rule " + ruleId + " was withdrawn.");
        Words runbook = new Words("无需处理。", "Nothing to do.");
        return new Verdict(
                ruleId,
                SubjectKind.DEVICE,
                SignalAction.CLEAR,
                severity,
                title,
                explanation,
                runbook,
                Map.of(),
                at,
                "",
                "",
                false,
                new Source(version, Map.of(), List.of()));
    }
}
