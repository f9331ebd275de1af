package io.fengsui.streams.rehearsal;

import io.fengsui.event.EventHeader;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import io.fengsui.streams.absence.DeadlineIndex;
import io.fengsui.streams.absence.LaneClock;
import io.fengsui.streams.absence.LaneClock.Sight;
import io.fengsui.streams.device.DeviceClocks;
import io.fengsui.streams.device.DeviceKey;
import io.fengsui.streams.device.DeviceState;
import io.fengsui.streams.device.EventJudge;
import io.fengsui.streams.device.EventJudge.Judgement;
import io.fengsui.streams.device.FactFinder;
import io.fengsui.streams.device.GroupJudge;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.route.UnitRouter;
import io.fengsui.streams.rule.Coverage;
import io.fengsui.streams.rule.OpenCases;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleEngine;
import io.fengsui.streams.rule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A lane in virtual time: {@link EventJudge} and {@link DeviceClocks} decide as they do in a task of the topology, states are in
 * memory, and pulses come without a gap unless told otherwise. Time passes in jumps from one deadline to the next, so that a
 * month costs what is due in it. Live events only. For one thread.
 */
public final class VirtualLane {
    /** As streams.blind.after.ms has it. */
    private static final Duration BLIND_AFTER = Duration.ofSeconds(10);

    /** What a rule said, and of which device, incident or group. */
    public record Told(Instant at, String deviceId, String subject, Verdict verdict) {

        /** About the device, or the incident. */
        static Told of(Instant at, String deviceId, Verdict verdict) {
            return new Told(at, deviceId, verdict.incident().isEmpty() ? deviceId : verdict.incident(), verdict);
        }

        public String alertId() {
            return verdict.ruleId() + "@" + subject;
        }
    }

    private final Feed<?> feed;
    private final ReferenceView reference;
    private final @Nullable Coverage coverage;
    private final FactFinder facts;
    private final EventJudge judge;
    private final DeviceClocks clocks;
    private final GroupCounts groups;
    private final LaneClock pulses;
    private final DeadlineIndex index = new DeadlineIndex();
    private final Map<String, DeviceState> states = new HashMap<>();
    private Instant now;

    /**
     * @param coverage told what the rules did; null: nobody asks
     */
    public VirtualLane(
            Feed<?> feed, ReferenceView reference, RuleBook book, Instant start, @Nullable Coverage coverage) {
        this.feed = feed;
        this.reference = reference;
        this.coverage = coverage;
        this.now = start;
        this.facts = new FactFinder(reference);
        RuleEngine engine = new RuleEngine(() -> {});
        this.judge = new EventJudge(reference, new UnitRouter(reference, topic -> true), book, engine);
        this.pulses = new LaneClock(start.toEpochMilli(), BLIND_AFTER.toMillis());
        this.clocks = new DeviceClocks(reference, book, engine, feed.lane(), pulses);
        this.groups = new GroupCounts(new GroupJudge(reference, book));
        pulse();
        watch();
    }

    public Instant now() {
        return now;
    }

    /** Looks at all devices anew, as after a change of the reference data or the rules. */
    public void watch() {
        for (String deviceId : reference.deviceIds()) {
            if (reference.feedOf(deviceId).equals(feed.id())) {
                DeviceKey key = new DeviceKey(Realm.LIVE, deviceId);
                arm(key, clocks.dueAfterChange(key, states.get(key.text()), now).at());
            }
        }
    }

    /** Time passes, up to and with an instant; what falls due is told in its order. */
    public List<Told> advance(Instant until) {
        List<Told> told = new ArrayList<>(0);
        for (long due = index.earliest(); due <= until.toEpochMilli(); due = index.earliest()) {
            now = later(now, Instant.ofEpochMilli(due));
            sighted();
            String key = index.pollDue(due);
            if (key != null) {
                onDue(DeviceKey.parse(key), told);
            }
        }
        now = later(now, until);
        sighted();
        return told;
    }

    /** Time passes without a pulse; the first comes at its end. */
    public void blind(Instant until) {
        now = later(now, until);
        pulse();
    }

    /** An event arrives now. It is masked, as rules see it. */
    public List<Told> onEvent(SpecificRecord event) {
        EventHeader header = feed.header(event);
        DeviceKey key = new DeviceKey(Realm.LIVE, header.getDeviceId());
        DeviceState state = states.computeIfAbsent(key.text(), absent -> new DeviceState(feed.id()));
        OpenCases before = new OpenCases(state.open().all(), state.open().marks());
        long newest = state.lastEventTime();
        Judgement judgement = judge.judge(feed, event, header, state, now);
        if (!index.armed(key.text()) || state.open().nextDeadline() < Long.MAX_VALUE) {
            arm(key, clocks.due(key, state, now).at());
        }
        List<Told> told = new ArrayList<>(told(key, judgement.verdicts()));
        judgement.sightings().forEach(sighting -> {
            Verdict verdict = groups.count(sighting, feed, header);
            if (verdict != null) {
                told.add(new Told(now, key.deviceId(), sighting.group(), verdict));
            }
        });
        boolean fresh = !header.getLate() && header.getEventTime().toEpochMilli() >= newest;
        if (coverage != null && fresh && !judgement.duplicate()) {
            coverage.onEvent(
                    facts.ofEvent(event, header, judgement.routing()),
                    before,
                    state.open().all(),
                    told.stream().map(Told::verdict).toList(),
                    header.getFlags());
        }
        return told;
    }

    private void onDue(DeviceKey key, List<Told> told) {
        DeviceState state = states.computeIfAbsent(key.text(), absent -> new DeviceState(feed.id()));
        Verdict unwatched = clocks.unwatch(key, state, now);
        if (unwatched != null) {
            told.add(Told.of(now, key.deviceId(), unwatched));
        }
        long due = clocks.due(key, state, now).at();
        if (due <= now.toEpochMilli()) {
            List<Verdict> verdicts = clocks.fire(key, state, now, now);
            if (coverage != null) {
                coverage.onTime(key.deviceId(), verdicts);
            }
            told.addAll(told(key, verdicts));
            due = Math.max(clocks.due(key, state, now).at(), now.toEpochMilli() + 1);
        }
        arm(key, due);
    }

    private void arm(DeviceKey key, long due) {
        index.arm(key.text(), Math.min(due, reference.nextValidityChange(key.deviceId(), now)));
    }

    private List<Told> told(DeviceKey key, List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> Told.of(now, key.deviceId(), verdict))
                .toList();
    }

    private void pulse() {
        String only = feed.lane().id();
        pulses.onPulse(only, List.of(only), now.toEpochMilli(), now.toEpochMilli());
    }

    /** Pulses have come all the while since the last. */
    private void sighted() {
        pulses.resume(feed.lane().id(), new Sight(pulses.sightedSince(), now.toEpochMilli()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
