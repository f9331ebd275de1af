package io.fengsui.alerting.rulebook;

import io.fengsui.alert.AlertText;
import io.fengsui.reference.RuleTestResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one feed as they were published.
 *
 * @param version as alerts name it
 * @param publishedAt when the file, or the result of its tests, last changed
 * @param tests how its tests went then; empty if none ran
 * @param problem why the file cannot be shown; empty: it can
 */
public record RuleSheet(
        String feed,
        String file,
        String version,
        Instant publishedAt,
        List<Param> params,
        List<Rule> rules,
        Optional<RuleTestResult> tests,
        Optional<String> problem) {

    /**
     * A number that reference data may set.
     *
     * @param preset value where the reference data set none; empty: unknown there
     * @param atLeast name of the parameter that it may not be below; empty: none
     */
    public record Param(
            String name, AlertText title, String unit, String preset, String min, String max, String atLeast) {}

    /**
     * One rule.
     *
     * @param steps gravest first
     * @param parts everything else of its condition, in the order in which people ask for it
     */
    public record Rule(
            String id, AlertText title, String subject, List<Step> steps, List<Part> parts, AlertText runbook) {

        /** Text of a part; empty if the rule does not have it. */
        public String part(Kind kind) {
            return parts.stream()
                    .filter(part -> part.kind() == kind)
                    .map(Part::text)
                    .findFirst()
                    .orElse("");
        }
    }

    /**
     * When it has which severity.
     *
     * @param severity I to IV
     * @param when condition in CEL; empty: always
     * @param until condition under which it is left; empty: when {@code when} no longer holds
     * @param after how long the alert must have gone on; empty: no time
     */
    public record Step(String severity, String when, String until, String after) {}

    /** What a part says. */
    public enum Kind {
        ABSENT("absent"),
        OVERDUE("overdue"),
        RISE("rise"),
        FOR("for"),
        TIMES("times"),
        WITHIN("within"),
        ACROSS("across"),
        CASE("case"),
        APPLIES("applies"),
        SCHEDULE("schedule"),
        SUPPRESS("suppress"),
        CLEAR("clear");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** As rule files write it. */
        public String key() {
            return key;
        }
    }

    /** @param text as the file has it; what has parts is on one line */
    public record Part(Kind kind, String text) {}

    public Optional<Rule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    public Optional<Param> param(String name) {
        return params.stream().filter(param -> param.name().equals(name)).findFirst();
    }
}
