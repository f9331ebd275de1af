package io.fengsui.alerting.board;

import static io.fengsui.alerting.testkit.Samples.T0;
import static io.fengsui.alerting.testkit.Samples.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CapMessage;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alerting.duty.DutyPlan;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.cap.CapEntry;
import io.fengsui.alerting.notify.cap.CapIndex;
import io.fengsui.alerting.notify.cap.CapMessages;
import io.fengsui.alerting.notify.cap.CapSettings;
import io.fengsui.alerting.testkit.TestKafka;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes, CAP messages and the duty of delivery against a real broker. */
@Timeout(120)
class KafkaDeliveryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static TestKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new TestKafka(directory);
        kafka.create(Topics.fixed());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldKnowAfterARestartWhatReceiversHave() throws Exception {
        AlertDelivery first = delivery("webhook-0", 1, DeliveryOutcome.RETRY);
        AlertDelivery second = delivery("webhook-0", 2, DeliveryOutcome.DELIVERED);
        AlertDelivery other = delivery("cap-0", 2, DeliveryOutcome.DELIVERED);
        try (AlertBoard board = board()) {
            board.deliveries().put(Realm.LIVE, first);
            assertThat(board.deliveries().of(Realm.LIVE, "a")).containsExactly(first);
            board.deliveries().put(Realm.LIVE, second);
            board.deliveries().put(Realm.LIVE, other);
        }
        try (AlertBoard board = board()) {
            assertThat(board.deliveries().of(Realm.LIVE, "a")).containsExactly(other, second);
            assertThat(board.deliveries().get(Realm.LIVE, "webhook-0", "a")).contains(second);
            assertThat(board.deliveries().of(Realm.DRILL, "a")).isEmpty();
            assertThat(board.healthy()).isTrue();
        }
    }

    @Test
    void shouldGiveTheSameBytesOfAMessageAfterARestartAndAtAnotherInstance() throws Exception {
        CapMessage message;
        try (KafkaCapLog log = capLog("one");
                KafkaCapLog neighbour = capLog("two")) {
            message = messages("duty.example.cn").next(alert("a"), log.index()).orElseThrow();
            assertThat(log.append(message)).isTrue();
            assertThat(log.index().get(message.getIdentifier())).isPresent();
            await().atMost(PATIENCE)
                    .until(() -> neighbour.index().get(message.getIdentifier()).isPresent());
            assertThat(neighbour.read(message.getIdentifier())).contains(message);

            CapMessage another = messages("other.example.cn")
                    .next(alert("a"), new CapIndex(1, 1, id -> false, offset -> Optional.empty()))
                    .orElseThrow();
            assertThat(another.getIdentifier()).isEqualTo(message.getIdentifier());
            assertThat(neighbour.append(another)).as("stored, and of no effect").isTrue();
        }
        try (KafkaCapLog log = capLog("three")) {
            assertThat(log.read(message.getIdentifier())).as("the first counts").contains(message);
            assertThat(log.read("nothing")).isEmpty();
            List<CapEntry> feed = log.index().page(entry -> true, null, 10);
            assertThat(feed).extracting(CapEntry::identifier).containsExactly(message.getIdentifier());
        }
    }

    @Test
    void shouldReadFromKafkaWhatIsNoLongerInMemory() throws Exception {
        CapMessage first;
        try (KafkaCapLog log = new KafkaCapLog(Realm.DRILL, settings(), kafka.registry, "small", id -> true, 2, 100)) {
            log.start();
            await().atMost(PATIENCE).until(log::isRead);
            CapMessages messages = messages("duty.example.cn");
            first = messages.next(alert("a"), log.index()).orElseThrow();
            assertThat(log.append(first)).isTrue();
            for (int i = 0; i < 5; i++) {
                assertThat(log.append(messages.next(alert("b" + i), log.index()).orElseThrow()))
                        .isTrue();
            }

            assertThat(log.index().page(entry -> true, null, 10)).hasSize(2);
            assertThat(log.index().of("a", 1)).extracting(CapEntry::identifier).containsExactly(first.getIdentifier());
            assertThat(log.index().get(first.getIdentifier())).isPresent();
            assertThat(log.read(first.getIdentifier())).contains(first);
        }
    }

    @Test
    void shouldNotBeReadBeforeKafkaAnswers() throws Exception {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:" + TestKafka.freePort());
        try (KafkaCapLog log = new KafkaCapLog(Realm.LIVE, nowhere, kafka.registry, "nowhere", id -> false)) {
            log.start();

            assertThat(log.append(messages("x").next(alert("b"), log.index()).orElseThrow()))
                    .isFalse();
            assertThat(log.isRead()).isFalse();
            assertThat(log.index().page(entry -> true, null, 1)).isEmpty();
        }
    }

    @Test
    void shouldHaveOneInstanceOnDutyAndAnotherWhenItGoes() {
        try (DeliveryDuty first = duty()) {
            first.start();
            await().atMost(PATIENCE).until(first::getAsBoolean);
            try (DeliveryDuty second = duty()) {
                second.start();
                await().during(Duration.ofSeconds(3))
                        .atMost(PATIENCE)
                        .until(() -> first.getAsBoolean() != second.getAsBoolean());
                DeliveryDuty onDuty = first.getAsBoolean() ? first : second;
                DeliveryDuty relief = onDuty == first ? second : first;
                onDuty.close();

                assertThat(onDuty.getAsBoolean()).isFalse();
                await().atMost(PATIENCE).until(relief::getAsBoolean);
            }
        }
    }

    private static DeliveryDuty duty() {
        return new DeliveryDuty(settings(), "duty-test", Duration.ofSeconds(6));
    }

    private static KafkaCapLog capLog(String owner) {
        KafkaCapLog log = new KafkaCapLog(Realm.LIVE, settings(), kafka.registry, owner, id -> false);
        log.start();
        await().atMost(PATIENCE).until(log::isRead);
        return log;
    }

    private static CapMessages messages(String sender) {
        return new CapMessages(
                new CapSettings(sender, new AlertText("昆山", "Kunshan"), "", "Restricted", Map.of()),
                Optional.empty(),
                unit -> Optional.empty(),
                new Corrections(figure -> Optional.empty()),
                alert -> Optional.empty());
    }

    private static Alert alert(String id) {
        return AlertLifecycle.apply(null, raise(T0).setAlertId(id).build(), T0)
                .changed()
                .orElseThrow();
    }

    private static AlertDelivery delivery(String receiver, int revision, DeliveryOutcome outcome) {
        return AlertDelivery.newBuilder()
                .setAlertId("a")
                .setReceiver(receiver)
                .setRevision(revision)
                .setOutcome(outcome)
                .setAt(T0.plusSeconds(revision))
                .setAttempts(1)
                .build();
    }

    private static AlertBoard board() throws InterruptedException {
        AlertBoard board = new AlertBoard(settings(), kafka.registry, "alerting", () -> DutyPlan.NONE);
        board.start();
        board.awaitLoaded(PATIENCE);
        return board;
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers);
    }
}
