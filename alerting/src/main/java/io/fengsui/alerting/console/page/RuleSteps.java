package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.board.PublishedRules;
import io.fengsui.alerting.rulebook.RuleSheet;
import io.fengsui.alerting.rulebook.RuleSheet.Param;
import io.fengsui.alerting.rulebook.RuleSheet.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the rule of an alert grades, in words, for whoever grades by figures that he corrects. */
final class RuleSteps {

    private RuleSteps() {}

    /** Gravest first; empty if the rule is not published, or has one severity. */
    static List<String> of(Alert alert, PublishedRules rules, Times times) {
        Optional<RuleSheet> sheet = rules.sheet(alert.getFeed());
        List<Step> steps = sheet.flatMap(found -> found.rule(alert.getRuleId()))
                .map(RuleSheet.Rule::steps)
                .orElse(List.of());
        if (steps.size() < 2) {
            return List.of();
        }
        RulePhrasing phrasing =
                new RulePhrasing(sheet.get(), name -> value(rules, sheet.get(), name, times.now()), times.words());
        return steps.stream().map(step -> line(step, phrasing, times.words())).toList();
    }

    private static String line(Step step, RulePhrasing phrasing, Words words) {
        String level = words.of(RulesPages.level(step.severity()).word());
        String when = step.when().isEmpty() ? words.of(RuleWord.ALWAYS) : phrasing.of(step.when());
        String after = step.after().isEmpty() ? "" : " · " + words.of(RuleWord.AFTER, phrasing.of(step.after()));
        return words.of(DutyWord.STEP, level, when + after);
    }

    /** How much a parameter is in the city, with its unit; empty: not set. */
    static String value(PublishedRules rules, RuleSheet sheet, String name, Instant now) {
        Optional<Param> param = sheet.param(name);
        String number = rules.cityValue(name, now).map(ChartPen::number).orElseGet(() -> param.map(Param::preset)
                .orElse(""));
        String unit = param.map(Param::unit).orElse("");
        return number.isEmpty() || unit.isEmpty() ? number : number + " " + unit;
    }
}
