package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertChange;
import io.fengsui.alert.ChangeAction;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.PublishedRules;
import io.fengsui.alerting.console.page.RulesPage.FeedRules;
import io.fengsui.alerting.console.page.RulesPage.ParamView;
import io.fengsui.alerting.console.page.RulesPage.PartView;
import io.fengsui.alerting.console.page.RulesPage.RuleView;
import io.fengsui.alerting.console.page.RulesPage.StepView;
import io.fengsui.alerting.console.page.RulesPage.Tests;
import io.fengsui.alerting.rulebook.RuleSheet;
import io.fengsui.alerting.rulebook.RuleSheet.Kind;
import io.fengsui.alerting.rulebook.RuleSheet.Param;
import io.fengsui.alerting.rulebook.RuleSheet.Part;
import io.fengsui.alerting.rulebook.RuleSheet.Rule;
import io.fengsui.alerting.rulebook.RuleSheet.Step;
import io.fengsui.event.Severity;
import io.fengsui.reference.RuleTestCount;
import io.fengsui.reference.RuleTestResult;
import io.fengsui.schema.topic.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes the rules page of what is published and of the alerts that there are. */
public final class RulesPages {
    private static final Duration DAY = Duration.ofHours(24);
    /** Expressions; the other parts are words of the file. */
    private static final Set<Kind> FORMULAS = Set.of(Kind.APPLIES, Kind.CASE, Kind.CLEAR, Kind.RISE, Kind.OVERDUE);

    private final AlertBoard board;
    private final PublishedRules rules;

    public RulesPages(AlertBoard board, PublishedRules rules) {
        this.board = board;
        this.rules = rules;
    }

    public RulesPage of(Frame frame) {
        Map<String, Tally> tallies = tallies(frame.times().now());
        return new RulesPage(
                frame,
                rules.sheets().stream()
                        .map(sheet -> feed(sheet, tallies, frame.times()))
                        .toList());
    }

    private record Tally(int open, int raised) {
        static final Tally NONE = new Tally(0, 0);
    }

    /** Live alerts by rule. */
    private Map<String, Tally> tallies(Instant now) {
        Map<String, Tally> tallies = new HashMap<>();
        Instant since = now.minus(DAY);
        for (Alert alert : board.alerts(Realm.LIVE)) {
            int open = AlertBoard.isOpen(alert) ? 1 : 0;
            int raised = (int) alert.getHistory().stream()
                    .filter(change -> isRaise(change) && change.getAt().isAfter(since))
                    .count();
            if (open + raised > 0) {
                tallies.merge(
                        alert.getRuleId(),
                        new Tally(open, raised),
                        (a, b) -> new Tally(a.open() + b.open(), a.raised() + b.raised()));
            }
        }
        return tallies;
    }

    private static boolean isRaise(AlertChange change) {
        return change.getAction() == ChangeAction.RAISED || change.getAction() == ChangeAction.RAISED_AGAIN;
    }

    private FeedRules feed(RuleSheet sheet, Map<String, Tally> tallies, Times times) {
        Words words = times.words();
        UnaryOperator<String> values = name -> RuleSteps.value(rules, sheet, name, times.now());
        RulePhrasing phrasing = new RulePhrasing(sheet, values, words);
        return new FeedRules(
                sheet.feed(),
                words.feed(sheet.feed()),
                words.of(RuleWord.RULES_VERSION, sheet.version()),
                words.of(RuleWord.RULES_PUBLISHED, times.full(sheet.publishedAt())),
                times.ago(sheet.publishedAt()),
                tests(sheet, words),
                sheet.rules().stream()
                        .map(rule -> rule(rule, sheet, phrasing, tallies.getOrDefault(rule.id(), Tally.NONE), words))
                        .toList(),
                sheet.params().stream()
                        .map(param -> param(param, values.apply(param.name()), times))
                        .toList(),
                sheet.problem().map(problem -> words.of(RuleWord.RULES_UNREADABLE, problem)));
    }

    private static Tests tests(RuleSheet sheet, Words words) {
        if (sheet.tests().isEmpty()) {
            return new Tests("none", words.of(RuleWord.TESTS_NONE), List.of());
        }
        RuleTestResult result = sheet.tests().get();
        List<String> details = new ArrayList<>();
        if (result.getProblem() != null) {
            details.add(words.of(RuleWord.TESTS_AT, result.getFile(), result.getVersion()));
            return new Tests("failed", words.of(RuleWord.TESTS_UNREADABLE, result.getProblem()), details);
        }
        boolean passed = result.getFailed().isEmpty();
        if (!passed) {
            details.add(words.of(RuleWord.TESTS_WHICH, words.join(result.getFailed())));
        }
        details.add(words.of(RuleWord.TESTS_BRANCHES, result.getBranches(), result.getUntested()));
        details.add(words.of(RuleWord.TESTS_AT, result.getFile(), result.getVersion()));
        return new Tests(
                passed ? "passed" : "failed",
                passed
                        ? words.of(RuleWord.TESTS_PASSED, result.getRan())
                        : words.of(
                                RuleWord.TESTS_FAILED,
                                result.getRan(),
                                result.getFailed().size()),
                details);
    }

    private static RuleView rule(Rule rule, RuleSheet sheet, RulePhrasing phrasing, Tally tally, Words words) {
        Optional<RuleTestCount> tests =
                sheet.tests().map(result -> result.getRules().get(rule.id()));
        int ran = tests.map(RuleTestCount::getTests).orElse(0);
        int failed = tests.map(RuleTestCount::getFailed).orElse(0);
        int untested = tests.map(RuleTestCount::getUntested).orElse(0);
        return new RuleView(
                rule.id(),
                words.of(rule.title()),
                subject(rule, words),
                rule.steps().stream().map(step -> step(step, phrasing, words)).toList(),
                rule.parts().stream().map(part -> part(part, phrasing, words)).toList(),
                tests.isEmpty()
                        ? words.of(RuleWord.TESTS_NONE)
                        : failed > 0
                                ? words.of(RuleWord.RULE_TESTS_FAILED, ran, failed)
                                : words.of(RuleWord.RULE_TESTS, ran),
                failed > 0 || ran == 0,
                untested == 0 ? "" : words.of(RuleWord.RULE_UNTESTED, untested),
                tally.open(),
                words.of(RuleWord.RULE_OPEN, words.number(tally.open())),
                words.of(RuleWord.RULE_RAISED, words.number(tally.raised())),
                words.of(rule.runbook()));
    }

    private static String subject(Rule rule, Words words) {
        return switch (rule.subject()) {
            case "gateway" -> words.of(RuleWord.SUBJECT_GATEWAY);
            case "incident" -> words.of(RuleWord.SUBJECT_INCIDENT);
            default -> "";
        };
    }

    private static StepView step(Step step, RulePhrasing phrasing, Words words) {
        return new StepView(
                level(step.severity()),
                step.when().isEmpty() ? words.of(RuleWord.ALWAYS) : phrasing.of(step.when()),
                step.when(),
                step.until().isEmpty() ? "" : phrasing.of(step.until()),
                step.after().isEmpty() ? "" : words.of(RuleWord.AFTER, phrasing.of(step.after())));
    }

    static Level level(String severity) {
        for (Severity known : Severity.values()) {
            if (known.name().equals(severity)) {
                return Level.of(known);
            }
        }
        return Level.UNKNOWN;
    }

    private static PartView part(Part part, RulePhrasing phrasing, Words words) {
        String label = words.of(RuleWord.of(part.kind()));
        if (part.kind() == Kind.CLEAR && part.text().equals("manual")) {
            return new PartView(label, words.of(RuleWord.CLEAR_MANUAL), "");
        }
        String said = phrasing.of(part.text());
        boolean shows = FORMULAS.contains(part.kind()) && !said.equals(part.text());
        return new PartView(label, said, shows ? part.text() : "");
    }

    private ParamView param(Param param, String value, Times times) {
        Words words = times.words();
        boolean set = rules.cityValue(param.name(), times.now()).isPresent();
        String range = param.min().isEmpty() && param.max().isEmpty()
                ? ""
                : words.of(RuleWord.PARAMETER_RANGE_OF, param.min(), param.max());
        String floor = param.atLeast().isEmpty() ? "" : words.of(RuleWord.PARAMETER_NOT_BELOW, param.atLeast());
        return new ParamView(
                param.name(),
                words.of(param.title()),
                value.isEmpty() ? words.of(RuleWord.PARAMETER_UNSET) : value,
                value.isEmpty() ? "" : words.of(set ? RuleWord.PARAMETER_SET : RuleWord.PARAMETER_PRESET),
                floor.isEmpty() ? range : words.join(List.of(range, floor)));
    }
}
