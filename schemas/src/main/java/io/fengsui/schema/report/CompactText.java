package io.fengsui.schema.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A terminal's text, as far as it follows the compact text; the package tells the grammar. */
public sealed interface CompactText {

    /** Bytes of a civil short message behind the A4 of mixed coding: 628 bit (domain facts; not confirmed by a standard). */
    int MESSAGE_BYTES = 77;

    /** Parts that a report has at most. */
    int MAX_PARTS = 20;

    /** Whether the text says that it is of an exercise. */
    boolean exercise();

    /** A report in one text. */
    record Whole(boolean exercise, @Nullable String reportId, CompactReport report) implements CompactText {}

    /**
     * A part of a report.
     *
     * @param part from 1
     * @param slice its share of the body
     */
    record Fragment(boolean exercise, String reportId, int part, int parts, String slice) implements CompactText {}

    /**
     * A text for a person.
     *
     * @param note why it is no compact text although it begins like one; null if it does not
     */
    record Words(boolean exercise, @Nullable String note) implements CompactText {}

    /** Never throws: what does not follow the grammar is words. */
    static CompactText read(String text) {
        return ReportMark.of(text).map(CompactText::read).orElse(new Words(false, null));
    }

    private static CompactText read(ReportMark mark) {
        try {
            return mark.read();
        } catch (UnreadableReportException e) {
            return new Words(mark.exercise(), e.note());
        }
    }

    /** The text of a report; with an id if it has one. */
    static String write(boolean exercise, @Nullable String reportId, CompactReport report) {
        return ReportMark.write(exercise, reportId == null ? "" : reportId) + BodyGrammar.write(report);
    }

    /**
     * The text of a report in parts of a number of GB18030 bytes.
     *
     * @throws IllegalArgumentException if there would be too many parts, or only one
     */
    static List<String> writeParts(boolean exercise, String reportId, CompactReport report, int bytes) {
        String body = BodyGrammar.write(report);
        int room = bytes - ReportMark.bytes(ReportMark.write(exercise, reportId + "-" + MAX_PARTS + "/" + MAX_PARTS));
        List<String> slices = new ArrayList<>();
        int from = 0;
        while (from < body.length()) {
            int to = from;
            while (to < body.length()
                    && ReportMark.bytes(body.substring(from, body.offsetByCodePoints(to, 1))) <= room) {
                to = body.offsetByCodePoints(to, 1);
            }
            slices.add(body.substring(from, to));
            from = to;
        }
        if (slices.size() < 2 || slices.size() > MAX_PARTS) {
            throw new IllegalArgumentException("would have " + slices.size() + " parts");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            texts.add(ReportMark.write(exercise, reportId + "-" + (i + 1) + "/" + slices.size()) + slices.get(i));
        }
        return texts;
    }

    /** The text of a report whose parts make this body. */
    static String joined(boolean exercise, String reportId, String body) {
        return ReportMark.write(exercise, reportId) + body;
    }
}
