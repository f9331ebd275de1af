package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.event.Elevator119;
import io.fengsui.event.ElevatorOrderKind;
import io.fengsui.event.ElevatorOrderState;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ops.Account;
import io.fengsui.platform.StartException;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app on a real broker. */
class StreamsAppIT extends StreamsOnKafka {
    private static final Logger logger = LoggerFactory.getLogger(StreamsAppIT.class);

    /** More than the telemetry lane can do while a hundred lift events are timed. */
    private static final int BACKLOG = 200_000;

    @Test
    void shouldRouteExactlyOnceAlsoOverARestart() throws Exception {
        prepare();
        start();
        send("cam-1", "a", VideoState.OFF);
        send("cam-1", "b", VideoState.OFF);
        send("cam-1", "a", VideoState.OFF);
        kafka.sendBytes("feed.video-status", 0, "cam-1", new byte[] {1, 2, 3});
        awaitRouted(2);
        app.close();
        send("cam-1", "b", VideoState.OFF);
        start();
        send("cam-1", "c", VideoState.OFF);
        awaitRouted(3);

        assertThat(kafka.read(READERS))
                .extracting(e -> e.getHeader().getEventId())
                .containsExactly("acme/cam-1/a", "acme/cam-1/b", "acme/cam-1/c");
        assertThat(kafka.read(Topics.alertSignal(Realm.LIVE)))
                .filteredOn(s -> s.getRuleId().equals("video-offline"))
                .hasSize(1);
        await().untilAsserted(() -> assertThat(kafka.read(Topics.DEAD_LETTER)).hasSize(1));
        await().untilAsserted(() -> {
            Account total = account();
            assertThat(total.getRouted()).isEqualTo(3);
            assertThat(total.getDuplicates()).isEqualTo(2);
            assertThat(total.getDeadLettered()).isEqualTo(1);
        });
    }

    @Test
    void shouldRouteALifeSafetyEventWithinASecondBehindABacklogOfTelemetry() throws Exception {
        prepare();
        Topic<VideoStatus> telemetry = Topics.feed(Realm.LIVE, Feeds.VIDEO_STATUS);
        for (int i = 0; i < BACKLOG; i++) {
            kafka.sendLater(telemetry, "cam-" + i % 3, video("cam-" + i % 3, "b" + i, VideoState.ON));
        }
        kafka.flush();
        start();

        List<Long> millis = timeLiftEvents(100);

        String group = Lane.TELEMETRY.group("fengsui-streams");
        assertThat(kafka.lag(group, List.of(telemetry.name())))
                .as("the backlog")
                .isPositive();
        assertThat(millis.get(98)).as("p99 of %s", millis).isLessThan(1_000);
    }

    @Test
    void shouldRouteWithinASecondFromTheFirstEventOn() throws Exception {
        prepare();
        start();

        List<Long> millis = timeLiftEvents(100);

        assertThat(millis.get(99)).as("the slowest of %s", millis).isLessThan(1_000);
        assertThat(app.check().ready()).isTrue();
    }

    /** From feed topic to a committed read of a township topic, one at a time; sorted. */
    private List<Long> timeLiftEvents(int count) throws Exception {
        List<Long> millis = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> township = kafka.follow(
                Topics.township(Realm.LIVE, "zhangpu", Feeds.ELEVATOR_119).name())) {
            for (int i = 0; i < count; i++) {
                long sent = System.nanoTime();
                kafka.send(Topics.feed(Realm.LIVE, Feeds.ELEVATOR_119), "lift-1", lift("m" + i));
                while (township.poll(Duration.ofSeconds(10)).isEmpty()) {
                    assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(20));
                }
                millis.add(Duration.ofNanos(System.nanoTime() - sent).toMillis());
            }
        }
        List<Long> sorted = millis.stream().sorted().toList();
        logger.info(
                "Feed topic to township topic: first {} ms, then p50 {} ms, p90 {} ms, p99 {} ms",
                millis.get(0),
                sorted.get(count / 2),
                sorted.get(count * 9 / 10),
                sorted.get(count * 99 / 100 - 1));
        return sorted;
    }

    @Test
    void shouldSendEventsOfATopicThatWasDeletedToTheUnrouted() throws Exception {
        prepare();
        start();
        try (Admin admin = kafka.admin()) {
            admin.deleteTopics(List.of(READERS.name())).all().get(10, TimeUnit.SECONDS);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(app.check().details().get("topics")).contains(READERS.name()));
        send("cam-1", "a", VideoState.ON);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(kafka.read(Topics.unrouted(Realm.LIVE, Feeds.VIDEO_STATUS)))
                        .singleElement()
                        .satisfies(unrouted -> assertThat(unrouted.getReason()).isEqualTo("MISSING_TOPIC")));
    }

    @Test
    void shouldKeepTheFormerRulesWhenNewOnesDoNotCompile() throws Exception {
        prepare();
        start();
        kafka.send(
                Topics.REF_RULE,
                "video-status",
                City.ruleFile(Feeds.VIDEO_STATUS, "feed: video-status\nrules: [{id: x}]\n"));
        await().untilAsserted(() -> assertThat(app.check().details().get("rules.video-status"))
                .startsWith("6 rules")
                .contains("refused: video-status.yaml:2:9: "));
        send("cam-1", "a", VideoState.OFF);

        await().untilAsserted(() -> assertThat(kafka.read(Topics.alertSignal(Realm.LIVE)))
                .anySatisfy(s -> assertThat(s.getAlertId()).isEqualTo("video-offline@cam-1")));
        assertThat(app.check().ready()).isTrue();
    }

    @Test
    void shouldSayWhatToDoWhenTopicsAreMissing() {
        assertThatThrownBy(this::start)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("does not exist; run 'fengsui topics apply'");
    }

    private static Elevator119 lift(String messageId) {
        return Elevator119.newBuilder()
                .setHeader(header("lift-1", messageId))
                .setOrderNo(messageId)
                .setKind(ElevatorOrderKind.ENTRAPMENT)
                .setState(ElevatorOrderState.RECEIVED)
                .setTrapped(1)
                .build();
    }

    /** The sum of the last state of each account of video. */
    private Account account() {
        List<Account> all = kafka.read(Topics.ACCOUNT);
        Account sum = new Account("video-status", Instant.EPOCH, 0, 0L, 0L, 0L, 0L, 0L, java.util.Map.of(), 0L);
        HashSet<String> seen = new HashSet<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            Account last = all.get(i);
            if (last.getFeed().equals("video-status") && seen.add(last.getTask() + "|" + last.getHour())) {
                sum = new Account(
                        sum.getFeed(),
                        sum.getHour(),
                        0,
                        sum.getRouted() + last.getRouted(),
                        0L,
                        sum.getDuplicates() + last.getDuplicates(),
                        sum.getDeadLettered() + last.getDeadLettered(),
                        0L,
                        java.util.Map.of(),
                        0L);
            }
        }
        return sum;
    }
}
