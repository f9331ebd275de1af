package io.fengsui.standalone.letters;

import io.fengsui.ingest.Readmission;
import io.fengsui.ingest.Readmission.Accepted;
import io.fengsui.ingest.Readmission.Judgement;
import io.fengsui.ingest.Readmission.Refused;
import io.fengsui.ops.DeadLetterReplay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of letters that are to be replayed, in the order in which their messages came. Writes nothing. */
public final class ReplayPlan {

    /** What becomes of one letter. */
    public sealed interface Step {
        Letter letter();
    }

    public record Take(Letter letter, Accepted<?> accepted) implements Step {}

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
    private final boolean again;
    private final Map<String, Address> letterByEvent = new HashMap<>();

    /** @param again whether letters that were replayed before are taken once more */
    public ReplayPlan(Readmission readmission, ReplayHistory history, boolean again) {
        this.readmission = readmission;
        this.history = history;
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
        Judgement judgement = readmission.judge(letter.address().topic(), letter.content(), before.isPresent());
        if (judgement instanceof Accepted<?> accepted) {
            return take(letter, accepted);
        }
        return new Refuse(letter, (Refused) judgement);
    }

    /** The events of both letters of a message are to come once, however long ago the first was replayed. */
    private Step take(Letter letter, Accepted<?> accepted) {
        for (String id : accepted.eventIds()) {
            Optional<String> other = Optional.ofNullable(letterByEvent.get(id))
                    .map(Address::toString)
                    .or(() -> again ? Optional.empty() : history.letterOf(id));
            if (other.isPresent()) {
                return new Duplicate(letter, accepted, other.get());
            }
        }
        accepted.eventIds().forEach(id -> letterByEvent.put(id, letter.address()));
        return new Take(letter, accepted);
    }
}
