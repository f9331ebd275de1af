package io.fengsui.alerting.incident;

import io.fengsui.alerting.incident.CorrelationRules.Pattern;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Whether open alerts are one of the named patterns. */
final class PatternMatch {
    private PatternMatch() {}

    /** The gravest that matches; of equals the first of the file. */
    static Optional<Pattern> of(Collection<Tracked> members, CorrelationRules rules) {
        return rules.patterns().stream()
                .filter(pattern -> matches(pattern, members))
                .max(Comparator.comparingInt((Pattern pattern) -> AlertLifecycle.rank(pattern.severity()))
                        .thenComparing(Comparator.comparingInt(
                                        (Pattern pattern) -> rules.patterns().indexOf(pattern))
                                .reversed()));
    }

    /** Some alert of the first group has one of each other group near it. Of each group and place by beginning: few. */
    private static boolean matches(Pattern pattern, Collection<Tracked> members) {
        List<Map<String, NavigableMap<Instant, Tracked>>> groups = new ArrayList<>();
        pattern.needs().forEach(group -> groups.add(new HashMap<>()));
        for (Tracked member : members) {
            if (member.open()) {
                pattern.groupOf(member.alert())
                        .filter(number -> number < groups.size())
                        .ifPresent(number -> groups.get(number)
                                .computeIfAbsent(member.place(), place -> new TreeMap<>())
                                .putIfAbsent(member.start(), member));
            }
        }
        if (groups.stream().anyMatch(Map::isEmpty)) {
            return false;
        }
        List<Map<String, NavigableMap<Instant, Tracked>>> others = groups.subList(1, groups.size());
        return groups.get(0).values().stream()
                .flatMap(begun -> begun.values().stream())
                .anyMatch(first -> others.stream().allMatch(group -> hasNear(group, first, pattern)));
    }

    private static boolean hasNear(Map<String, NavigableMap<Instant, Tracked>> group, Tracked alert, Pattern pattern) {
        if (group.containsKey(alert.place())) {
            return true;
        }
        Instant from = alert.start().minus(pattern.within());
        Instant to = alert.start().plus(pattern.within());
        return group.values().stream().anyMatch(begun -> begun.subMap(from, true, to, true).values().stream()
                .anyMatch(other -> alert.isNear(other, pattern.metres(), pattern.within())));
    }
}
