package io.fengsui.standalone.conformance.report;

import io.fengsui.standalone.conformance.Assessment;
import io.fengsui.standalone.conformance.judge.Finding;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.judge.Words;
import java.util.Locale;

/** The findings on a terminal: a line a point, and below what is not in order. */
public final class TextReport {
    private TextReport() {}

    public static String of(Assessment assessment) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : assessment.findings()) {
            point(text, finding);
        }
        Words verdict = Verdict.of(assessment);
        text.append('\n').append(verdict.zh()).append('\n').append(verdict.en()).append('\n');
        if (assessment.cut()) {
            text.append(Verdict.CUT.zh()).append('\n').append(Verdict.CUT.en()).append('\n');
        }
        return text.toString();
    }

    private static void point(StringBuilder text, Finding finding) {
        text.append(String.format(
                Locale.ROOT,
                "%-8s  %s %s%n",
                finding.status().en(),
                finding.point().title().zh(),
                finding.point().title().en()));
        both(text, "", finding.seen());
        finding.examples().forEach(example -> both(text, "- ", example));
        if (finding.status() == Status.FAIL || finding.status() == Status.WARN) {
            both(text, "=> ", finding.point().rule());
            both(text, "=> ", finding.point().remedy());
        }
    }

    private static void both(StringBuilder text, String mark, Words words) {
        line(text, mark, words.zh());
        if (!words.en().equals(words.zh())) {
            line(text, mark, words.en());
        }
    }

    private static void line(StringBuilder text, String mark, String words) {
        text.append(" ".repeat(10)).append(mark).append(Shown.of(words)).append('\n');
    }
}
