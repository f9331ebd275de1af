package io.fengsui.standalone.exercise;

import io.fengsui.standalone.exercise.Evaluation.Judged;
import io.fengsui.standalone.exercise.Evaluation.Line;
import io.fengsui.standalone.exercise.Evaluation.UnitSum;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Printable;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An evaluation as one HTML file that needs nothing else, Chinese first, to be printed and filed. */
public final class EvaluationPage {
    private final EvaluationText zh;
    private final EvaluationText en;

    /** @param unitName of a unit: its Chinese and its English name, told apart by the language */
    public EvaluationPage(BiFunction<Language, String, String> unitName) {
        this.zh = new EvaluationText(Language.ZH, id -> unitName.apply(Language.ZH, id));
        this.en = new EvaluationText(Language.EN, id -> unitName.apply(Language.EN, id));
    }

    public String of(Evaluation evaluation) {
        return """
                <!doctype html>
                <html lang="zh">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>演练评估 · %s</title>
                <style>
                body { font: 15px/1.55 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 0 auto; max-width: 60rem; padding: 1.2rem; color: #1b1b22; }
                [lang=en] { color: #55555f; font-size: .86em; }
                .mark { color: #fff; padding: .5rem .9rem; background: repeating-linear-gradient(-45deg, #5b2a86 0 18px, #6d3a9b 18px 36px); }
                .mark [lang=en] { color: #fff; }
                h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; border-bottom: 1px solid #bbb; margin-top: 1.6rem; }
                table { border-collapse: collapse; width: 100%%; } .wide { overflow-x: auto; }
                th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; }
                th [lang=en], td [lang=en], li [lang=en] { display: block; }
                article { border: 1px solid #bbb; border-left: 5px solid #666; margin: .7rem 0; padding: .2rem .8rem; break-inside: avoid; overflow-wrap: anywhere; }
                .I { border-left-color: #d3233d; } .II { border-left-color: #ff8126; } .III { border-left-color: #d8a800; } .IV { border-left-color: #2f74d6; }
                .verdict { white-space: nowrap; font-weight: 600; }
                .MET { color: #17692f; } .LATE, .MISSED { color: #b3102a; } .NO_ALERT, .OPEN { color: #55555f; }
                @media print { body { padding: 0; max-width: none; } .mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
                </style>
                </head>
                <body>
                <div class="mark"><strong>演练 EXERCISE</strong> 以下内容均属演练，不是真实事件。 <span lang="en">Everything here is of an exercise; nothing of it happened.</span></div>
                <h1>演练评估：%s <span lang="en">Evaluation of an exercise</span></h1>
                %s
                <h2>预期处置 <span lang="en">Expected</span></h2>
                <p>%s <span lang="en">%s</span></p>
                %s
                <h2>按单位 <span lang="en">By unit</span></h2>
                %s
                <h2>告警 <span lang="en">Alerts</span></h2>
                %s
                <h2>评语 <span lang="en">Remarks</span></h2>
                <p style="min-height: 6rem"></p>
                <p>组织人签字 <span lang="en">Signature</span> ____________________ 日期 <span lang="en">Date</span> ____________</p>
                </body>
                </html>
                """.formatted(
                        shown(evaluation.plan().name()),
                        shown(evaluation.plan().name()),
                        head(evaluation),
                        shown(zh.expectedSum(evaluation)),
                        shown(en.expectedSum(evaluation)),
                        expected(evaluation.judged()),
                        units(evaluation.units()),
                        alerts(evaluation.lines()));
    }

    private String head(Evaluation evaluation) {
        String broken = evaluation
                .broken()
                .map(why -> "<p class=\"LATE\"><strong>提前结束</strong> <span lang=\"en\">Ended before its time</span>: "
                        + shown(why) + "</p>\n")
                .orElse("");
        return both(words -> words.words(evaluation.plan().about()), "p")
                + "<p>" + shown(zh.span(evaluation)) + " · 组织人 <span lang=\"en\">led by</span> "
                + shown(evaluation.leader()) + "</p>\n"
                + both(
                        words -> words.say("参演：", "Takes part: ")
                                + words.words(evaluation.plan().participants()),
                        "p")
                + broken;
    }

    private String expected(List<Judged> judged) {
        if (judged.isEmpty()) {
            return "";
        }
        return judged.stream()
                .map(one -> "<tr><td class=\"verdict " + one.verdict() + "\">" + shown(zh.verdict(one.verdict()))
                        + "<span lang=\"en\">" + shown(en.verdict(one.verdict())) + "</span></td><td>"
                        + shown(zh.words(one.reaction().words()) + zh.deed(one)) + "<span lang=\"en\">"
                        + shown(en.words(one.reaction().words()) + en.deed(one)) + "</span></td></tr>\n")
                .collect(Collectors.joining("", "<table>\n", "</table>\n"));
    }

    private String units(List<UnitSum> units) {
        String head = cells(
                "th",
                "单位|Unit",
                "告警|Alerts",
                "已确认|Acknowledged",
                "平均用时|Mean",
                "最慢|Slowest",
                "升级|Escalated",
                "结束|Over",
                "报告按时|Reports in time",
                "报告逾期|Overdue");
        return units.stream()
                .map(unit -> cells(
                        "td",
                        zh.name(unit.unitId()) + "|" + en.name(unit.unitId()),
                        Integer.toString(unit.alerts()),
                        Integer.toString(unit.acknowledged()),
                        unit.mean().map(zh::took).orElse("–"),
                        unit.slowest().map(zh::took).orElse("–"),
                        Integer.toString(unit.escalated()),
                        Integer.toString(unit.ended()),
                        Long.toString(unit.met()),
                        Long.toString(unit.missed())))
                .collect(Collectors.joining("", "<div class=\"wide\"><table>\n" + head, "</table></div>\n"));
    }

    /** A text in both languages has a bar between them. */
    private static String cells(String tag, String... texts) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String text : texts) {
            int bar = text.indexOf('|');
            row.append(String.format(Locale.ROOT, "<%s>", tag));
            row.append(shown(bar < 0 ? text : text.substring(0, bar)));
            if (bar >= 0) {
                row.append("<span lang=\"en\">")
                        .append(shown(text.substring(bar + 1)))
                        .append("</span>");
            }
            row.append(String.format(Locale.ROOT, "</%s>", tag));
        }
        return row.append("</tr>\n").toString();
    }

    private String alerts(List<Line> lines) {
        return lines.stream()
                .map(line -> "<article class=\"" + line.alert().getSeverity() + "\"><h3>"
                        + shown(zh.heading(line.alert())) + " <span lang=\"en\">"
                        + shown(en.words(line.alert().getTitle())) + "</span></h3><ul>"
                        + facts(zh.facts(line), en.facts(line)) + "</ul></article>\n")
                .collect(Collectors.joining());
    }

    private static String facts(List<String> zh, List<String> en) {
        StringBuilder facts = new StringBuilder();
        for (int i = 0; i < zh.size(); i++) {
            facts.append("<li>")
                    .append(shown(zh.get(i)))
                    .append("<span lang=\"en\">")
                    .append(shown(en.get(i)))
                    .append("</span></li>\n");
        }
        return facts.toString();
    }

    private String both(Function<EvaluationText, String> words, String tag) {
        return "<" + tag + ">" + shown(words.apply(zh)) + " <span lang=\"en\">" + shown(words.apply(en)) + "</span></"
                + tag + ">\n";
    }

    /** Text of unknown origin, fit for HTML. */
    private static String shown(String text) {
        return Printable.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
