package io.fengsui.streams.rule;

import io.fengsui.alert.SubjectKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What devices have in common whose events count together.
 *
 * @param kind UNIT, SITE or GROUP
 * @param expression text that tells groups apart; null for units and sites
 */
public record Across(SubjectKind kind, @Nullable Condition expression) {

    /** The groups that an event counts for; none if what they have in common is unknown. */
    List<String> groups(Facts facts) {
        if (kind == SubjectKind.UNIT) {
            return facts.unitIds();
        }
        String group = expression != null
                ? expression.textOf(facts)
                : facts.site() == null ? "" : facts.site().getSiteId();
        return group.isEmpty() ? List.of() : List.of(group);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case UNIT -> "one unit";
            case SITE -> "one site";
            default -> "one " + expression;
        };
    }
}
