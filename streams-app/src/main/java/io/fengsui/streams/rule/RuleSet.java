package io.fengsui.streams.rule;

import io.fengsui.schema.feed.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compiled rules of one feed. Immutable.
 *
 * @param version first 12 hex digits of the SHA-256 of the file
 * @param params parameters by name, in the order of the file
 * @param words names for people of the symbols of enum fields
 * @param flags what marks an event that is kept
 */
public record RuleSet(
        Feed<?> feed,
        String file,
        String version,
        Map<String, Param> params,
        Map<String, Words> words,
        List<Flag> flags,
        List<Rule> rules) {

    public Optional<Rule> rule(String id) {
        for (Rule rule : rules) {
            if (rule.id().equals(id)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** The rule that watches for silence; a file has at most one. */
    public Optional<Rule> absence() {
        for (Rule rule : rules) {
            if (rule.trigger() instanceof Trigger.Absence) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /**
     * What is wrong with a set of parameter values, for example of one site with all that it inherits; empty if nothing.
     *
     * @param values by name; a parameter that is not there has its default, or none
     */
    public List<String> problemsOf(Map<String, Double> values) {
        List<String> problems = new ArrayList<>();
        for (Param param : params.values()) {
            Double value = values.getOrDefault(param.name(), param.defaultValue());
            if (value != null && !param.takes(value)) {
                problems.add(param.name() + " must be " + Template.number(param.min()) + " to "
                        + Template.number(param.max()) + " " + param.unit() + ", found " + Template.number(value));
            }
            Param floor = param.atLeast() == null ? null : params.get(param.atLeast());
            Double least = floor == null ? null : values.getOrDefault(floor.name(), floor.defaultValue());
            if (floor != null && value != null && least != null && value < least) {
                problems.add(param.name() + " is " + Template.number(value) + " " + param.unit()
                        + " and must not be below " + floor.name() + ", which is " + Template.number(least) + " "
                        + floor.unit());
            }
        }
        return problems;
    }
}
