package io.fengsui.streams.assembly;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The parts of one report that have come. Immutable.
 *
 * @param parts how many there are to be
 * @param slices by part, from 1
 * @param told whether the report has gone on without all its parts
 * @param firstAt arrival of the first, our clock, epoch milliseconds
 * @param newestAt arrival of the newest
 * @param newest the newest event, as it stood in its topic; what the whole takes after
 */
@SuppressWarnings("ArrayRecordComponent") // handed on and compared by nobody
public record FragmentSet(
        int parts, Map<Integer, String> slices, boolean told, long firstAt, long newestAt, byte[] newest) {

    /** A civil card sends once in so long (shared by all sources seen). */
    private static final Duration BETWEEN = Duration.ofSeconds(60);

    /** For what is sent again, and for the way. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    /** How long parts are known again, and missing ones may still come. */
    private static final Duration KEPT = Duration.ofHours(24);

    public FragmentSet {
        slices = Collections.unmodifiableMap(new TreeMap<>(slices));
    }

    static FragmentSet begun(int parts, int part, String slice, long at, byte[] event) {
        return new FragmentSet(parts, Map.of(part, slice), false, at, at, event);
    }

    /** Whether a part may be of this report: of as many, and no other than the one that came. */
    boolean mayHave(int ofParts, int part, String slice) {
        return ofParts == parts && slices.getOrDefault(part, slice).equals(slice);
    }

    boolean has(int part) {
        return slices.containsKey(part);
    }

    FragmentSet plus(int part, String slice, long at, byte[] event) {
        Map<Integer, String> more = new TreeMap<>(slices);
        more.put(part, slice);
        return new FragmentSet(parts, more, told, Math.min(firstAt, at), Math.max(newestAt, at), event);
    }

    FragmentSet toldAsItIs() {
        return new FragmentSet(parts, slices, true, firstAt, newestAt, newest);
    }

    public boolean isComplete() {
        return slices.size() == parts;
    }

    /** When something is to be done with it: to go on without the missing parts, or to be forgotten; epoch milliseconds. */
    public long deadline() {
        return isComplete() || told
                ? newestAt + KEPT.toMillis()
                : firstAt + BETWEEN.multipliedBy(parts).plus(MARGIN).toMillis();
    }

    /** The body, with a mark for each part that did not come. */
    String body() {
        return IntStream.rangeClosed(1, parts)
                .mapToObj(part -> slices.getOrDefault(part, "[缺" + part + "/" + parts + "]"))
                .collect(Collectors.joining());
    }

    /** Numbers of the parts that did not come. */
    String missing() {
        return IntStream.rangeClosed(1, parts)
                .filter(part -> !has(part))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
    }
}
