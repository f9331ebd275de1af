package io.fengsui.streams.rule;

import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Severity;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A compiled rule.
 *
 * @param id unique in the city: the first half of the alert id
 * @param subject what its alerts are about, DEVICE, GATEWAY or INCIDENT
 * @param caseBy tells apart things of one device that go wrong independently, such as channels or work orders; null: one
 *     case a device. Of an INCIDENT its number
 * @param runbook what a duty officer does
 * @param scope where and when it is in force
 * @param version of its file: first 12 hex digits of the SHA-256
 */
public record Rule(
        String id,
        SubjectKind subject,
        Words title,
        Trigger trigger,
        @Nullable Condition caseBy,
        Template explanationZh,
        Template explanationEn,
        Words runbook,
        Scope scope,
        String version) {

    /** Characters of a text that are kept of an event. */
    private static final int LONGEST_SEEN = 200;

    /** Severities it may take, gravest first. */
    public List<Severity> severities() {
        return steps().isEmpty() && trigger instanceof Trigger.Overdue overdue
                ? List.of(overdue.severity())
                : steps().stream().map(Trigger.Step::severity).toList();
    }

    List<Trigger.Step> steps() {
        if (trigger instanceof Trigger.Threshold threshold) {
            return threshold.steps();
        }
        if (trigger instanceof Trigger.Report report) {
            return report.steps();
        }
        if (trigger instanceof Trigger.Group group) {
            return group.steps();
        }
        return trigger instanceof Trigger.Absence absence ? absence.steps() : List.of();
    }

    /** When it has which severity, in words for documents. */
    public String severityText() {
        if (trigger instanceof Trigger.Overdue overdue) {
            return overdue.severity().name();
        }
        return steps().stream()
                .map(s -> steps().size() == 1
                        ? s.severity().name()
                        : s.severity() + " when " + s.when() + (s.after() == null ? "" : ", after " + s.after())
                                + (s.until() == null ? "" : ", until " + s.until()))
                .collect(Collectors.joining("; "));
    }

    /** When it raises, in words for documents. */
    public String conditionText() {
        if (trigger instanceof Trigger.Absence absence) {
            return "silent for " + absence.after();
        }
        if (trigger instanceof Trigger.Overdue overdue) {
            return "not (" + overdue.ends() + ") within " + overdue.within() + " of (" + overdue.starts() + ")";
        }
        String when = steps().stream().map(s -> s.when().text()).distinct().collect(Collectors.joining(" or "));
        if (trigger instanceof Trigger.Report report && report.repetition() != null) {
            return when + ", " + report.repetition();
        }
        if (trigger instanceof Trigger.Group group) {
            return when + ", " + group.repetition() + " at the devices of " + group.across();
        }
        if (trigger instanceof Trigger.Threshold threshold) {
            return when
                    + (threshold.held() == null ? "" : ", for " + threshold.held())
                    + (threshold.repetition() == null ? "" : ", " + threshold.repetition());
        }
        return when;
    }

    /** When its alert ends, in words for documents. */
    public String clearText() {
        if (trigger instanceof Trigger.Report || trigger instanceof Trigger.Group) {
            return "by people only";
        }
        if (trigger instanceof Trigger.Absence) {
            return "any message of the device";
        }
        if (trigger instanceof Trigger.Overdue overdue) {
            return overdue.ends().text();
        }
        if (!(trigger instanceof Trigger.Threshold threshold)) {
            return "when no longer so";
        }
        String clear = threshold.clear() == null ? "" : threshold.clear().text();
        if (threshold.repetition() != null) {
            return (clear.isEmpty() ? "" : clear + ", or ") + "when it has not begun again for "
                    + threshold.repetition().within();
        }
        return clear.isEmpty() ? "when no longer so" : clear;
    }

    /** What its conditions look at, as it stands: by name without {@code event.}, as people write values. */
    Map<String, String> values(Facts facts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names()) {
            Object value = explanationEn.valueOf(name, facts);
            if (value != null) {
                values.put(name.startsWith("event.") ? name.substring(6) : name, Template.plain(value));
            }
        }
        return values;
    }

    /** The same in words of both languages, by name. */
    Map<String, Words> figures(Facts facts) {
        Map<String, Words> figures = new LinkedHashMap<>();
        for (String name : names()) {
            if (explanationEn.valueOf(name, facts) != null) {
                figures.put(name, new Words(explanationZh.figure(name, facts), explanationEn.figure(name, facts)));
            }
        }
        return figures;
    }

    /** What tells apart things of one device that go wrong independently; empty without {@code case}. */
    String caseKey(Facts facts) {
        return caseBy == null ? "" : caseBy.textOf(facts);
    }

    /** What its texts and values say of the event, to be kept for a signal that a deadline makes. */
    Map<String, Object> seen(Facts facts) {
        Map<String, Object> seen = new HashMap<>();
        Stream.of(names().stream(), explanationZh.names().stream(), explanationEn.names().stream())
                .flatMap(names -> names)
                .filter(name -> name.startsWith("event.") || name.equals(Variables.RISE))
                .forEach(name -> {
                    Object value = explanationEn.valueOf(name, facts);
                    if (value != null) {
                        seen.put(name, value instanceof String text ? shortened(text) : value);
                    }
                });
        return Map.copyOf(seen);
    }

    private static String shortened(String text) {
        int end = text.offsetByCodePoints(0, Math.min(LONGEST_SEEN, text.codePointCount(0, text.length())));
        return text.substring(0, end);
    }

    List<String> names() {
        Stream<Condition> conditions = trigger instanceof Trigger.Overdue overdue
                ? Stream.of(overdue.starts(), overdue.ends())
                : steps().stream().map(Trigger.Step::when);
        return conditions.flatMap(c -> c.names().stream()).distinct().toList();
    }
}
