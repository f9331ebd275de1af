package io.fengsui.seeds.fleet;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
import io.fengsui.schema.topic.Realm;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.Expectations.Origin;
import io.fengsui.seeds.fleet.link.Outgoing;
import io.fengsui.seeds.fleet.traffic.DeviceReport;
import io.fengsui.seeds.fleet.traffic.FeedTraffic;
import io.fengsui.seeds.fleet.traffic.Payload;
import io.fengsui.seeds.fleet.traffic.Traffic;
import io.fengsui.seeds.scenario.Fault;
import io.fengsui.seeds.scenario.FeedPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the messages of one feed: what its devices say, with the plan's share of faults. For one thread. */
final class FeedSource {
    /** A duplicate repeats one of this many last messages: a redelivery is recent by nature. */
    private static final int RECENT = 8;

    private static final int UNKNOWN_DEVICES = 40;
    private static final int MOST_LATE_MINUTES = 60;
    private static final int MOST_SECONDS_BACK = 60;

    private final Feed<?> feed;
    private final FeedTraffic traffic;
    private final FaultQuotas quotas;
    private final List<Malformation> malformations;
    private final List<Device> strays;
    private final Destinations destinations;
    private final Expectations expectations;
    private final Random random;
    private final String exercise;
    private final Deque<Emission> recent = new ArrayDeque<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private int malformed;
    private int unknown;
    private int stray;

    /**
     * @param devices those that take part
     * @param strays devices of the feed that no reader is found for
     * @param run tells one run from another
     */
    FeedSource(
            FeedPlan plan,
            SeedSet seeds,
            List<Device> devices,
            List<Device> strays,
            Random random,
            Expectations expectations,
            String exercise,
            String run) {
        this.feed = plan.feed();
        this.traffic = Traffic.of(plan, devices, random, run);
        this.quotas = new FaultQuotas(plan.faults(), random);
        this.malformations = Malformations.of(plan.feed(), seeds);
        this.strays = strays;
        this.destinations = new Destinations(seeds);
        this.expectations = expectations;
        this.random = random;
        this.exercise = exercise;
    }

    /** The next message of a device that can speak now; empty if none can. */
    Optional<Emission> next(Predicate<Device> canSpeak, Instant now) {
        Fault fault = quotas.next();
        if (fault == null || (fault == Fault.UNROUTED && strays.isEmpty())) {
            return ordinary(canSpeak, now);
        }
        if (fault == Fault.DUPLICATE) {
            Optional<Emission> copy = copy(canSpeak);
            return copy.isPresent() ? copy : ordinary(canSpeak, now);
        }
        Optional<Device> sender =
                fault == Fault.UNROUTED ? Optional.of(strays.get(stray++ % strays.size())) : traffic.device(canSpeak);
        return sender.map(device -> faulty(fault, device, now));
    }

    private Optional<Emission> ordinary(Predicate<Device> canSpeak, Instant now) {
        return traffic.next(canSpeak).map(report -> {
            Emission emission = emission(report, now);
            recent.addLast(emission);
            if (recent.size() > RECENT) {
                recent.removeFirst();
            }
            return emission;
        });
    }

    private Emission emission(DeviceReport report, Instant now) {
        Device device = report.device();
        Payload payload = report.nativeForm();
        if (payload == null) {
            payload = JsonEnvelope.payload(JsonEnvelope.of(device, now, report.fields()));
        }
        EventKind kind = report.alarming() ? EventKind.ALARM : EventKind.NORMAL;
        return emission(kind, device, device.getDeviceId(), payload, number(device, false, false));
    }

    private Optional<Emission> copy(Predicate<Device> canSpeak) {
        List<Emission> repeatable =
                recent.stream().filter(e -> canSpeak.test(e.sender())).toList();
        if (repeatable.isEmpty()) {
            return Optional.empty();
        }
        Emission original = repeatable.get(random.nextInt(repeatable.size()));
        return Optional.of(new Emission(original.sender(), original.message(), EventKind.DUPLICATE));
    }

    private Emission faulty(Fault fault, Device device, Instant now) {
        return switch (fault) {
            case MALFORMED -> malformed(device, now);
            case UNKNOWN_DEVICE -> unknown(device, now);
            case EXERCISE -> plain(fault, device, now, exercise);
            case LATE -> plain(fault, device, now.minus(lateness()), null);
            case OUT_OF_ORDER -> plain(fault, device, now.minusSeconds(1L + random.nextInt(MOST_SECONDS_BACK)), null);
            case UNROUTED -> plain(fault, device, now, null);
            case DUPLICATE -> throw new IllegalStateException("A duplicate is a copy, not a new message");
        };
    }

    private Duration lateness() {
        return feed.lateAfter().plusMinutes(1L + random.nextInt(MOST_LATE_MINUTES));
    }

    private Emission plain(Fault fault, Device device, Instant time, @Nullable String exerciseName) {
        Map<String, Object> fields =
                JsonEnvelope.of(device, time, traffic.plain(device).fields());
        if (exerciseName != null) {
            fields.put("status", "EXERCISE");
            fields.put("exercise", exerciseName);
        }
        int number = number(device, exerciseName != null, fault == Fault.LATE);
        return emission(EventKind.of(fault), device, device.getDeviceId(), JsonEnvelope.payload(fields), number);
    }

    private Emission malformed(Device device, Instant now) {
        Malformation malformation = malformations.get(malformed++ % malformations.size());
        Map<String, Object> fields =
                JsonEnvelope.of(device, now, traffic.plain(device).fields());
        Draft spoilt = malformation.spoil().apply(Draft.of(device, now, fields));
        Origin origin = new Origin(device.getVendor(), feed, spoilt.deviceId(), List.of(), List.of());
        int number = expectations.add(origin, Outcome.DEAD_LETTER, malformation.reason(), false, false);
        return emission(EventKind.MALFORMED, device, spoilt.deviceId(), spoilt.payload(), number);
    }

    private Emission unknown(Device device, Instant now) {
        String deviceId = "sample-not-registered-" + (unknown++ % UNKNOWN_DEVICES);
        Map<String, Object> fields =
                JsonEnvelope.of(device, now, traffic.plain(device).fields());
        Origin origin = new Origin(device.getVendor(), feed, deviceId, List.of(), List.of());
        int number = expectations.add(origin, Outcome.DEAD_LETTER, Rejection.UNKNOWN_DEVICE, false, false);
        return emission(EventKind.UNKNOWN_DEVICE, device, deviceId, JsonEnvelope.payload(fields), number);
    }

    /** A new message number of a registered device. */
    private int number(Device device, boolean ofExercise, boolean late) {
        Origin origin = origins.computeIfAbsent(
                device.getDeviceId(),
                id -> new Origin(
                        device.getVendor(),
                        feed,
                        id,
                        destinations.topics(Realm.LIVE, feed, device),
                        destinations.topics(Realm.DRILL, feed, device)));
        Outcome outcome = origin.live().isEmpty() ? Outcome.UNROUTED : Outcome.ROUTED;
        return expectations.add(origin, outcome, null, ofExercise, late);
    }

    private Emission emission(EventKind kind, Device sender, String deviceId, Payload payload, int number) {
        String topic = "fengsui/v1/" + sender.getVendor() + "/" + feed.id() + "/" + deviceId;
        return new Emission(sender, new Outgoing(number, topic, expectations.messageId(number), payload), kind);
    }
}
