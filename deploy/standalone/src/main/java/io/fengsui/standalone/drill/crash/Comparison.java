package io.fengsui.standalone.drill.crash;

import io.fengsui.standalone.drill.crash.WholeOutput.Kind;
import io.fengsui.standalone.drill.crash.WholeOutput.Told;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what was written to what should have been: by content as a whole, and in order within each strand. Pure. */
final class Comparison {
    private static final int MOST_EXAMPLES = 5;

    /** Differences of one kind of records. */
    static final class Difference {
        private long expected;
        private long written;
        private long lost;
        private long doubled;
        private long invented;
        private long outOfOrder;

        long expected() {
            return expected;
        }

        long written() {
            return written;
        }

        /** Expected and not written. */
        long lost() {
            return lost;
        }

        /** Written more often than expected. */
        long doubled() {
            return doubled;
        }

        /** Written and never expected. */
        long invented() {
            return invented;
        }

        /** Strands with the right records in a wrong order. */
        long outOfOrder() {
            return outOfOrder;
        }

        boolean none() {
            return lost + doubled + invented + outOfOrder == 0;
        }
    }

    private final Map<Kind, Difference> differences = new EnumMap<>(Kind.class);
    private final Map<String, String> accounts = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();

    private Comparison() {
        for (Kind kind : Kind.values()) {
            differences.put(kind, new Difference());
        }
    }

    static Comparison of(
            List<Told> expected,
            List<Told> written,
            Map<String, String> expectedAccounts,
            Map<String, String> writtenAccounts) {
        Comparison comparison = new Comparison();
        Map<Told, List<String>> strands = new LinkedHashMap<>();
        Map<Told, List<String>> found = new HashMap<>();
        strands(expected, strands);
        strands(written, found);
        strands.forEach(
                (strand, contents) -> comparison.compare(strand, contents, found.getOrDefault(strand, List.of())));
        found.forEach((strand, contents) -> {
            if (!strands.containsKey(strand)) {
                comparison.compare(strand, List.of(), contents);
            }
        });
        comparison.compareAccounts(expectedAccounts, writtenAccounts);
        return comparison;
    }

    /** By strand; the key is a record without content. */
    private static void strands(List<Told> records, Map<Told, List<String>> strands) {
        for (Told record : records) {
            strands.computeIfAbsent(new Told(record.kind(), record.strand(), ""), key -> new ArrayList<>())
                    .add(record.content());
        }
    }

    private void compare(Told strand, List<String> expected, List<String> written) {
        Difference difference = of(strand.kind());
        difference.expected += expected.size();
        difference.written += written.size();
        Map<String, Integer> balance = new LinkedHashMap<>();
        expected.forEach(content -> balance.merge(content, -1, Integer::sum));
        written.forEach(content -> balance.merge(content, 1, Integer::sum));
        boolean same = true;
        for (Map.Entry<String, Integer> entry : balance.entrySet()) {
            int surplus = entry.getValue();
            same &= surplus == 0;
            if (surplus < 0) {
                difference.lost -= surplus;
                example("lost", strand, entry.getKey());
            } else if (surplus > 0 && expected.contains(entry.getKey())) {
                difference.doubled += surplus;
                example("doubled", strand, entry.getKey());
            } else if (surplus > 0) {
                difference.invented += surplus;
                example("invented", strand, entry.getKey());
            }
        }
        if (same && !expected.equals(written)) {
            difference.outOfOrder++;
            example("out of order", strand, expected + " was written as " + written);
        }
    }

    private void compareAccounts(Map<String, String> expected, Map<String, String> written) {
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(written.keySet());
        for (String name : names) {
            String should = expected.getOrDefault(name, "nothing");
            String is = written.getOrDefault(name, "nothing");
            if (!Objects.equals(should, is)) {
                accounts.put(name, is + "; expected " + should);
            }
        }
    }

    private void example(String what, Told strand, String content) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(what + ": " + strand.strand() + ": " + content);
        }
    }

    Difference of(Kind kind) {
        return Objects.requireNonNull(differences.get(kind));
    }

    /** Accounts that differ, by feed and realm. */
    Map<String, String> accounts() {
        return Map.copyOf(accounts);
    }

    /** Some of the differences, for people. */
    List<String> examples() {
        return List.copyOf(examples);
    }

    boolean same() {
        return accounts.isEmpty() && differences.values().stream().allMatch(Difference::none);
    }
}
