package io.fengsui.standalone.drill.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.event.EventHeader;
import io.fengsui.ingest.decode.Body;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.ingest.decode.Report;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.fleet.traffic.DeviceReport;
import io.fengsui.seeds.fleet.traffic.FeedTraffic;
import io.fengsui.seeds.fleet.traffic.Payload;
import io.fengsui.seeds.fleet.traffic.Traffic;
import io.fengsui.seeds.scenario.FeedPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the bridge would have written: events of all feeds as their decoders make them, with duplicates, old and late ones,
 * unregistered devices, exercises, alerts that rise and end. The same seed gives the same sequence but for its times. One thread.
 */
final class EventStream {
    /** A repetition is recent by nature. */
    private static final int RECENT = 40;

    /** Share of reports that belong to an alarm. */
    private static final double ALARM = 0.4;

    private static final double NATIVE = 0.3;
    private static final int MOST_SECONDS_BACK = 60;
    private static final int MOST_MINUTES_LATE = 60;
    private static final int UNREGISTERED = 5;
    private static final String EXERCISE = "crash drill";
    private static final String BRIDGE = "crash-drill";

    private final Random random;
    private final String run;
    private final SchemaRegistryClient registry;
    private final Decoders decoders;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Feed<?>, FeedTraffic> actual = new HashMap<>();
    private final Map<Feed<?>, FeedTraffic> exercises = new HashMap<>();
    private final Deque<Input> recent = new ArrayDeque<>();
    private final Map<Feed<?>, AvroWriter<SpecificRecord>> writers = new HashMap<>();
    private int number;

    /** @param run tells message ids and order numbers of one run from those of another */
    EventStream(CrashCast cast, SchemaRegistryClient registry, Random random, String run) {
        this.random = random;
        this.run = run;
        this.registry = registry;
        this.decoders = Decoders.standard();
        for (Feed<?> feed : Feeds.all()) {
            actual.put(feed, traffic(cast, feed, run));
            exercises.put(feed, traffic(cast, feed, run + "x"));
        }
    }

    private FeedTraffic traffic(CrashCast cast, Feed<?> feed, String name) {
        FeedPlan plan = new FeedPlan(feed, OptionalInt.empty(), 1, ALARM, NATIVE, Map.of());
        return Traffic.of(plan, cast.talkers(feed), cast.seeds().units().values(), random, name);
    }

    private static FeedTraffic of(Map<Feed<?>, FeedTraffic> byFeed, Feed<?> feed) {
        return Objects.requireNonNull(byFeed.get(feed));
    }

    /** The next records: mostly one event of a feed, chosen at random. */
    List<Input> next(Instant now) {
        int chance = random.nextInt(100);
        if (chance < 6 && !recent.isEmpty()) {
            Input former = List.copyOf(recent).get(random.nextInt(recent.size()));
            return List.of(new Input(former.topic(), null, former.key(), former.value(), now));
        }
        Feed<?> feed = Feeds.all().get(random.nextInt(Feeds.all().size()));
        List<Input> inputs = new ArrayList<>();
        if (chance < 16) {
            of(exercises, feed).next(device -> true).ifPresent(report -> inputs.addAll(exercise(feed, report, now)));
        } else if (chance < 20) {
            of(actual, feed).device(device -> true).ifPresent(device -> inputs.addAll(odd(feed, device, chance, now)));
        } else {
            of(actual, feed).next(device -> true).ifPresent(report -> inputs.addAll(ordinary(feed, report, now)));
        }
        for (Input input : inputs) {
            recent.addLast(input);
            if (recent.size() > RECENT) {
                recent.removeFirst();
            }
        }
        return inputs;
    }

    /** A sign of life that belongs to no story. */
    List<Input> heartbeat(Device device, Instant now) {
        Feed<?> feed = Feeds.byId(device.getFeed()).orElseThrow();
        return events(feed, device, json(of(actual, feed).plain(device).fields(), now, Map.of()), now);
    }

    private List<Input> ordinary(Feed<?> feed, DeviceReport report, Instant now) {
        Payload form = report.nativeForm();
        return events(feed, report.device(), form == null ? json(report.fields(), now, Map.of()) : form, now);
    }

    private List<Input> exercise(Feed<?> feed, DeviceReport report, Instant now) {
        Map<String, Object> marks = Map.of("status", "EXERCISE", "exercise", EXERCISE);
        return events(feed, report.device(), json(report.fields(), now, marks), now);
    }

    /** Of a device that nobody registered, out of order, or stored and forwarded. */
    private List<Input> odd(Feed<?> feed, Device device, int chance, Instant now) {
        Map<String, Object> fields = of(actual, feed).plain(device).fields();
        if (chance % 4 == 0) {
            Device stranger = Device.newBuilder(device)
                    .setDeviceId("unregistered-" + feed.id() + "-" + random.nextInt(UNREGISTERED))
                    .build();
            return events(feed, stranger, json(fields, now, Map.of()), now);
        }
        Duration back = chance % 4 == 1
                ? feed.lateAfter().plusMinutes(1L + random.nextInt(MOST_MINUTES_LATE))
                : Duration.ofSeconds(1L + random.nextInt(MOST_SECONDS_BACK));
        return events(feed, device, json(fields, now.minus(back), Map.of()), now);
    }

    private Payload json(Map<String, Object> fields, Instant time, Map<String, Object> marks) {
        Map<String, Object> object = new LinkedHashMap<>(fields);
        object.put("messageId", run + "-" + ++number);
        object.put("time", time.toEpochMilli());
        object.putAll(marks);
        try {
            return new Payload(Payload.JSON, json.writeValueAsBytes(object));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of texts and numbers can be written", e);
        }
    }

    private <T extends SpecificRecord> List<Input> events(Feed<T> feed, Device device, Payload payload, Instant now) {
        String topic = String.join("/", "fengsui", "v1", device.getVendor(), feed.id(), device.getDeviceId());
        Report report = new Report(
                feed,
                device.getVendor(),
                device.getDeviceId(),
                device.getType(),
                topic,
                null,
                false,
                now,
                BRIDGE,
                new Body(payload.bytes()));
        return decoders.decode(feed, payload.contentType(), report).stream()
                .map(event -> input(feed, event, now))
                .toList();
    }

    private Input input(Feed<?> feed, SpecificRecord event, Instant now) {
        EventHeader header = feed.header(event);
        String topic = Topics.feed(Realm.of(header.getStatus()), feed).name();
        byte[] bytes = writers.computeIfAbsent(feed, of -> new AvroWriter<>(registry, of.schema()))
                .write(topic, event);
        return new Input(topic, null, header.getDeviceId(), bytes, now);
    }
}
