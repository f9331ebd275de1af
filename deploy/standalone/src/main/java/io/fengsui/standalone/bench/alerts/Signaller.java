package io.fengsui.standalone.bench.alerts;

import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Datum;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Speaks as the rules do, and knows when it spoke. Each signal is of a device of its own and raises an alert. For one thread; what
 * it knows may be asked by any.
 */
final class Signaller implements AutoCloseable {
    /** Before the numbers of its devices. */
    static final String DEVICE = "bench-";

    private static final int SITES = 200;
    private static final double LONGITUDE = 120.98;
    private static final double LATITUDE = 31.38;
    /** Some 4 km: farther than an incident reaches. */
    private static final double APART = 0.04;

    private final KafkaProducer<String, byte[]> producer;
    private final AvroWriter<AlertSignal> writer;
    private final List<String> units;
    private final InstantSource clock;
    private final Map<String, Long> said = new ConcurrentHashMap<>();
    private int number;

    Signaller(AlertsStage stage, InstantSource clock) {
        this.producer = new KafkaProducer<>(stage.clients(), new StringSerializer(), new ByteArraySerializer());
        this.writer = new AvroWriter<>(stage.registry(), AlertSignal.getClassSchema());
        this.units = stage.seeds().units().values().stream()
                .filter(unit -> Topics.hasTownshipTopics(unit.getKind()))
                .map(Unit::getUnitId)
                .sorted()
                .toList();
        this.clock = clock;
    }

    /** An alert of a device that stands alone. */
    String alone(Severity severity) {
        return say(Feeds.DUST_SENSOR, severity, null);
    }

    /** An alert of life safety of a device that stands alone. */
    String lifeSafety() {
        return say(Feeds.ELEVATOR_119, Severity.II, null);
    }

    /** An alert of one site after the other; from the second round on two feeds tell of one incident at each. */
    String atSites(int count, Severity severity) {
        boolean dust = count / SITES % 2 == 0;
        return say(dust ? Feeds.DUST_SENSOR : Feeds.VIDEO_STATUS, severity, place(count % SITES));
    }

    /** When it spoke of the device, epoch milliseconds, if it is one that counts. */
    OptionalLong saidAt(String deviceId) {
        Long at = said.get(deviceId);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    int saidSoFar() {
        return number;
    }

    private String say(Feed<?> feed, Severity severity, @Nullable Place place) {
        String device = DEVICE + number++;
        Instant now = clock.instant();
        said.put(device, now.toEpochMilli());
        AlertSignal signal = signal(feed, severity, device, place, now);
        String topic = Topics.alertSignal(Realm.LIVE, feed.lane()).name();
        var unused = producer.send(
                new ProducerRecord<>(topic, signal.getAlertId(), writer.write(topic, signal)), (metadata, failure) -> {
                    if (failure != null) {
                        throw new IllegalStateException("Kafka does not take a signal", failure);
                    }
                });
        return device;
    }

    private AlertSignal signal(Feed<?> feed, Severity severity, String device, @Nullable Place place, Instant now) {
        String rule = "bench-" + feed.id();
        return AlertSignal.newBuilder()
                .setAlertId(rule + "@" + device)
                .setAction(SignalAction.RAISE)
                .setRuleId(rule)
                .setRuleVersion("0123456789ab")
                .setFeed(feed.id())
                .setSubject(AlertSubject.newBuilder()
                        .setKind(SubjectKind.DEVICE)
                        .setId(device)
                        .setName("测试设备 " + device)
                        .setPlace(place)
                        .setUnitIds(List.of(units.get(Math.floorMod(device.hashCode(), units.size()))))
                        .setDepartmentIds(List.of())
                        .build())
                .setSeverity(severity)
                .setLifeSafety(feed.lane() == Lane.LIFE_SAFETY)
                .setTitle(new AlertText("灰斗温度过高", "Hopper too hot"))
                .setExplanation(new AlertText(
                        "灰斗温度 72.4 ℃，高于报警值 70.0 ℃，已持续 60 秒", "Hopper at 72.4 °C, above 70.0 °C, for 60 s"))
                .setRunbook(new AlertText("通知企业停机检查，清灰后复测", "Have the plant stopped and the hopper cleaned"))
                .setValues(Map.of("hopperTemperatureCelsius", "72.4"))
                .setEventId("bench/" + device + "/1")
                .setEventTime(now)
                .setSignalledAt(now)
                .setReceivedAt(now)
                .setStatus(EventStatus.ACTUAL)
                .build();
    }

    private static Place place(int site) {
        return Place.newBuilder()
                .setSiteId("bench-site-" + site)
                .setSiteName("测试企业 " + site)
                .setPoint(new GeoPoint(
                        LONGITUDE + APART * Math.floorMod(site, 20),
                        LATITUDE + APART * Math.floorDiv(site, 20),
                        Datum.WGS84))
                .build();
    }

    /** Waits until Kafka has what was said. */
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
