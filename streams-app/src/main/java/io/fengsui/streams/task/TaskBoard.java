package io.fengsui.streams.task;

import io.fengsui.streams.failure.SetAside;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where running tasks sign in at each tick, so that the app knows when they work and whether they still do; and where they see
 * what was set aside.
 */
public final class TaskBoard {

    /** Ticks after which a task has had a transaction committed: the first one always writes. */
    private static final int WARM = 3;

    private record Sign(int ticks, Instant at) {}

    private final Map<Integer, Sign> byTask = new ConcurrentHashMap<>();
    private final SetAside setAside = new SetAside();

    /** Records and topics that must not be tried again as they are. */
    public SetAside setAside() {
        return setAside;
    }

    void signIn(int task, Instant now) {
        byTask.merge(task, new Sign(1, now), (former, first) -> new Sign(former.ticks + 1, now));
    }

    void signOut(int task) {
        byTask.remove(task);
    }

    /** Tasks that have ticked often enough to be warm. */
    public int warm() {
        return (int) byTask.values().stream().filter(s -> s.ticks >= WARM).count();
    }

    /** Tasks that have not ticked for so long, or not since the wall clock was set back: Kafka Streams then waits until it is there again. */
    public int stalled(Duration limit, Instant now) {
        return (int) byTask.values().stream()
                .filter(s -> s.at.plus(limit).isBefore(now) || s.at.minus(limit).isAfter(now))
                .count();
    }

    public int tasks() {
        return byTask.size();
    }
}
