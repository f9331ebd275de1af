package io.fengsui.streams.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often something must happen before a rule speaks.
 *
 * @param number null if a parameter gives it
 * @param param null if the number is written in the file
 * @param within by the device's clock
 */
public record Repetition(@Nullable Double number, @Nullable Param param, Span within) {

    /** Most that is remembered of one rule at a device, and so the largest number that may be asked for. */
    public static final int LIMIT = 100;

    /** 0 if the parameter has no value here: it is never often enough then. */
    public int times(Facts facts) {
        Double times = param == null ? number : param.value(facts);
        return times == null ? 0 : (int) Math.min(LIMIT, Math.round(times));
    }

    /**
     * Remembers that it happened; the same thing counts once.
     *
     * @param what it was, such as a work order or an event
     * @return whether it has happened often enough now
     */
    boolean count(Rule rule, String what, Facts facts, Instant at, OpenCases open) {
        Duration window = within.of(facts);
        int times = times(facts);
        if (window == null || times == 0) {
            return false;
        }
        List<Mark> former = open.marks(rule.id());
        long hash = hash(what);
        if (former.stream().anyMatch(mark -> mark.bits() == hash)) {
            return false;
        }
        List<Mark> marks = new ArrayList<>(former);
        marks.add(new Mark(at.toEpochMilli(), hash));
        marks.sort(Comparator.comparingLong(Mark::at));
        long newest = marks.get(marks.size() - 1).at();
        marks.removeIf(mark -> newest - mark.at() > window.toMillis());
        while (marks.size() > LIMIT) {
            marks.remove(0);
        }
        open.mark(rule.id(), marks);
        return marks.size() >= times && marks.stream().anyMatch(mark -> mark.bits() == hash);
    }

    /** What texts may say of it: {@code count} and {@code within}. */
    Map<String, Object> counted(Rule rule, Facts facts, OpenCases open) {
        Duration window = within.of(facts);
        return Map.of("count", (long) open.marks(rule.id()).size(), "within", window == null ? Duration.ZERO : window);
    }

    /** Drops what was counted too long before. */
    void forget(Rule rule, Facts facts, Instant at, OpenCases open) {
        Duration window = within.of(facts);
        List<Mark> marks = open.marks(rule.id());
        if (window != null && at.toEpochMilli() - marks.get(0).at() > window.toMillis()) {
            open.mark(
                    rule.id(),
                    marks.stream()
                            .filter(mark -> at.toEpochMilli() - mark.at() <= window.toMillis())
                            .toList());
        }
    }

    /** 64 bits of a text, FNV-1a: two things of one device within the window hardly share them. */
    public static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    @Override
    public String toString() {
        return (param != null ? "param." + param.name() : Template.number(number == null ? 0 : number))
                + " times within " + within;
    }
}
