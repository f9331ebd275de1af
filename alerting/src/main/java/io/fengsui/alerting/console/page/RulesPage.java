package io.fengsui.alerting.console.page;

import java.util.List;
import java.util.Optional;

/** The published rules, feed by feed. */
public record RulesPage(Frame frame, List<FeedRules> feeds) {

    /**
     * The rules of a feed.
     *
     * @param problem why they cannot be shown
     */
    public record FeedRules(
            String id,
            String name,
            String version,
            String published,
            String publishedAgo,
            Tests tests,
            List<RuleView> rules,
            List<ParamView> params,
            Optional<String> problem) {}

    /**
     * How tests went.
     *
     * @param style CSS class of the verdict: passed, failed or none
     * @param details empty if there is nothing to add
     */
    public record Tests(String style, String verdict, List<String> details) {}

    /**
     * One rule.
     *
     * @param tests how many tests it has, in words
     * @param failing whether one of them failed, or none is there
     * @param open open alerts of it, in words
     */
    public record RuleView(
            String id,
            String title,
            String subject,
            List<StepView> steps,
            List<PartView> parts,
            String tests,
            boolean failing,
            String untested,
            int openCount,
            String open,
            String raised,
            String runbook) {}

    /** @param words the condition with names in words */
    public record StepView(Level level, String words, String expression, String until, String after) {}

    /**
     * What else belongs to the condition.
     *
     * @param expression as the file has it; empty where the words are the same
     */
    public record PartView(String label, String words, String expression) {}

    /**
     * One parameter.
     *
     * @param value for the city, with its unit
     * @param source whether the rule or the reference data says so
     */
    public record ParamView(String name, String title, String value, String source, String range) {}

    public Words words() {
        return frame.words();
    }
}
