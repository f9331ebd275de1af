package io.fengsui.streams.rule;

import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for rules that contradict themselves, by trying: the conditions are evaluated at and beside all limits that they name,
 * with every symbol and with the defaults of parameters. A case that is found is a proof. That none is found proves something
 * only where one number is compared and nothing else, so only then a step is called unreachable.
 */
final class Contradictions {
    private static final int MOST_CASES = 20_000;
    private static final double BESIDE = 1e-6;
    private static final Set<String> COMPARISONS =
            Set.of("_>_", "_>=_", "_<_", "_<=_", "_&&_", "_||_", "!_", "_+_", "_-_", "-_");

    private final Variables variables;
    private final Map<String, Param> params;

    Contradictions(Variables variables, Map<String, Param> params) {
        this.variables = variables;
        this.params = params;
    }

    /** A case in which the first is true and so is one of the others, in words; empty if none was found. */
    Optional<String> overlap(Condition first, List<Condition> others) {
        List<Condition> all = new ArrayList<>(others);
        all.add(first);
        return cases(all).stream()
                .filter(values -> first.test(values) == Truth.TRUE)
                .filter(values -> others.stream().anyMatch(other -> other.test(values) == Truth.TRUE))
                .findFirst()
                .map(this::words);
    }

    /** Whether a condition is true nowhere but where one of the former is; false if that cannot be decided. */
    boolean isHidden(Condition condition, List<Condition> former) {
        List<Condition> all = new ArrayList<>(former);
        all.add(condition);
        Set<String> readings = all.stream()
                .flatMap(one -> one.names().stream())
                .filter(name -> !name.startsWith(Variables.PARAM))
                .collect(Collectors.toSet());
        boolean decidable = readings.size() == 1
                && readings.stream().allMatch(this::isNumber)
                && all.stream()
                        .allMatch(one -> COMPARISONS.containsAll(one.parts().functions()))
                && all.stream()
                        .flatMap(one -> one.names().stream())
                        .map(this::param)
                        .flatMap(Optional::stream)
                        .allMatch(param -> param.defaultValue() != null);
        List<Map<String, Object>> cases = decidable ? cases(all) : List.of();
        return !cases.isEmpty()
                && cases.stream()
                        .noneMatch(values -> condition.test(values) == Truth.TRUE
                                && former.stream().noneMatch(one -> one.test(values) == Truth.TRUE));
    }

    private List<Map<String, Object>> cases(List<Condition> conditions) {
        Map<String, Object> fixed = new HashMap<>();
        Map<String, List<Object>> open = new TreeMap<>();
        Set<Double> limits = limits(conditions);
        for (String name :
                conditions.stream().flatMap(one -> one.names().stream()).collect(Collectors.toSet())) {
            Double value = param(name).map(Param::defaultValue).orElse(null);
            if (value != null) {
                fixed.put(name, value);
            } else if (!name.startsWith(Variables.PARAM)) {
                open.put(name, candidates(name, limits, conditions));
            }
        }
        long size = open.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a > MOST_CASES ? a : a * b);
        return size > MOST_CASES ? List.of() : product(fixed, new ArrayList<>(open.entrySet()));
    }

    private static List<Map<String, Object>> product(
            Map<String, Object> fixed, List<Map.Entry<String, List<Object>>> open) {
        List<Map<String, Object>> cases = List.of(fixed);
        for (Map.Entry<String, List<Object>> next : open) {
            List<Map<String, Object>> more = new ArrayList<>();
            for (Map<String, Object> known : cases) {
                for (Object value : next.getValue()) {
                    Map<String, Object> with = new HashMap<>(known);
                    with.put(next.getKey(), value);
                    more.add(with);
                }
            }
            cases = more;
        }
        return cases;
    }

    private List<Object> candidates(String name, Set<Double> limits, List<Condition> conditions) {
        Variables.Variable variable = variables.find(name);
        Set<Object> values = new LinkedHashSet<>();
        if (variable == null) {
            return List.of();
        }
        if (variable.type().equals(SimpleType.BOOL)) {
            values.addAll(List.of(true, false));
        } else if (variable.type().equals(SimpleType.DOUBLE)) {
            limits.forEach(limit -> values.addAll(List.of(limit - BESIDE, limit, limit + BESIDE)));
        } else if (variable.type().equals(SimpleType.INT)) {
            limits.forEach(
                    limit -> values.addAll(List.of(Math.round(limit) - 1, Math.round(limit), Math.round(limit) + 1)));
        } else if (variable.type().equals(SimpleType.STRING)) {
            values.addAll(variable.symbols());
            if (values.isEmpty()) {
                values.add("");
                conditions.forEach(one -> one.parts().constants().stream()
                        .filter(String.class::isInstance)
                        .forEach(values::add));
            }
        }
        return List.copyOf(values);
    }

    /** Numbers of the conditions and defaults of their parameters, and sums and differences of two of them. */
    private Set<Double> limits(List<Condition> conditions) {
        Set<Double> numbers = new TreeSet<>(Set.of(0.0));
        for (Condition condition : conditions) {
            condition.parts().constants().forEach(constant -> {
                if (constant instanceof Double number) {
                    numbers.add(number);
                }
            });
            condition.names().stream()
                    .map(this::param)
                    .flatMap(Optional::stream)
                    .map(Param::defaultValue)
                    .filter(value -> value != null)
                    .forEach(numbers::add);
        }
        Set<Double> limits = new TreeSet<>();
        for (double a : numbers) {
            for (double b : numbers) {
                limits.addAll(List.of(a + b, a - b, -a - b));
            }
        }
        return limits;
    }

    private boolean isNumber(String name) {
        Variables.@Nullable Variable variable = variables.find(name);
        return variable != null
                && (variable.type().equals(SimpleType.DOUBLE) || variable.type().equals(SimpleType.INT));
    }

    private Optional<Param> param(String name) {
        return name.startsWith(Variables.PARAM)
                ? Optional.ofNullable(params.get(name.substring(Variables.PARAM.length())))
                : Optional.empty();
    }

    private String words(Map<String, Object> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .filter(value -> !value.getKey().startsWith(Variables.PARAM))
                        .map(value -> value.getKey() + " = " + Template.plain(value.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
