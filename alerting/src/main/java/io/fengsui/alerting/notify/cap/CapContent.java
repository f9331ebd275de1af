package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CapMessageType;
import io.fengsui.alerting.lifecycle.Transition;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, in whichever form it is written.
 *
 * @param former messages of the occurrence that this one follows, the oldest first; of many the first and the newest
 * @param area where
 * @param corrections in words
 */
public record CapContent(
        Alert alert,
        String identifier,
        Instant sent,
        CapMessageType type,
        List<CapEntry> former,
        CapArea area,
        Corrections corrections) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneId.of("Asia/Shanghai"));

    /** CAP 1.2 clause 3.2.2: some devices show no more. */
    private static final int LONGEST_HEADLINE = 160;

    /** Corrected figures stand before the explanation and leave most of its room to it. */
    private static final int LONGEST_CORRECTION = 2_000;

    /** To the second, with a numeric offset, as CAP 1.2 clause 3.3.2 asks. */
    static String time(Instant time) {
        return TIME.format(time);
    }

    public boolean isOver() {
        return !Transition.isOpen(alert.getState());
    }

    /** By name, never by number. */
    public String severity() {
        return switch (alert.getSeverity()) {
            case I -> "Extreme";
            case II -> "Severe";
            case III -> "Moderate";
            case IV -> "Minor";
            case UNKNOWN -> "Unknown";
        };
    }

    /** When one must act: at once for what is grave or of life safety, else within the hour. */
    public String urgency() {
        if (isOver()) {
            return "Past";
        }
        Severity severity = alert.getSeverity();
        if (alert.getLifeSafety() || severity == Severity.I || severity == Severity.II) {
            return "Immediate";
        }
        return severity == Severity.UNKNOWN ? "Unknown" : "Expected";
    }

    /** What an event told was seen; what silence tells is likely. A false alarm is what was not. */
    public String certainty() {
        if (alert.getState() == AlertState.CANCELLED) {
            return "Unlikely";
        }
        return alert.getLastEventId() == null ? "Likely" : "Observed";
    }

    /** Whatever is not real says so. */
    public String status() {
        return switch (alert.getStatus()) {
            case ACTUAL -> "Actual";
            case EXERCISE -> "Exercise";
            case TEST, UNKNOWN -> "Test";
        };
    }

    public String messageType() {
        return switch (type) {
            case ALERT -> "Alert";
            case UPDATE -> "Update";
            case CANCEL -> "Cancel";
            case UNKNOWN -> throw new IllegalStateException("no message is made of an unknown type");
        };
    }

    /**
     * The exercise's name, as CAP asks for; what a person said who called it a false alarm; and what was corrected since the message
     * before, with the reason.
     */
    public String note() {
        String exercise = alert.getStatus() == EventStatus.ACTUAL ? null : alert.getExercise();
        return Stream.of(exercise, cancelled(), corrected())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
    }

    private @Nullable String corrected() {
        int told = former.stream().mapToInt(CapEntry::revision).max().orElse(0);
        String corrected = corrections.since(alert, told);
        return corrected.isEmpty() ? null : corrected;
    }

    private @Nullable String cancelled() {
        return alert.getState() != AlertState.CANCELLED || alert.getHistory().isEmpty()
                ? null
                : alert.getHistory().get(alert.getHistory().size() - 1).getNote();
    }

    /** Why, in words; above it the figures that a person corrected, since the rule's words have the former ones. */
    public AlertText description() {
        AlertText corrected = corrections.inWords(alert);
        AlertText explanation = alert.getExplanation();
        return new AlertText(
                above("更正后的数据（以此为准）：", corrected.getZh(), explanation.getZh()),
                above("Corrected, in place of what follows: ", corrected.getEn(), explanation.getEn()));
    }

    private static String above(String words, String corrected, String explanation) {
        return corrected.isEmpty()
                ? explanation
                : XmlText.cut(words + XmlText.line(XmlText.clean(corrected)), LONGEST_CORRECTION) + "\n" + explanation;
    }

    /** The title, or the rule if there is none; on one line. */
    public AlertText event() {
        return new AlertText(
                filled(alert.getTitle().getZh()), filled(alert.getTitle().getEn()));
    }

    private String filled(String title) {
        return Stream.of(title, alert.getTitle().getZh(), alert.getTitle().getEn(), alert.getRuleId(), "—")
                .map(XmlText::clean)
                .map(XmlText::line)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElseThrow();
    }

    /** What, where, and how it stands; on one line. */
    public AlertText headline() {
        String where = XmlText.line(XmlText.clean(alert.getSubject().getName()));
        String zh = alert.getState() == AlertState.CANCELLED ? "【误报撤销】" : isOver() ? "【解除】" : "";
        String en = alert.getState() == AlertState.CANCELLED ? "FALSE ALARM: " : isOver() ? "OVER: " : "";
        String dot = where.isBlank() ? "" : " · " + where;
        return new AlertText(
                shortened(mark("演练", "测试") + zh + event().getZh() + dot),
                shortened(mark("EXERCISE", "TEST") + en + event().getEn() + dot));
    }

    /** A reader that shows nothing but the headline must see that it is not real. */
    private String mark(String exercise, String test) {
        return switch (alert.getStatus()) {
            case ACTUAL -> "";
            case EXERCISE -> "[" + exercise + "] ";
            case TEST, UNKNOWN -> "[" + test + "] ";
        };
    }

    private static String shortened(String headline) {
        return XmlText.cut(headline, LONGEST_HEADLINE);
    }
}
