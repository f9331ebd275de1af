package io.fengsui.schema.report;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands before the body of a compact text: version, exercise, id and part. */
final class ReportMark {
    private static final String VERSION = "1";
    private static final Pattern MARK = Pattern.compile("灾([0-9]{1,2})(演)?");
    private static final Pattern ID = Pattern.compile("#([0-9A-Za-z]{1,8})(?:-([0-9]{1,2})/([0-9]{1,2}))?:");
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final String text;
    private final String folded;
    private final Matcher mark;

    private ReportMark(String text, String folded, Matcher mark) {
        this.text = text;
        this.folded = folded;
        this.mark = mark;
    }

    /** Empty if the text does not begin like a compact one. */
    static Optional<ReportMark> of(String text) {
        String folded = FullWidth.fold(text);
        Matcher mark = MARK.matcher(folded);
        return mark.lookingAt() ? Optional.of(new ReportMark(text, folded, mark)) : Optional.empty();
    }

    boolean exercise() {
        return mark.group(2) != null;
    }

    CompactText read() throws UnreadableReportException {
        String version = mark.group(1);
        if (!version.equals(VERSION)) {
            throw new UnreadableReportException("版本" + version + "未知", "version " + version + " is not known");
        }
        Matcher id = ID.matcher(folded).region(mark.end(), folded.length());
        if (!id.lookingAt()) {
            return new CompactText.Whole(exercise(), null, BodyGrammar.read(text.substring(mark.end())));
        }
        String body = text.substring(id.end());
        return id.group(2) == null
                ? new CompactText.Whole(exercise(), id.group(1), BodyGrammar.read(body))
                : fragment(id, body);
    }

    private CompactText fragment(Matcher id, String slice) throws UnreadableReportException {
        int part = Integer.parseInt(id.group(2));
        int parts = Integer.parseInt(id.group(3));
        if (parts < 2 || parts > CompactText.MAX_PARTS || part < 1 || part > parts || slice.isEmpty()) {
            throw new UnreadableReportException(
                    "分段“" + id.group() + "”有误",
                    "no part of 2 to " + CompactText.MAX_PARTS + " parts: '" + id.group() + "'");
        }
        return new CompactText.Fragment(exercise(), id.group(1), part, parts, slice);
    }

    /** @param id with part, or without; blank: none */
    static String write(boolean exercise, String id) {
        return "灾" + VERSION + (exercise ? "演" : "") + (id.isEmpty() ? "" : "#" + id + ":");
    }

    /** Length on the air. */
    static int bytes(String text) {
        return text.getBytes(GB18030).length;
    }
}
