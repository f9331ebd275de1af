package io.fengsui.streams.rule;

import io.fengsui.event.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is going on at one device: alerts that fire and clocks that run. Empty for nearly every device at nearly every time.
 * Mutable, for one thread.
 */
public final class OpenCases {

    /** Most cases of one rule at a device: a recorder of 128 channels that all fail stays within it. */
    public static final int LIMIT = 256;

    /**
     * One case.
     *
     * @param key of what it is, such as a channel or an order; empty for the device itself
     * @param severity null while only the clock runs
     * @param since when it began, epoch milliseconds
     * @param deadline when the clock ends, epoch milliseconds; 0 without a clock
     * @param progress how far it has come, if its severity depends on time
     */
    public record Case(
            String ruleId, String key, @Nullable Severity severity, long since, long deadline, Progress progress) {

        public Case(String ruleId, String key, @Nullable Severity severity, long since, long deadline) {
            this(ruleId, key, severity, since, deadline, Progress.NONE);
        }

        boolean fires() {
            return severity != null;
        }
    }

    private final List<Case> cases;
    private final Map<String, List<Mark>> marks;
    private int refused;

    public OpenCases() {
        this(List.of());
    }

    public OpenCases(List<Case> cases) {
        this(cases, Map.of());
    }

    /** @param marks what rules that count or compare remember, by rule id */
    public OpenCases(List<Case> cases, Map<String, List<Mark>> marks) {
        this.cases = new ArrayList<>(cases);
        this.marks = new TreeMap<>(marks);
    }

    public List<Case> all() {
        return List.copyOf(cases);
    }

    public boolean isEmpty() {
        return cases.isEmpty();
    }

    /** Whether an alert of the rule fires. */
    public boolean fires(String ruleId) {
        return gravest(ruleId) != null;
    }

    /** What the rules that count or compare remember, by rule id. */
    public Map<String, List<Mark>> marks() {
        return Collections.unmodifiableMap(marks);
    }

    List<Mark> marks(String ruleId) {
        return marks.getOrDefault(ruleId, List.of());
    }

    void mark(String ruleId, List<Mark> remembered) {
        if (remembered.isEmpty()) {
            marks.remove(ruleId);
        } else {
            marks.put(ruleId, List.copyOf(remembered));
        }
    }

    /** The earliest end of a running clock, epoch milliseconds; {@link Long#MAX_VALUE} if none runs. */
    public long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (Case open : cases) {
            if (!open.fires() && open.deadline() > 0) {
                next = Math.min(next, open.deadline());
            }
            if (open.progress().due() > 0) {
                next = Math.min(next, open.progress().due());
            }
        }
        return next;
    }

    @Nullable
    Case find(String ruleId, String key) {
        for (Case open : cases) {
            if (open.ruleId().equals(ruleId) && open.key().equals(key)) {
                return open;
            }
        }
        return null;
    }

    @Nullable
    Severity gravest(String ruleId) {
        Severity gravest = null;
        for (Case open : cases) {
            Severity severity = open.severity();
            if (severity != null
                    && open.ruleId().equals(ruleId)
                    && (gravest == null || severity.compareTo(gravest) < 0)) {
                gravest = severity;
            }
        }
        return gravest;
    }

    /**
     * Adds or changes a case. Beyond the limit a further one is refused, and no other gives way: the alert fires already.
     *
     * @return false if it is refused
     */
    public boolean put(Case changed) {
        cases.removeIf(c -> c.ruleId().equals(changed.ruleId()) && c.key().equals(changed.key()));
        if (cases.stream().filter(c -> c.ruleId().equals(changed.ruleId())).count() < LIMIT) {
            return cases.add(changed);
        }
        refused++;
        return false;
    }

    /** How many cases were refused since this was read from its store. */
    public int refused() {
        return refused;
    }

    void remove(Case ended) {
        cases.remove(ended);
    }

    /** Forgets all that a rule has going. */
    public void removeAll(String ruleId) {
        cases.removeIf(c -> c.ruleId().equals(ruleId));
        marks.remove(ruleId);
    }
}
