package io.fengsui.alerting.figures;

import static io.fengsui.alerting.figures.MonthFiguresTest.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.alert.AlertAccount;
import io.fengsui.alerting.scan.TopicUnreadableException;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of months on a real broker. */
@Timeout(60)
class KafkaAccountsIT {
    @TempDir
    static Path directory;

    private static TestKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new TestKafka(directory);
        kafka.create(List.of(Topics.ALERT_ACCOUNT));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldFindTheLastOfEachOccurrenceOfATimeWhateverWasWrittenSince() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant from = now.minus(Duration.ofHours(1));
        AlertAccount last = begun("a", from).setRevision(4).build();
        send(begun("before", from.minusMillis(1)).build());
        send(begun("a", from).build());
        send(begun("a", from.plusSeconds(5)).build());
        send(last);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.ALERT_ACCOUNT.name(), "a", new byte[] {1, 2}))
                    .get();
        }
        send(begun("after", now).build());

        List<AlertAccount> found = accounts(settings()).begunIn(from, now);

        assertThat(found).containsExactly(last, begun("a", from.plusSeconds(5)).build());
        assertThat(accounts(settings()).begunIn(now.plusSeconds(3_600), now.plusSeconds(7_200)))
                .as("nothing has been written since")
                .isEmpty();
    }

    @Test
    void shouldKeepThreeYears() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.ALERT_ACCOUNT.name());
        try (Admin admin = Admin.create(settings())) {
            String kept = admin.describeConfigs(List.of(topic))
                    .all()
                    .get()
                    .get(topic)
                    .get("retention.ms")
                    .value();
            assertThat(Duration.ofMillis(Long.parseLong(kept))).isGreaterThan(Duration.ofDays(3 * 366));
        }
    }

    @Test
    void shouldSayThatItCannotBeReadWhenKafkaIsAway() throws Exception {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:" + TestKafka.freePort());

        assertThatThrownBy(() -> accounts(nowhere).begunIn(Instant.EPOCH, Instant.now()))
                .isInstanceOf(TopicUnreadableException.class)
                .hasMessageContaining("Kafka does not answer");
    }

    private static void send(AlertAccount account) throws Exception {
        kafka.send(Topics.ALERT_ACCOUNT, account.getAlertId(), account);
    }

    private static AlertAccount.Builder begun(String id, Instant at) {
        return account(id, "zhangpu").setStartedAt(at);
    }

    private static KafkaAccounts accounts(Map<String, Object> settings) {
        return new KafkaAccounts(settings, kafka.registry, "test", InstantSource.system());
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers);
    }
}
