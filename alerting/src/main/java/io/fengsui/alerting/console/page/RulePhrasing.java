package io.fengsui.alerting.console.page;

import io.fengsui.alerting.rulebook.RuleSheet;
import io.fengsui.alerting.rulebook.RuleSheet.Param;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition with its names in words: what a field or parameter is called, and how much the parameter is. It stays a formula;
 * the expression itself stands beside it, and is what counts.
 */
final class RulePhrasing {
    private static final Pattern TOKEN =
            Pattern.compile("\"[^\"]*\"|\\bevent\\.(\\w+)|\\bparam\\.(\\w+)|\\brise\\b|&&|\\|\\||>=|<=|==|!=|\\*");

    private final RuleSheet sheet;
    private final UnaryOperator<String> cityValue;
    private final Words words;

    /** @param cityValue how much a parameter is, with its unit; empty: not set */
    RulePhrasing(RuleSheet sheet, UnaryOperator<String> cityValue, Words words) {
        this.sheet = sheet;
        this.cityValue = cityValue;
        this.words = words;
    }

    String of(String expression) {
        return TOKEN.matcher(expression)
                .replaceAll(token -> Matcher.quoteReplacement(word(token)))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private String word(MatchResult token) {
        if (token.group(1) != null) {
            return Quantity.of(sheet.feed(), token.group(1), "", words).name();
        }
        if (token.group(2) != null) {
            return parameter(token.group(2));
        }
        return switch (token.group()) {
            case "&&" -> words.of(RuleWord.AND);
            case "||" -> words.of(RuleWord.OR);
            case "rise" -> words.of(RuleWord.RISE);
            case ">=" -> "≥";
            case "<=" -> "≤";
            case "==" -> "=";
            case "!=" -> "≠";
            case "*" -> "×";
            default -> token.group();
        };
    }

    private String parameter(String name) {
        String title = sheet.param(name)
                .map(Param::title)
                .map(words::of)
                .filter(text -> !text.isEmpty())
                .orElse(name);
        String value = cityValue.apply(name);
        String space = words.language() == Language.ZH ? "" : " ";
        return value.isEmpty() ? title : title + space + (space.isEmpty() ? "（" + value + "）" : "(" + value + ")");
    }
}
