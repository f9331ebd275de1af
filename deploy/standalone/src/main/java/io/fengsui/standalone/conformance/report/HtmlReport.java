package io.fengsui.standalone.conformance.report;

import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.standalone.conformance.Assessment;
import io.fengsui.standalone.conformance.judge.Finding;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.judge.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** The findings as one HTML file that needs nothing else, to be sent to a vendor and printed. */
public final class HtmlReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(DeviceTime.SHANGHAI);

    private HtmlReport() {}

    public static String of(Assessment assessment) {
        Words verdict = Verdict.of(assessment);
        String kind = assessment.failed() > 0 ? "fail" : assessment.open() > 0 ? "not_seen" : "pass";
        return """
                <!doctype html>
                <html lang="zh">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <header>
                <h1>厂商接入检查报告 <span lang="en">Vendor conformance report</span></h1>
                <p>烽燧 Fengsui</p>
                </header>
                <main>
                <section class="verdict %s"><p>%s</p><p lang="en">%s</p>%s</section>
                <dl>%s</dl>
                <ul class="overview">%s</ul>
                %s</main>
                <footer><p>密码与消息内容均不入报告；受保护数据类别的值以 *** 表示。</p>
                <p lang="en">The report holds neither passwords nor payloads; values of protected feeds read ***.</p></footer>
                </body>
                </html>
                """.formatted(
                        Shown.inHtml(assessment.vendor().id() + " · "
                                + assessment.feed().id()),
                        style(),
                        kind,
                        verdict.zh(),
                        verdict.en(),
                        assessment.cut() ? both(Verdict.CUT) : "",
                        facts(assessment),
                        overview(assessment),
                        assessment.findings().stream().map(HtmlReport::point).collect(Collectors.joining()));
    }

    private static String facts(Assessment assessment) {
        return fact(
                        "厂商",
                        "Vendor",
                        assessment.vendor().nameZh() + " " + assessment.vendor().nameEn() + " ("
                                + assessment.vendor().id() + ")")
                + fact(
                        "数据类别",
                        "Feed",
                        assessment.feed().nameZh() + " " + assessment.feed().nameEn() + " ("
                                + assessment.feed().id() + ")")
                + fact("来源", "Source", assessment.source())
                + fact("时间（北京）", "Time (Shanghai)", time(assessment.from()) + " – " + time(assessment.until()))
                + fact("消息", "Messages", Integer.toString(assessment.messages()));
    }

    private static String fact(String zh, String en, String value) {
        return "<div><dt>" + zh + " <span lang=\"en\">" + en + "</span></dt><dd>" + Shown.inHtml(value)
                + "</dd></div>\n";
    }

    private static String overview(Assessment assessment) {
        return assessment.findings().stream()
                .map(finding -> "<li>" + badge(finding.status()) + " "
                        + finding.point().title().zh() + " <span lang=\"en\">"
                        + finding.point().title().en() + "</span></li>\n")
                .collect(Collectors.joining());
    }

    private static String point(Finding finding) {
        boolean wanting = finding.status() == Status.FAIL || finding.status() == Status.WARN;
        return """
                <article>
                <h2>%s %s <span lang="en">%s</span></h2>
                <div class="seen">%s</div>
                %s<div class="rule"><h3>规则 <span lang="en">Rule</span></h3>%s</div>
                %s</article>
                """.formatted(
                        badge(finding.status()),
                        finding.point().title().zh(),
                        finding.point().title().en(),
                        both(finding.seen()),
                        examples(finding),
                        both(finding.point().rule()),
                        wanting
                                ? "<div class=\"remedy\"><h3>补救 <span lang=\"en\">Remedy</span></h3>"
                                        + both(finding.point().remedy()) + "</div>\n"
                                : "");
    }

    private static String examples(Finding finding) {
        return finding.examples().isEmpty()
                ? ""
                : finding.examples().stream()
                        .map(example -> "<li>" + both(example) + "</li>\n")
                        .collect(Collectors.joining("", "<ul class=\"cases\">\n", "</ul>\n"));
    }

    private static String both(Words words) {
        String zh = "<p>" + Shown.inHtml(words.zh()) + "</p>";
        return words.zh().equals(words.en()) ? zh : zh + "<p lang=\"en\">" + Shown.inHtml(words.en()) + "</p>";
    }

    private static String badge(Status status) {
        return "<span class=\"badge " + status.name().toLowerCase(Locale.ROOT) + "\">" + status.zh()
                + " <span lang=\"en\">" + status.en() + "</span></span>";
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing beside HtmlReport");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
