package io.fengsui.standalone.unrouted;

import io.fengsui.ops.UnroutedReplay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was sent on so far. */
public final class ReplayLog {
    private final Map<String, List<UnroutedReplay>> byEvent = new HashMap<>();

    public void add(UnroutedReplay replay) {
        byEvent.computeIfAbsent(replay.getEventId(), id -> new ArrayList<>(1)).add(replay);
    }

    /** Replays of an event, in their order. */
    public List<UnroutedReplay> of(String eventId) {
        return byEvent.getOrDefault(eventId, List.of());
    }

    /** Whether nobody missed the event after its last replay. */
    public boolean settled(String eventId) {
        List<UnroutedReplay> replays = of(eventId);
        return !replays.isEmpty() && replays.get(replays.size() - 1).getSettled();
    }

    /** Reader topics that got an event by replays. */
    public Set<String> deliveredTo(String eventId) {
        Set<String> topics = new HashSet<>();
        of(eventId).forEach(replay -> topics.addAll(replay.getDeliveredTo()));
        return topics;
    }
}
