package io.fengsui.standalone.letters;

import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.ops.ReplayOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was replayed before, out of the audit topic. For one thread. */
public final class ReplayHistory {
    private final Map<String, DeadLetterReplay> lastByLetter = new HashMap<>();
    private final Map<String, DeadLetterReplay> doneByLetter = new HashMap<>();
    private final Map<String, String> letterByEvent = new HashMap<>();
    private final Map<String, List<DeadLetterReplay>> sendingsByLetter = new LinkedHashMap<>();

    public void add(DeadLetterReplay replay) {
        lastByLetter.put(replay.getLetter(), replay);
        if (replay.getOutcome() == ReplayOutcome.ACCEPTED || replay.getOutcome() == ReplayOutcome.DUPLICATE) {
            doneByLetter.put(replay.getLetter(), replay);
            sendingsByLetter.remove(replay.getLetter());
            replay.getEventIds().forEach(id -> letterByEvent.putIfAbsent(id, replay.getLetter()));
        } else if (replay.getOutcome() == ReplayOutcome.SENDING) {
            sendingsByLetter
                    .computeIfAbsent(replay.getLetter(), letter -> new ArrayList<>())
                    .add(replay);
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

    /** The last replay of a letter, if it was broken off: its events were written, or not, or some of them. */
    public Optional<DeadLetterReplay> brokenOff(Address letter) {
        return last(letter).filter(replay -> replay.getOutcome() == ReplayOutcome.SENDING);
    }

    /** Replays of a letter that were broken off, after the last one that left nothing to do. */
    public List<DeadLetterReplay> sendings(Address letter) {
        return List.copyOf(sendingsByLetter.getOrDefault(letter.toString(), List.of()));
    }

    /** Replays that were broken off and may have written an event, of letters that were not settled since. */
    public List<DeadLetterReplay> sendings(String eventId) {
        return sendingsByLetter.values().stream()
                .flatMap(List::stream)
                .filter(replay -> replay.getEventIds().contains(eventId))
                .toList();
    }

    /** When the last of those began to send that were broken off. */
    public Optional<Instant> lastSendingAt() {
        return sendingsByLetter.values().stream()
                .flatMap(List::stream)
                .map(DeadLetterReplay::getReplayedAt)
                .max(Comparator.naturalOrder());
    }

    /** Address of the letter whose replay brought an event. */
    public Optional<String> letterOf(String eventId) {
        return Optional.ofNullable(letterByEvent.get(eventId));
    }
}
