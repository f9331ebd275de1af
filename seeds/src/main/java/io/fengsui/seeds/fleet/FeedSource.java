package io.fengsui.seeds.fleet;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.rejection.Rejection;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Predicate;

/** Makes the messages of one feed: what its devices say, with the plan's share of faults. For one thread. */
final class FeedSource {
    /** A duplicate repeats one of this many last messages: a redelivery is recent by nature. */
    private static final int RECENT = 8;

    /** Devices that take part in the exercise: few, so that an episode gets to its end within a small share of messages. */
    private static final int EXERCISING_DEVICES = 4;

    /** Share of the exercise's messages that belong to an alarm episode: raising alerts is what an exercise is for. */
    private static final double EXERCISE_ALARM = 0.5;

    /** So many messages of an exercise have one TEST among them. */
    private static final int TEST_EVERY = 5;

    private static final int UNKNOWN_DEVICES = 40;
    private static final int MOST_LATE_MINUTES = 60;
    private static final int MOST_SECONDS_BACK = 60;

    private final Feed<?> feed;
    private final FeedTraffic traffic;
    /** What the exercise plays: alarms of its own, apart from the real ones. In JSON, for no native form can say so. */
    private final FeedTraffic exercises;

    private final FaultQuotas quotas;
    private final List<Malformation> malformations;
    private final List<Device> strays;
    private final Destinations destinations;
    private final Expectations expectations;
    private final Random random;
    private final String exercise;
    private final Deque<Emission> recent = new ArrayDeque<>();
    private int malformed;
    private int exercised;
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
        this.traffic = Traffic.of(plan, devices, seeds.units().values(), random, run);
        this.exercises = Traffic.of(
                new FeedPlan(plan.feed(), OptionalInt.empty(), plan.rate(), EXERCISE_ALARM, 0, Map.of()),
                devices.subList(0, Math.min(EXERCISING_DEVICES, devices.size())),
                seeds.units().values(),
                random,
                run + "x");
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
        if (fault == Fault.DUPLICATE) {
            Optional<Emission> copy = copy(canSpeak);
            return copy.isPresent() ? copy : ordinary(canSpeak, now).map(this::remembered);
        }
        Optional<Emission> special = fault == null ? Optional.empty() : special(fault, canSpeak, now);
        Optional<Emission> emission = special.isPresent() ? special : ordinary(canSpeak, now);
        boolean refused = fault == Fault.MALFORMED || fault == Fault.UNKNOWN_DEVICE;
        return refused ? emission : emission.map(this::remembered);
    }

    private Optional<Emission> special(Fault fault, Predicate<Device> canSpeak, Instant now) {
        return switch (fault) {
            case EXERCISE -> exercises.next(canSpeak).map(report -> exercise(report, now));
            case UNROUTED -> stray(canSpeak).map(device -> plain(fault, device, now));
            case MALFORMED -> traffic.device(canSpeak).map(device -> malformed(device, now));
            case UNKNOWN_DEVICE -> traffic.device(canSpeak).map(device -> unknown(device, now));
            case LATE -> traffic.device(canSpeak).map(device -> plain(fault, device, now.minus(lateness())));
            case OUT_OF_ORDER -> traffic.device(canSpeak).map(device -> plain(fault, device, now.minus(setBack())));
            case DUPLICATE -> throw new IllegalStateException("A duplicate is a copy, not a new message");
        };
    }

    private Emission remembered(Emission emission) {
        recent.addLast(emission);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
        return emission;
    }

    private Optional<Emission> ordinary(Predicate<Device> canSpeak, Instant now) {
        return traffic.next(canSpeak).map(report -> {
            Device device = report.device();
            Payload payload = report.nativeForm();
            if (payload == null) {
                payload = JsonEnvelope.payload(JsonEnvelope.of(device, now, report.fields()));
            }
            EventKind kind = report.alarming() ? EventKind.ALARM : EventKind.NORMAL;
            int number = number(device, report.fields(), now, false, false);
            return emission(kind, device, device.getDeviceId(), payload, number);
        });
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

    private Optional<Device> stray(Predicate<Device> canSpeak) {
        for (int tried = 0; tried < strays.size(); tried++) {
            Device device = strays.get(stray++ % strays.size());
            if (canSpeak.test(device)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    private Duration lateness() {
        return feed.lateAfter().plusMinutes(1L + random.nextInt(MOST_LATE_MINUTES));
    }

    private Duration setBack() {
        return Duration.ofSeconds(1L + random.nextInt(MOST_SECONDS_BACK));
    }

    /** Most are of the named exercise; some only test the device. */
    private Emission exercise(DeviceReport report, Instant now) {
        Device device = report.device();
        Map<String, Object> fields = JsonEnvelope.of(device, now, report.fields());
        if (++exercised % TEST_EVERY == 0) {
            fields.put("status", "TEST");
        } else {
            fields.put("status", "EXERCISE");
            fields.put("exercise", exercise);
        }
        int number = number(device, fields, now, true, false);
        return emission(EventKind.EXERCISE, device, device.getDeviceId(), JsonEnvelope.payload(fields), number);
    }

    private Emission plain(Fault fault, Device device, Instant time) {
        Map<String, Object> fields =
                JsonEnvelope.of(device, time, traffic.plain(device).fields());
        int number = number(device, fields, time, false, fault == Fault.LATE);
        return emission(EventKind.of(fault), device, device.getDeviceId(), JsonEnvelope.payload(fields), number);
    }

    private Emission malformed(Device device, Instant now) {
        Malformation malformation = malformations.get(malformed++ % malformations.size());
        Map<String, Object> fields =
                JsonEnvelope.of(device, now, traffic.plain(device).fields());
        Draft spoilt = malformation.spoil().apply(Draft.of(device, now, fields));
        int number = expectations.addRefused(
                Origin.refused(device.getVendor(), feed, spoilt.deviceId()), malformation.reason());
        return emission(EventKind.MALFORMED, device, spoilt.deviceId(), spoilt.payload(), number);
    }

    private Emission unknown(Device device, Instant now) {
        String deviceId = "sample-not-registered-" + (unknown++ % UNKNOWN_DEVICES);
        Map<String, Object> fields =
                JsonEnvelope.of(device, now, traffic.plain(device).fields());
        Origin origin = Origin.refused(device.getVendor(), feed, deviceId);
        int number = expectations.addRefused(origin, Rejection.UNKNOWN_DEVICE);
        return emission(EventKind.UNKNOWN_DEVICE, device, deviceId, JsonEnvelope.payload(fields), number);
    }

    /** A new message number of a registered device. */
    private int number(Device device, Map<String, Object> fields, Instant time, boolean ofExercise, boolean late) {
        String divisionCode = (String) fields.get(Feed.DIVISION_CODE);
        return expectations.add(Origin.of(device, feed, divisionCode, destinations, time), ofExercise, late);
    }

    private Emission emission(EventKind kind, Device sender, String deviceId, Payload payload, int number) {
        String topic = "fengsui/v1/" + sender.getVendor() + "/" + feed.id() + "/" + deviceId;
        return new Emission(sender, new Outgoing(number, topic, expectations.messageId(number), payload), kind);
    }
}
