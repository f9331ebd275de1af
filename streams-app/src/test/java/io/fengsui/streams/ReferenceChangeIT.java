package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.event.SiteKind;
import io.fengsui.event.VideoState;
import io.fengsui.event.VideoStatus;
import io.fengsui.ops.Unrouted;
import io.fengsui.reference.Route;
import io.fengsui.reference.Site;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.TopicAdmin;
import io.fengsui.schema.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A row that changes while two instances run counts within two seconds on both, without a restart. */
class ReferenceChangeIT extends StreamsOnKafka {
    private static final Logger logger = LoggerFactory.getLogger(ReferenceChangeIT.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int DEVICES = 12;
    private static final Topic<VideoStatus> OTHERS = Topics.township(Realm.LIVE, "bacheng", Feeds.VIDEO_STATUS);
    private static final Topic<VideoStatus> FIRE = Topics.city(Realm.LIVE, "fire", Feeds.VIDEO_STATUS);

    private final ScheduledExecutorService devices = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger messages = new AtomicInteger();

    @AfterEach
    void stop() {
        devices.shutdownNow();
    }

    @Test
    void shouldCountWithinTwoSecondsOnAllInstances() throws Exception {
        prepare();
        for (int i = 0; i < DEVICES; i++) {
            String id = "camera-" + i;
            kafka.send(Topics.REF_DEVICE, id, City.device(id, Feeds.VIDEO_STATUS, "tank-farm", null, null));
        }
        start();
        try (StreamsApp second = startWithState("state-2")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> busy(app) && busy(second));
            var unused = devices.scheduleWithFixedDelay(this::report, 0, 50, TimeUnit.MILLISECONDS);
            await().atMost(Duration.ofSeconds(60)).until(() -> senders(READERS).size() == DEVICES);

            Instant moved = Instant.now();
            kafka.send(Topics.REF_SITE, "tank-farm", site("bacheng"));
            await().atMost(Duration.ofSeconds(30)).until(() -> senders(OTHERS).size() == DEVICES);
            assertWithin("A site's unit, the last event for the former", moved, last(kafka.read(READERS)));

            try (Admin admin = kafka.admin()) {
                List<Topic<?>> more = new ArrayList<>(List.of(FIRE));
                new TopicAdmin(admin, registry, KafkaFixture.PARTITIONS, (short) 1).apply(more, false);
            }
            Instant routed = Instant.now();
            kafka.send(Topics.REF_ROUTE, "video-status|MAJOR_HAZARD", route("fire"));
            await().atMost(Duration.ofSeconds(30)).until(() -> senders(FIRE).size() == DEVICES);
            // Until the new reader's topic is looked up, what comes for it waits in the queue.
            List<Unrouted> missed = kafka.read(Topics.unrouted(Realm.LIVE, Feeds.VIDEO_STATUS));
            assertThat(missed).extracting(Unrouted::getDetail).allMatch(("MISSING_TOPIC: " + FIRE.name())::equals);
            for (Unrouted event : missed) {
                assertWithin("A route's new reader, an event that missed it", routed, event.getUnroutedAt());
            }
        }
    }

    /** Whether an instance has work of the lane that the test is about. */
    private static boolean busy(StreamsApp app) {
        return !app.check().details().get(Lane.TELEMETRY.id()).contains(" 0 tasks");
    }

    private void report() {
        String messageId = "m-" + messages.incrementAndGet();
        for (int i = 0; i < DEVICES; i++) {
            String id = "camera-" + i;
            kafka.sendLater(Topics.feed(Realm.LIVE, Feeds.VIDEO_STATUS), id, video(id, messageId, VideoState.ON));
        }
    }

    private Set<String> senders(Topic<VideoStatus> topic) {
        Set<String> ids = new HashSet<>();
        kafka.read(topic).forEach(event -> ids.add(event.getHeader().getDeviceId()));
        return ids;
    }

    private static Instant last(List<VideoStatus> events) {
        return events.stream()
                .map(event -> event.getHeader().getReceivedAt())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static void assertWithin(String what, Instant changed, Instant event) {
        Duration after = Duration.between(changed, event);
        logger.info("{} came {} ms after the change", what, after.toMillis());
        assertThat(after).as(what).isLessThan(LIMIT);
    }

    private static Site site(String unitId) {
        return Site.newBuilder()
                .setSiteId("tank-farm")
                .setName("tank-farm")
                .setKind(SiteKind.MAJOR_HAZARD)
                .setUnitIds(List.of(unitId))
                .build();
    }

    private static Route route(String department) {
        return Route.newBuilder()
                .setFeed(Feeds.VIDEO_STATUS.id())
                .setSiteKind(SiteKind.MAJOR_HAZARD.name())
                .setToUnits(true)
                .setDepartmentIds(List.of(department))
                .build();
    }
}
