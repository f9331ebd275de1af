package io.fengsui.standalone.docs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds a page. */
final class Markdown {
    private final StringBuilder text = new StringBuilder();

    Markdown(String title) {
        text.append("<!-- Written by './fengsui docs'; edit the code instead. -->\n# ")
                .append(title)
                .append("\n");
    }

    Markdown section(String heading) {
        text.append("\n## ").append(heading).append("\n");
        return this;
    }

    Markdown subsection(String heading) {
        text.append("\n### ").append(heading).append("\n");
        return this;
    }

    Markdown paragraph(String words) {
        text.append("\n").append(words).append("\n");
        return this;
    }

    Markdown code(String language, String code) {
        text.append("\n```").append(language).append("\n").append(code.strip()).append("\n```\n");
        return this;
    }

    Markdown table(List<String> heads, Stream<List<String>> rows) {
        text.append("\n").append(row(heads));
        text.append("|").append("---|".repeat(heads.size())).append("\n");
        rows.forEach(row -> text.append(row(row)));
        return this;
    }

    Page page(String file) {
        return new Page(file, text.toString());
    }

    static String inCode(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(c -> " " + c.replace("|", "\\|").replace("\n", " ") + " ")
                .collect(Collectors.joining("|", "|", "|\n"));
    }
}
