package io.fengsui.streams.device;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Masking;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.reference.Division;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.Routing;
import io.fengsui.streams.route.UnitRouter;
import io.fengsui.streams.rule.Facts;
import io.fengsui.streams.rule.Rule;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleEngine;
import io.fengsui.streams.rule.RuleSet;
import io.fengsui.streams.rule.Sighting;
import io.fengsui.streams.rule.Trigger;
import io.fengsui.streams.rule.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an event. A duplicate is dropped but is a sign of life. An event older than the newest of its
 * device is routed and changes nothing that the rules know, though a report that it is raises its alert; a sign of life it is
 * too. A late event that is the newest can end what is going on, and begins nothing.
 *
 * <p>Older goes by the device's clock, so only events that carry one are compared, and only with each other. One without,
 * such as a gateway's last will, bears our clock and is taken in the order of arrival.
 */
public final class EventJudge {

    /**
     * @param duplicate seen before: nothing is routed
     * @param sightings what rules count across devices
     */
    public record Judgement(boolean duplicate, Routing routing, List<Verdict> verdicts, List<Sighting> sightings) {}

    private static final int FLAGS =
            EventHeader.getClassSchema().getField("flags").pos();

    private final UnitRouter router;
    private final RuleBook book;
    private final RuleEngine engine;
    private final FactFinder facts;
    private final Inspection inspection;
    private final Masking masking = new Masking();

    public EventJudge(ReferenceView reference, UnitRouter router, RuleBook book, RuleEngine engine) {
        this.router = router;
        this.book = book;
        this.engine = engine;
        this.facts = new FactFinder(reference);
        this.inspection = new Inspection(reference);
    }

    /**
     * @param event masked on the way: neither rules nor readers see personal data
     * @param header of the event; its flags are filled in
     * @param state of the device; changed
     */
    public Judgement judge(Feed<?> feed, SpecificRecord event, EventHeader header, DeviceState state, Instant now) {
        Division division = inspection.division(event, header.getEventTime());
        Routing routing =
                router.route(feed, Realm.of(header.getStatus()), header.getDeviceId(), division, header.getEventTime());
        boolean inOrder = inOrder(header, state);
        List<String> flags = inspection.flags(event, division, state, inOrder);
        masking.mask(event);
        Facts known = facts.ofEvent(event, header, routing);
        RuleSet rules = book.of(feed.id());
        List<Verdict> verdicts = new ArrayList<>(0);

        long arrivedAt = Math.min(header.getReceivedAt().toEpochMilli(), now.toEpochMilli());
        state.seen(arrivedAt, now.toEpochMilli());
        endSilence(rules, known, state, now, verdicts);

        long hash = RecentIds.hash(idOf(header));
        if (duplicate(header, hash, arrivedAt, state.recentIds())) {
            return new Judgement(true, routing, verdicts, List.of());
        }
        state.recentIds().add(hash, arrivedAt);
        state.exercise(Objects.requireNonNullElse(header.getExercise(), ""));
        if (rules != null) {
            flags.addAll(engine.flags(rules, known));
            verdicts.addAll(engine.dropWithdrawn(rules, now, state.open()));
            if (inOrder) {
                verdicts.addAll(
                        header.getLate()
                                ? engine.onLateEvent(rules, known, header.getEventTime(), state.open())
                                : engine.onEvent(rules, known, header.getEventTime(), state.open()));
                rememberSilence(rules, known, state);
            } else if (!header.getLate()) {
                verdicts.addAll(engine.onOlderEvent(rules, known, header.getEventTime(), state.open()));
            }
        }
        header.put(FLAGS, flags);
        if (inOrder) {
            state.counted(inspection.fields(event).counters(event));
        }
        if (deviceClock(header)) {
            state.observed(header.getEventTime().toEpochMilli());
        }
        List<Sighting> sightings =
                rules == null || header.getLate() ? List.of() : engine.sightings(rules, known, header.getEventTime());
        return new Judgement(false, routing, verdicts, sightings);
    }

    private static boolean inOrder(EventHeader header, DeviceState state) {
        return !deviceClock(header) || header.getEventTime().toEpochMilli() >= state.lastEventTime();
    }

    /** By the contract of {@code eventTime}: it equals {@code receivedAt} where the format carries no time. */
    private static boolean deviceClock(EventHeader header) {
        return !header.getEventTime().equals(header.getReceivedAt());
    }

    private void endSilence(
            @Nullable RuleSet rules, Facts known, DeviceState state, Instant now, List<Verdict> verdicts) {
        if (rules == null || state.open().isEmpty()) {
            return;
        }
        Rule silence = rules.absence().orElse(null);
        Verdict end = silence == null ? null : engine.onSignOfLife(silence, known, now, state.open());
        if (end != null) {
            verdicts.add(end);
        }
    }

    private void rememberSilence(RuleSet rules, Facts known, DeviceState state) {
        rules.absence().ifPresent(rule -> {
            if (rule.trigger() instanceof Trigger.Absence absence) {
                state.silenceSeverity(engine.severityOfSilence(absence, known));
            }
        });
    }

    /**
     * An id that changes with each arrival counts by its hash of topic and payload, only if the broker redelivered it, and
     * only for {@link RecentIds#WINDOW}: a terminal may send the same words again next week.
     */
    private static boolean duplicate(EventHeader header, long hash, long arrivedAt, RecentIds recent) {
        if (header.getSource().getStableId()) {
            return recent.contains(hash);
        }
        return header.getSource().getRedelivered()
                && recent.containsSince(hash, arrivedAt - RecentIds.WINDOW.toMillis());
    }

    private static String idOf(EventHeader header) {
        String id = header.getEventId();
        int arrival = id.lastIndexOf('-');
        return header.getSource().getStableId() || arrival < 0 ? id : id.substring(0, arrival);
    }
}
