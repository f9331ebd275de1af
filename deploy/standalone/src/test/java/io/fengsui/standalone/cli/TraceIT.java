package io.fengsui.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertCommand;
import io.fengsui.alert.AlertState;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.access.CommandAuthorities;
import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.access.Visitor;
import io.fengsui.alerting.access.Visitor.Via;
import io.fengsui.event.Police110;
import io.fengsui.ops.DeadLetter;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.TopicReader;
import io.fengsui.standalone.testkit.VendorMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way of an event, by the command that people use. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class TraceIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String VENDOR = "dust-one";
    private static final String DEVICE = "dc-006-1";
    private static final String ALERT = "dust-hopper-temperature@" + DEVICE;
    private static final String NAME = "钱追踪";
    private static final String TELEPHONE = "13998765432";

    private final Standalone standalone;
    private final CommandRun command;
    private final VendorMessages vendors;

    TraceIT(Standalone standalone) {
        this.standalone = standalone;
        this.command = new CommandRun(standalone);
        this.vendors = new VendorMessages(standalone);
    }

    @Test
    void shouldShowTheWholeWayFromTheVendorToTheOneWhoAcknowledged() throws Exception {
        String payload = "{\"messageId\":\"trace-1\",\"time\":" + Instant.now().toEpochMilli()
                + ",\"collector\":\"DRY\",\"fanRunning\":true,\"hopperTemperatureCelsius\":88.5}";
        vendors.publish(VENDOR, "dust-sensor", DEVICE, payload);
        try (TopicReader<Alert> alerts =
                new TopicReader<>(standalone, Topics.townshipAlert(Realm.LIVE, "dianshanhu"))) {
            assertThat(alerts.await(
                            SOON,
                            alert -> alert.getAlertId().equals(ALERT)
                                    && (VENDOR + "/" + DEVICE + "/trace-1").equals(alert.getLastEventId())))
                    .isPresent();
            acknowledge();
            assertThat(alerts.await(
                            SOON,
                            alert -> alert.getAlertId().equals(ALERT) && alert.getState() == AlertState.ACKNOWLEDGED))
                    .isPresent();
        }
        vendors.publish(VENDOR, "dust-sensor", DEVICE, payload);
        awaitSecondCopy();

        assertThat(command.run("trace", VENDOR + "/" + DEVICE + "/trace-1"))
                .as(command.all())
                .isZero();
        assertThat(command.out())
                .contains("fengsui/v1/dust-one/dust-sensor/dc-006-1, json")
                .containsPattern("feed topic .*feed\\.dust-sensor/\\d+/\\d+\n")
                .containsPattern("feed\\.dust-sensor/\\d+/\\d+, came again: dropped as a duplicate")
                .containsPattern("reader .*township\\.dianshanhu\\.dust-sensor/0/\\d+")
                .containsPattern("signal .*alert\\.signal/\\d+/\\d+, RAISE II " + ALERT)
                .contains("88.5")
                .containsPattern("alert .*" + ALERT + ": ACKNOWLEDGED II")
                .containsPattern("ACKNOWLEDGED, 李追");
        assertThat(command.run("trace", VENDOR + "/" + DEVICE + "/trace-1", "--lang", "zh", "--feed", "dust-sensor"))
                .isZero();
        assertThat(command.out()).contains("设备时间", "接收方", "信号", "作为重复丢弃");
    }

    @Test
    void shouldFindWhatBecameADeadLetter() throws Exception {
        vendors.publish(VENDOR, "dust-sensor", "dc-traced-1", "{\"messageId\":\"trace-2\"}");
        String eventId;
        try (TopicReader<DeadLetter> letters = new TopicReader<>(standalone, Topics.DEAD_LETTER)) {
            eventId = letters.await(SOON, letter -> "dc-traced-1".equals(letter.getDeviceId()))
                    .orElseThrow()
                    .getEventId();
        }

        assertThat(command.run("trace", String.valueOf(eventId), "--since", "1h"))
                .as(command.all())
                .isZero();
        assertThat(command.out())
                .containsPattern("UNKNOWN_DEVICE, see fengsui dead-letters show feed\\.dead-letter/\\d+/\\d+");
    }

    @Test
    void shouldShowNothingOfAPerson() throws Exception {
        Feed<Police110> police = Feeds.of(Police110.class);
        vendors.publish(
                "police-centre",
                police.id(),
                "police-110-centre",
                "{\"messageId\":\"trace-3\",\"time\":" + Instant.now().toEpochMilli()
                        + ",\"incidentNo\":\"trace-3\",\"kind\":\"FIRE\",\"state\":\"RECEIVED\",\"severity\":\"III\","
                        + "\"divisionCode\":\"320583106\",\"callerName\":\"" + NAME + "\",\"callerTelephone\":\""
                        + TELEPHONE + "\"}");
        String id = "police-centre/police-110-centre/trace-3";
        long deadline = System.nanoTime() + SOON.toNanos();
        while (command.run("trace", id) != 0 && System.nanoTime() < deadline) {
            // on its way
        }

        assertThat(command.out()).as(command.all()).contains(id);
        assertThat(command.all()).doesNotContain(NAME, TELEPHONE);
    }

    @Test
    void shouldSayWhatWasSearchedWhenThereIsNoSuchEvent() {
        assertThat(command.run("trace", VENDOR + "/" + DEVICE + "/nobody-sent-this", "--since", "10m"))
                .isEqualTo(1);
        assertThat(command.all())
                .contains("No event dust-one/dc-006-1/nobody-sent-this since", "feed.dust-sensor-", "feed.dead-letter-")
                .doesNotContain("\tat ");
        assertThat(command.run("trace", "nonsense")).isEqualTo(1);
        assertThat(command.all()).contains("'nonsense' is no event id", "dust-one/dc-006-1/17");
        assertThat(command.run("trace", "a/b/c", "--since", "soon")).isEqualTo(2);
    }

    private void awaitSecondCopy() {
        Topic<?> topic = Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR);
        try (TopicReader<?> feed = new TopicReader<>(standalone, topic)) {
            long deadline = System.nanoTime() + SOON.toNanos();
            while (feed.all(event -> event.toString().contains("/trace-1\"")).size() < 2) {
                assertThat(System.nanoTime()).as("the second copy came").isLessThan(deadline);
            }
        }
    }

    private void acknowledge() throws Exception {
        Topic<AlertCommand> topic = Topics.alertCommand(Realm.LIVE);
        User officer = new User("limin", "李敏", Role.CITY_DUTY_OFFICER, Optional.empty());
        AlertCommand acknowledge = AlertCommand.newBuilder()
                .setAuthority(CommandAuthorities.of(
                        new Visitor(Optional.of(officer), Via.PASSWORD, "127.0.0.1", null, true), Realm.LIVE))
                .setAlertId(ALERT)
                .setCommandId("trace-it")
                .setAction(CommandAction.ACKNOWLEDGE)
                .setActor("李追")
                .setRequestedAt(Instant.now())
                .build();
        byte[] bytes = new AvroWriter<AlertCommand>(SchemaRegistry.connect(standalone.clients()), topic.schema())
                .write(topic.name(), acknowledge);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(standalone.clients(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), ALERT, bytes)).get();
        }
    }
}
