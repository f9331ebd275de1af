package io.fengsui.standalone.conformance.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Single cases of a fault: the first of each kind, with their number. */
final class Cases {
    private static final int KINDS = 20;

    private final Map<String, Words> first = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    void add(String zh, String en) {
        add(en, new Words(zh, en));
    }

    /** @param kind cases of the same are told once */
    void add(String kind, Words words) {
        first.putIfAbsent(kind, words);
        counts.merge(kind, 1, Integer::sum);
    }

    boolean none() {
        return counts.isEmpty();
    }

    int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The first kinds with their numbers, and how many more there are. */
    List<Words> examples() {
        List<Words> told = new ArrayList<>();
        first.entrySet().stream()
                .limit(KINDS)
                .forEach(e -> told.add(numbered(e.getValue(), counts.getOrDefault(e.getKey(), 1))));
        int more = first.size() - told.size();
        if (more > 0) {
            told.add(new Words("另有 " + more + " 种", more + " more kinds"));
        }
        return told;
    }

    private static Words numbered(Words kind, int count) {
        return count == 1 ? kind : new Words(kind.zh() + " ×" + count, kind.en() + " ×" + count);
    }
}
