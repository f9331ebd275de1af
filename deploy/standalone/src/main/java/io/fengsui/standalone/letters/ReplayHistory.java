package io.fengsui.standalone.letters;

import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was replayed before, out of the audit topic. For one thread. */
public final class ReplayHistory {
    private final Map<String, DeadLetterReplay> lastByLetter = new HashMap<>();
    private final Map<String, DeadLetterReplay> doneByLetter = new HashMap<>();
    private final Map<String, String> letterByEvent = new HashMap<>();

    public void add(DeadLetterReplay replay) {
        lastByLetter.put(replay.getLetter(), replay);
        if (replay.getOutcome() == ReplayOutcome.ACCEPTED || replay.getOutcome() == ReplayOutcome.DUPLICATE) {
            doneByLetter.put(replay.getLetter(), replay);
            replay.getEventIds().forEach(id -> letterByEvent.putIfAbsent(id, replay.getLetter()));
        }
    }

    /** The last replay of a letter, whatever became of it. */
    public Optional<DeadLetterReplay> last(Address letter) {
        return Optional.ofNullable(lastByLetter.get(letter.toString()));
    }

    /** The last replay of a letter after which nothing was left to do. */
    public Optional<DeadLetterReplay> done(Address letter) {
        return Optional.ofNullable(doneByLetter.get(letter.toString()));
    }

    /** Address of the letter whose replay brought an event. */
    public Optional<String> letterOf(String eventId) {
        return Optional.ofNullable(letterByEvent.get(eventId));
    }
}
