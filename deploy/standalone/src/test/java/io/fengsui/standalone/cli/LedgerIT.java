package io.fengsui.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.ops.Account;
import io.fengsui.schema.serde.AvroWriter;
import io.fengsui.schema.serde.SchemaRegistry;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.testkit.SharedStandalone;
import io.fengsui.standalone.testkit.VendorMessages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger by hour, of all that the other tests sent too, and of one account that somebody forged. */
@ExtendWith(SharedStandalone.class)
@Order(SharedStandalone.LAST)
class LedgerIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final Standalone standalone;
    private final CommandRun command;

    LedgerIT(Standalone standalone) {
        this.standalone = standalone;
        this.command = new CommandRun(standalone);
    }

    @Test
    void shouldBalanceAndNameTheHourIfItDoesNot() throws Exception {
        new VendorMessages(standalone)
                .publish("dust-one", "dust-sensor", "dc-006-1", "{\"messageId\":\"ledger-1\",\"time\":\"never\"}");
        awaitBalance();
        assertThat(command.run("ledger", "--feed", "dust-sensor", "--lang", "zh"))
                .as(command.all())
                .isZero();
        assertThat(command.out()).contains("接收", "另有合成", "账目平衡").doesNotContain("video-status");
        assertThat(command.run("ledger", "--feed", "dust-sensor", "--json")).isZero();
        assertThat(command.out()).contains("\"difference\":0", "\"BAD_TIME\":");
        assertThat(command.run("ledger", "--realm", "drill")).as(command.all()).isZero();

        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        String key = "telemetry|99|dust-sensor|" + hour + "|LIVE";
        account(key, new Account("dust-sensor", hour, 99, 3L, 0L, 0L, 0L, 0L, Map.of(), 0L));
        try {
            assertThat(command.run("ledger", "--feed", "dust-sensor")).isEqualTo(1);
            assertThat(command.out())
                    .containsPattern(
                            "DOES NOT BALANCE: in the hour from \\d{4}-\\d\\d-\\d\\d \\d\\d:00 dust-sensor has 3");
        } finally {
            account(key, null);
        }
        awaitBalance();
    }

    @Test
    void shouldSayWhatIsWrongWithItsOptions() {
        assertThat(command.run("ledger", "--from", "1h", "--to", "2h")).isEqualTo(2);
        assertThat(command.all()).contains("--from 1h is not before --to 2h");
        assertThat(command.run("ledger", "--from", "yesterday")).isEqualTo(2);
        assertThat(command.run("ledger", "--feed", "no-such")).isEqualTo(2);
    }

    /** What is on its way is in flight; but an account may be told a moment after its offset. */
    private void awaitBalance() {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (command.run("ledger", "--from", "3h") != 0) {
            assertThat(System.nanoTime()).as(command.all()).isLessThan(deadline);
        }
        assertThat(command.out()).contains("The accounts balance");
    }

    private void account(String key, @Nullable Account account) throws Exception {
        byte[] bytes = account == null
                ? null
                : new AvroWriter<Account>(SchemaRegistry.connect(standalone.clients()), Topics.ACCOUNT.schema())
                        .write(Topics.ACCOUNT.name(), account);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(standalone.clients(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.ACCOUNT.name(), key, bytes))
                    .get();
        }
    }
}
