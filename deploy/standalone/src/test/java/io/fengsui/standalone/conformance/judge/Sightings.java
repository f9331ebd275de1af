package io.fengsui.standalone.conformance.judge;

import io.fengsui.ingest.DeviceRegistry;
import io.fengsui.ingest.Keepers;
import io.fengsui.ingest.decode.Decoders;
import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Journal.Plan;
import io.fengsui.standalone.conformance.observe.Observation;
import io.fengsui.standalone.conformance.observe.Observation.Acknowledgement;
import io.fengsui.standalone.conformance.observe.Observation.Admission;
import io.fengsui.standalone.conformance.observe.Observation.Closed;
import io.fengsui.standalone.conformance.observe.Observation.Connect;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Observation.Side;
import io.fengsui.standalone.conformance.observe.Reader;
import io.fengsui.standalone.conformance.observe.Reading;
import io.fengsui.standalone.conformance.observe.Will;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes up what was seen of a vendor's connection. */
final class Sightings {
    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    static final String TOPIC = "fengsui/v1/acme/dust-sensor/d-1";

    private static final Map<String, Device> DEVICES = Map.of(
            "d-1", device("d-1", "dust-sensor", 10),
            "gw-1", device("gw-1", "gateway", null),
            "p-1", device("p-1", "police-110", null));

    private final Reader reader = new Reader(registry(), Decoders.standard());
    private final List<Observation> seen = new ArrayList<>();
    private Plan plan = new Plan(0, false);
    private Instant now = START;
    private int link = 1;
    private int packet;

    static Sightings begin() {
        return new Sightings();
    }

    private static DeviceRegistry registry() {
        Keepers keepers = new Keepers(Feeds.all());
        DEVICES.forEach(keepers);
        return new DeviceRegistry(id -> Optional.ofNullable(DEVICES.get(id)), keepers);
    }

    private static Device device(String id, String feed, Integer heartbeatSeconds) {
        return Device.newBuilder()
                .setDeviceId(id)
                .setVendor("acme")
                .setFeed(feed)
                .setType("other")
                .setName(id)
                .setHeartbeatSeconds(heartbeatSeconds)
                .build();
    }

    Sightings planned(int cuts, boolean provokes) {
        plan = new Plan(cuts, provokes);
        return this;
    }

    Sightings after(long seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
        return this;
    }

    Sightings add(Observation observation) {
        seen.add(observation);
        return this;
    }

    Instant now() {
        return now;
    }

    Reading reading(String topic, String payload) {
        return reader.read(topic, null, null, payload.getBytes(StandardCharsets.UTF_8), now);
    }

    Sightings connects() {
        return connects(5, "acme-1", "acme", false, 86_400, 30, will("fengsui/v1/acme/gateway/gw-1", 1, """
                {"state": "DOWN"}"""));
    }

    Sightings connects(int level, String clientId, String user, boolean clean, long expiry, int keepAlive, Will will) {
        add(new Connect(now, link, level, clientId, user, clean, expiry, keepAlive, will));
        return add(new Admission(now, link, 0, false));
    }

    Will will(String topic, int qos, String payload) {
        return new Will(qos, false, payload.contains("time"), reading(topic, payload));
    }

    /** A good message of d-1 with this id, of a second ago. */
    Sightings sends(String id) {
        return sends(TOPIC, payload(id, now.minusSeconds(1)));
    }

    static String payload(String id, Instant time) {
        return """
                {"messageId": "%s", "time": "%s", "collector": "DRY"}""".formatted(id, time);
    }

    Sightings sends(String topic, String payload) {
        return publishes(topic, payload, 1, false, false);
    }

    Sightings publishes(String topic, String payload, int qos, boolean retained, boolean dup) {
        return add(new Message(now, link, qos, retained, dup, ++packet, reading(topic, payload)));
    }

    Sightings acknowledged() {
        return add(new Acknowledgement(now, link, packet, 0));
    }

    /** So many good messages, one every 10 s, each acknowledged. */
    Sightings beats(int count) {
        for (int i = 0; i < count; i++) {
            after(10).sends("b-" + ++packet).acknowledged();
        }
        return this;
    }

    Sightings ends(Side by) {
        add(new Closed(now, link, by));
        link++;
        return this;
    }

    Journal journal() {
        return new Journal("acme", "dust-sensor", true, plan, seen, now);
    }

    Finding judgedBy(Judge judge) {
        return judge.judge(journal());
    }
}
