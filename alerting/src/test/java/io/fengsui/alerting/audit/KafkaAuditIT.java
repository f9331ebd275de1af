package io.fengsui.alerting.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.alerting.audit.AuditTrail.Found;
import io.fengsui.alerting.audit.AuditTrail.Query;
import io.fengsui.alerting.scan.TopicUnreadableException;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.ops.AuditEntry;
import io.fengsui.ops.AuditOutcome;
import io.fengsui.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit on a real broker. */
@Timeout(60)
class KafkaAuditIT {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    static Path directory;

    private static TestKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new TestKafka(directory);
        kafka.create(List.of(Topics.AUDIT));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldFindWhatWasWrittenByAlertUserAndTime() throws Exception {
        AuditTrail trail = new KafkaAuditTrail(settings(), kafka.registry, "test", InstantSource.system());
        Instant hourAgo = now.minus(1, ChronoUnit.HOURS);
        assertThat(trail.search(new Query("", "", hourAgo, now.plusSeconds(60)), 10)
                        .entries())
                .isEmpty();
        try (AuditLog log = new KafkaAuditLog(settings(), kafka.registry, "test")) {
            for (int i = 0; i < 20; i++) {
                log.append(entry(i)).get(10, TimeUnit.SECONDS);
            }
        }

        Found all = trail.search(new Query("", "", hourAgo, now.plusSeconds(60)), 5);
        assertThat(all.more()).isTrue();
        assertThat(all.entries()).extracting(AuditEntry::getEntryId).containsExactly("19", "18", "17", "16", "15");
        assertThat(trail.search(new Query("ALERT-7", "", hourAgo, now.plusSeconds(60)), 5)
                        .entries())
                .containsExactly(entry(7));
        assertThat(trail.search(new Query("", "敏1", hourAgo, now.plusSeconds(60)), 50)
                        .entries())
                .hasSize(10);
        assertThat(trail.search(new Query("", "", now.plusMillis(4), now.plusMillis(6)), 50)
                        .entries())
                .containsExactly(entry(5), entry(4));
    }

    private AuditEntry entry(int number) {
        return AuditEntry.newBuilder()
                .setEntryId(Integer.toString(number))
                .setAt(now.plusMillis(number))
                .setUser("limin" + number % 2)
                .setDisplayName("李敏" + number % 2)
                .setAct("acknowledge")
                .setAlertId("rule@alert-" + number)
                .setOutcome(AuditOutcome.DONE)
                .setProcess("test")
                .build();
    }

    @Test
    void shouldSayThatItCannotBeReadWhenKafkaIsAway() throws Exception {
        AuditTrail trail = new KafkaAuditTrail(
                Map.of("bootstrap.servers", "127.0.0.1:" + TestKafka.freePort()),
                kafka.registry,
                "test",
                InstantSource.system());

        assertThatThrownBy(() -> trail.search(new Query("", "", now, now.plusSeconds(1)), 5))
                .isInstanceOf(TopicUnreadableException.class)
                .hasMessageContaining("Kafka does not answer");
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers);
    }
}
