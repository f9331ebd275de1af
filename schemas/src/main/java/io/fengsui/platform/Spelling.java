package io.fengsui.platform;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a mistyped one was meant to be. */
public final class Spelling {

    private Spelling() {}

    /**
     * The known name most like a wrong one, if it is near enough; of equally near ones the first in the alphabet.
     *
     * @param slack edits that are always allowed; a longer name may have one in four characters wrong
     */
    public static Optional<String> nearest(String wrong, Collection<String> known, int slack) {
        return known.stream()
                .min(Comparator.comparingInt((String k) -> distance(wrong, k)).thenComparing(k -> k))
                .filter(k -> distance(wrong, k) <= Math.max(slack, wrong.length() / 4));
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
