package io.fengsui.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fengsui.ingest.KnownTopics.KnownTopic;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.mqtt.InboundMessage;
import io.fengsui.ingest.mqtt.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a message from falling between two sessions. A general slot sees the messages of the more specific ones too, and as a
 * rule acknowledges them unread, because the other session has them. That can be relied on only while the other slot has
 * announced a session, and for what was published after that session had its subscriptions. Else both handle the message,
 * and if one process holds both, the second copy is marked as redelivered, so that it is dropped further on even if it has no
 * id.
 *
 * <p>What was published later is found out with a mark: who holds the specific slot publishes it in its session, and what a
 * general slot is given behind it is younger, for a broker keeps a session's messages in order. Announcements and how far
 * each slot has come outlive their holders; those of others are heard, those of this process are known at once. Safe for use
 * by many threads.
 */
final class Handover {
    /** A mark that has not come after so long may be lost, and is sent again; each time twice as long is waited. */
    private static final Duration MARK_AGAIN = Duration.ofSeconds(5);

    private static final int MOST_DOUBLINGS = 6;

    /**
     * Where a slot stands.
     *
     * @param session announced, null while it cannot be relied on
     * @param reached by more specific slot, the session whose mark has come
     */
    record Standing(@Nullable String session, long revision, Map<String, String> reached) {
        static final Standing NONE = new Standing(null, 0, Map.of());

        Standing {
            reached = Map.copyOf(reached);
        }
    }

    /** Writes down where a slot stands, for other processes. */
    interface Notes {
        void write(Slot slot, Standing standing);
    }

    /** A mark to be published: a message of this text. */
    record Mark(Slot slot, String topic, String session) {
        static final String TYPE = "text/plain";

        byte[] payload() {
            return session.getBytes(US_ASCII);
        }
    }

    /** That a message is left to a more specific slot, because of its session. */
    record Reliance(Slot on, String session) {}

    /** The mark that was sent last for a session, and to whom: slot and session. */
    private record Sent(String session, Set<String> to, Instant at, int times) {}

    private final String bridgeId;
    private final Slots slots;
    private final Notes notes;
    private final BooleanSupplier hearing;
    private final InstantSource clock;
    private final ConcurrentMap<String, Standing> heard = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Standing> own = new ConcurrentHashMap<>();
    private final Set<String> connected = new HashSet<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private final FirstCopies firstCopies = new FirstCopies();

    /**
     * @param bridgeId names the topic of marks, below the rejections of a vendor of that name
     * @param hearing whether what others announce still comes; if not, it counts for nothing
     */
    Handover(String bridgeId, Slots slots, Notes notes, BooleanSupplier hearing, InstantSource clock) {
        this.bridgeId = bridgeId;
        this.slots = slots;
        this.notes = notes;
        this.hearing = hearing;
        this.clock = clock;
    }

    /** What was written about a slot, by whomever; null if nothing is any more. */
    void heard(String slot, @Nullable Standing standing) {
        if (standing == null) {
            heard.remove(slot);
        } else {
            heard.merge(slot, standing, Handover::newer);
        }
    }

    private static Standing newer(Standing former, Standing heard) {
        return heard.revision() >= former.revision() ? heard : former;
    }

    /** This process serves the slot from now on, where its former holder left off. */
    synchronized void hold(Slot slot) {
        own.put(slot.name(), heard.getOrDefault(slot.name(), Standing.NONE));
    }

    /** This process serves the slot no more. What it announced stays true as long as the session lasts. */
    synchronized void release(Slot slot) {
        own.remove(slot.name());
        connected.remove(slot.name());
        sent.remove(slot.name());
    }

    /** The broker made a new session: it has reached nothing. */
    synchronized void begun(Slot slot) {
        change(slot, null, Map.of());
    }

    /** The session has its subscriptions. Nothing is announced anew if it is the one that was announced. */
    synchronized void subscribed(Slot slot, String session) {
        connected.add(slot.name());
        Standing standing = own.getOrDefault(slot.name(), Standing.NONE);
        if (!session.equals(standing.session())) {
            change(slot, session, standing.reached());
        }
    }

    /** The connection was lost, and perhaps the session: this process relies on it no more. */
    synchronized void lost(Slot slot) {
        connected.remove(slot.name());
        own.computeIfPresent(slot.name(), (name, s) -> new Standing(null, s.revision(), s.reached()));
    }

    /** As {@link #lost}, for all processes. To be called only by who surely holds the slot. */
    synchronized void withdraw(Slot slot) {
        Standing standing = own.get(slot.name());
        if (standing != null) {
            change(slot, null, standing.reached());
        }
    }

    /** A general slot was given a mark, or another message of a bridge, and has done with all before it. */
    synchronized void ofBridge(Slot slot, InboundMessage message) {
        Standing standing = own.get(slot.name());
        String of = message.topic().substring(message.topic().lastIndexOf('/') + 1);
        boolean mark = message.topic().equals(TopicAddress.rejectionsOf(bridgeId, of))
                && slots.named(of).isPresent();
        String session = mark ? new String(message.payload(), US_ASCII) : "";
        if (mark && standing != null && !session.equals(standing.reached().get(of))) {
            Map<String, String> reached = new HashMap<>(standing.reached());
            reached.put(of, session);
            change(slot, standing.session(), reached);
        }
    }

    private void change(Slot slot, @Nullable String session, Map<String, String> reached) {
        Standing former = own.getOrDefault(slot.name(), Standing.NONE);
        Standing last = heard.getOrDefault(slot.name(), Standing.NONE);
        Standing changed = new Standing(session, Math.max(former.revision(), last.revision()) + 1, reached);
        own.put(slot.name(), changed);
        notes.write(slot, changed);
    }

    /**
     * Who has this message, which a general slot was given, as far as is known; null if it must be handled. One that comes again
     * as well: all that stood before the mark was done with when the mark counted.
     */
    @Nullable
    Reliance whoHas(Slot slot, KnownTopic topic) {
        return whoHas(slot, topic.moreSpecific());
    }

    /** Whoever of them has it handles it, or passes it on to one more specific still. */
    private @Nullable Reliance whoHas(Slot slot, List<Slot> moreSpecific) {
        if (moreSpecific.isEmpty()) {
            return null;
        }
        Map<String, String> reached = standing(slot).reached();
        for (Slot specific : moreSpecific) {
            String session = standing(specific).session();
            if (session != null && session.equals(reached.get(specific.name()))) {
                return new Reliance(specific, session);
            }
        }
        return null;
    }

    /** Whether nothing was heard since that speaks against it. */
    boolean stillHolds(Reliance reliance) {
        return reliance.session().equals(standing(reliance.on()).session());
    }

    private Standing standing(Slot slot) {
        Standing known = own.get(slot.name());
        if (known == null && hearing.getAsBoolean()) {
            known = heard.get(slot.name());
        }
        return known == null ? Standing.NONE : known;
    }

    /** Marks that are due, to be published in the session of their slot. */
    synchronized List<Mark> due() {
        List<Mark> due = new ArrayList<>();
        for (Slot slot : slots.all()) {
            Standing standing = own.get(slot.name());
            if (standing != null && standing.session() != null && connected.contains(slot.name())) {
                Set<String> waiting = waiting(slot, standing.session());
                if (!waiting.isEmpty() && isDue(slot, standing.session(), waiting)) {
                    due.add(new Mark(slot, TopicAddress.rejectionsOf(bridgeId, slot.name()), standing.session()));
                }
            }
        }
        return due;
    }

    /** General slots, with their sessions, that have not reached this session. */
    private Set<String> waiting(Slot slot, String session) {
        Set<String> waiting = new HashSet<>();
        for (Slot general : slots.moreGeneralThan(slot)) {
            Standing standing = standing(general);
            if (standing.session() != null && !session.equals(standing.reached().get(slot.name()))) {
                waiting.add(general.name() + " " + standing.session());
            }
        }
        return waiting;
    }

    private boolean isDue(Slot slot, String session, Set<String> waiting) {
        Instant now = clock.instant();
        Sent last = sent.get(slot.name());
        boolean first =
                last == null || !last.session().equals(session) || !last.to().containsAll(waiting);
        int times = first || last == null ? 0 : last.times() + 1;
        if (!first && last != null && now.isBefore(last.at().plus(MARK_AGAIN.multipliedBy(1L << last.times())))) {
            return false;
        }
        sent.put(slot.name(), new Sent(session, waiting, now, Math.min(times, MOST_DOUBLINGS)));
        return true;
    }

    /** Whether another slot of this process has handled this message already; asks once for each message. */
    boolean isSecondCopy(Slot slot, KnownTopic topic, InboundMessage message) {
        if (topic.seeing().size() == 1 || message.redelivered()) {
            return false;
        }
        boolean doubled = topic.place() > 0 || anotherHandles(topic);
        if (!doubled && firstCopies.isEmpty()) {
            return false;
        }
        String hash = new Body(message.payload()).hash(message.topic(), message.messageId());
        boolean second = firstCopies.take(hash, slot.name(), message.receivedAt());
        if (doubled && !second) {
            firstCopies.add(hash, slot.name(), message.receivedAt());
        }
        return second;
    }

    /** Whether a general slot of this process does not rely on the most specific one. */
    private boolean anotherHandles(KnownTopic topic) {
        List<Slot> seeing = topic.seeing();
        for (int place = 1; place < seeing.size(); place++) {
            Slot general = seeing.get(place);
            if (own.containsKey(general.name()) && whoHas(general, seeing.subList(0, place)) == null) {
                return true;
            }
        }
        return false;
    }
}
