package io.fengsui.standalone.letters;

import io.fengsui.ingest.Readmission;
import io.fengsui.ingest.Readmission.Accepted;
import io.fengsui.ingest.Readmission.Judgement;
import io.fengsui.ingest.Readmission.Refused;
import io.fengsui.ops.DeadLetterReplay;
import io.fengsui.standalone.letters.EventSearch.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** What becomes of letters that are to be replayed, in the order in which their messages came. Writes nothing. */
public final class ReplayPlan {

    /** What becomes of one letter. */
    public sealed interface Step {
        Letter letter();
    }

    /** @param unsent its events without those that a replay had written before it was broken off */
    public record Take(Letter letter, Accepted<?> accepted, Accepted<?> unsent) implements Step {}

    /** A replay was broken off when it had written all its events: only the account of it is left to be written. */
    public record Settle(Letter letter, DeadLetterReplay sending) implements Step {}

    /** A replay was broken off, and whether it had written its events can no longer be seen. Nothing is written. */
    public record Unknown(Letter letter, DeadLetterReplay sending) implements Step {}

    public record Refuse(Letter letter, Refused refused) implements Step {}

    /**
     * A message that came twice made two letters.
     *
     * @param of address of the other letter, whose replay brings or brought the events
     */
    public record Duplicate(Letter letter, Accepted<?> accepted, String of) implements Step {}

    /** It was replayed before. */
    public record Skip(Letter letter, DeadLetterReplay replay) implements Step {}

    private final Readmission readmission;
    private final ReplayHistory history;
    private final EventSearch search;
    private final boolean again;
    private final Map<String, Address> letterByEvent = new HashMap<>();

    /**
     * @param search for what replays that were broken off had written
     * @param again whether letters that were replayed before are taken once more, also those that perhaps were
     */
    public ReplayPlan(Readmission readmission, ReplayHistory history, EventSearch search, boolean again) {
        this.readmission = readmission;
        this.history = history;
        this.search = search;
        this.again = again;
    }

    public List<Step> of(Collection<Letter> letters) {
        List<Step> steps = new ArrayList<>();
        letters.stream().sorted(Letter.BY_ARRIVAL).distinct().forEach(letter -> steps.add(step(letter)));
        return List.copyOf(steps);
    }

    private Step step(Letter letter) {
        Optional<DeadLetterReplay> before = history.done(letter.address());
        if (before.isPresent() && !again) {
            return new Skip(letter, before.get());
        }
        Traces traces = traces(letter);
        Optional<DeadLetterReplay> brokenOff = history.brokenOff(letter.address());
        if (brokenOff.isPresent()) {
            if (traces.written().containsAll(brokenOff.get().getEventIds())) {
                brokenOff.get().getEventIds().forEach(id -> letterByEvent.putIfAbsent(id, letter.address()));
                return new Settle(letter, brokenOff.get());
            }
            if (traces.deleted() && !again) {
                return new Unknown(letter, brokenOff.get());
            }
        }
        Judgement judgement =
                readmission.judge(letter.address().topic(), letter.content(), before.isPresent() || traces.deleted());
        if (judgement instanceof Accepted<?> accepted) {
            return take(letter, accepted, traces.written());
        }
        return new Refuse(letter, (Refused) judgement);
    }

    /**
     * What replays of a letter that were broken off had written.
     *
     * @param deleted whether there may have been more
     */
    private record Traces(Set<String> written, boolean deleted) {}

    private Traces traces(Letter letter) {
        Set<String> written = new HashSet<>();
        Set<String> deleted = new HashSet<>();
        for (DeadLetterReplay sending : history.sendings(letter.address())) {
            for (String id : sending.getEventIds()) {
                Finding finding = search.look(id, sending);
                if (finding != Finding.ABSENT) {
                    (finding == Finding.WRITTEN ? written : deleted).add(id);
                }
            }
        }
        return new Traces(written, !written.containsAll(deleted));
    }

    /** The events of both letters of a message are to come once, however long ago the first was replayed. */
    private Step take(Letter letter, Accepted<?> accepted, Set<String> written) {
        for (String id : accepted.eventIds()) {
            if (!written.contains(id)) {
                Optional<String> other = Optional.ofNullable(letterByEvent.get(id))
                        .map(Address::toString)
                        .or(() -> again ? Optional.empty() : history.letterOf(id));
                if (other.isPresent()) {
                    return new Duplicate(letter, accepted, other.get());
                }
                Optional<Step> sent = again ? Optional.empty() : sentForAnother(letter, accepted, id);
                if (sent.isPresent()) {
                    return sent.get();
                }
            }
        }
        accepted.eventIds().forEach(id -> letterByEvent.put(id, letter.address()));
        return new Take(letter, accepted, without(written, accepted));
    }

    /** What becomes of a letter if a replay of another one of the same message was broken off. */
    private Optional<Step> sentForAnother(Letter letter, Accepted<?> accepted, String eventId) {
        for (DeadLetterReplay sending : history.sendings(eventId)) {
            if (!sending.getLetter().equals(letter.address().toString())) {
                Finding finding = search.look(eventId, sending);
                if (finding == Finding.WRITTEN) {
                    return Optional.of(new Duplicate(letter, accepted, sending.getLetter()));
                }
                if (finding == Finding.DELETED) {
                    return Optional.of(new Unknown(letter, sending));
                }
            }
        }
        return Optional.empty();
    }

    private static <T extends SpecificRecord> Accepted<T> without(Set<String> written, Accepted<T> accepted) {
        return new Accepted<>(
                accepted.feed(),
                accepted.events().stream()
                        .filter(event ->
                                !written.contains(accepted.feed().header(event).getEventId()))
                        .toList());
    }
}
