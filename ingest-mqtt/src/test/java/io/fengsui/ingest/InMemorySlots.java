package io.fengsui.ingest;

import io.fengsui.ingest.Handover.Standing;
import io.fengsui.ingest.mqtt.Slot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Kafka keeps of the slots, for tests: who holds each with its note, and what was written about them, which comes to each
 * process when the test says so.
 */
final class InMemorySlots {
    private final Map<Slot, Object> holders = new HashMap<>();
    private final Map<Slot, String> notes = new HashMap<>();
    private final Map<String, Standing> written = new HashMap<>();
    private final List<Board> boards = new ArrayList<>();

    /** What one process writes and hears. */
    final class Board implements Handover.Notes {
        private final Deque<Map.Entry<String, Standing>> coming = new ArrayDeque<>();

        @Override
        public void write(Slot slot, Standing standing) {
            written.put(slot.name(), standing);
            boards.forEach(board -> board.coming.add(Map.entry(slot.name(), standing)));
        }

        /** One more of what was written, by whomever. */
        boolean hearNext(Handover handover) {
            Map.Entry<String, Standing> next = coming.poll();
            if (next != null) {
                handover.heard(next.getKey(), next.getValue());
            }
            return next != null;
        }

        void hearAll(Handover handover) {
            while (hearNext(handover)) {
                // All that came.
            }
        }
    }

    /** A process that starts reads the whole topic first. */
    Board board() {
        Board board = new Board();
        written.forEach((slot, standing) -> board.coming.add(Map.entry(slot, standing)));
        boards.add(board);
        return board;
    }

    /** Gives a slot to a process; the former holder is not asked. */
    void give(Slot slot, Object process) {
        holders.put(slot, process);
    }

    String note(Slot slot) {
        return notes.getOrDefault(slot, "");
    }

    String confirm(Slot slot, Object process, String note) {
        if (process != holders.get(slot)) {
            return "the slot is another bridge's";
        }
        notes.put(slot, note);
        return "";
    }

    /** Nothing is known any more, as with a bridge of before there were notes. */
    void forget() {
        notes.clear();
        written.clear();
    }
}
