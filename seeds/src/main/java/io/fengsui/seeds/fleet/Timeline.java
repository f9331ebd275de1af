package io.fengsui.seeds.fleet;

import java.util.PriorityQueue;

/**
 * What happens when, in nanoseconds since the start of the scenario. Each task is due at a time reckoned from the start,
 * not from the one before, so that nothing drifts; what is behind is caught up with. For one thread.
 */
final class Timeline {

    /** Something that happens. */
    interface Task {
        void run(long due) throws InterruptedException;
    }

    private record Entry(long due, long order, Task task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long order;

    void at(long due, Task task) {
        entries.add(new Entry(due, order++, task));
    }

    /** When the next task is due; the greatest time there is if none is left. */
    long nextDue() {
        Entry next = entries.peek();
        return next == null ? Long.MAX_VALUE : next.due();
    }

    void runNext() throws InterruptedException {
        Entry next = entries.remove();
        next.task().run(next.due());
    }
}
